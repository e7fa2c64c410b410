"""Answering for one side of a rapid read: every save that changes something is a version."""

from collections.abc import Mapping
from datetime import datetime

from initiatives.models import RapidHalf
from initiatives.operations.rapid_reads import DECIDED, ReadDecidedError, ReadRefusedError
from initiatives.queries.days import home_day
from initiatives.queries.rapid_reads import get_read, held, must_speak, speaker_facts
from initiatives.queries.rapid_views import HalfView, read_view
from initiatives.rules.rapid_reads import (
    blockers_to_answer,
    one_line,
)
from initiatives.rules.words import clean_words
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.canonical import canonical
from kernel.refusals import Blocker, StaleError
from people.choices import Side
from people.models import User
from people.queries import authority_of

STALE = Blocker(
    "stale",
    "Somebody saved this half since you opened it. Compare both texts and save the one you choose.",
)


class StaleHalfError(StaleError):
    """Somebody of the same side saved first. Carries both texts: nothing is overwritten."""

    def __init__(self, *, mine: Mapping[str, str], current: HalfView) -> None:
        """Carry what the person typed and what stands there now."""
        super().__init__(STALE)
        self.mine = mine
        self.current = current


def write_half(
    *,
    actor: User,
    read_id: int,
    side: Side,
    answers: Mapping[str, str],
    expected_version: int,
    at: datetime,
) -> int:
    """Save what a side answers as its next version; what reads the same makes none.

    Returns the number of the version that stands.

    :raises NotVisibleError, ForbiddenError: when it is not the actor's to see, or to write.
    :raises ReadRefusedError: when an answer does not fit, or there is none.
    :raises ReadDecidedError: when both sides decided meanwhile.
    :raises StaleHalfError: when somebody of the side saved since; with both texts.
    """
    authority = authority_of(actor, at)
    row = get_read(read_id, authority)
    must_speak(speaker_facts(row, authority), side)
    half = read_view(row, home_day(at)).half(side)
    wanted = {
        one.key: one_line(
            clean_words(answers.get(one.key, ""), field=one.key, refusal=ReadRefusedError)
        )
        for one in half.questions
    }
    if half.n and not half.is_erased and dict(half.answers) == wanted:
        return half.n
    return _write(
        actor=actor, read_id=read_id, side=side, wanted=wanted, expected=expected_version, at=at
    ).n


@act
def _write(
    *,
    actor: User,
    read_id: int,
    side: Side,
    wanted: Mapping[str, str],
    expected: int,
    at: datetime,
) -> RapidHalf:
    hold_authority()
    read = held(read_id, actor, at)
    must_speak(read.speaker, side)
    if not read.view.is_open:
        raise ReadDecidedError(DECIDED)
    there = read.view.half(side)
    if there.n != expected:
        raise StaleHalfError(mine=wanted, current=there)
    if blockers := [*blockers_to_answer(wanted)]:
        raise ReadRefusedError(*blockers)
    half = RapidHalf.objects.create(
        read=read.row,
        side=side,
        n=expected + 1,
        sealed=seal(canonical(dict(wanted)).decode("utf-8"), person=actor),
        author=actor,
        author_key=actor.person_key,
        written_at=at,
    )
    said = {"read": read.row.pk, "side": side.value, "n": half.n}
    record(Kind.RAPID_HALF_WRITTEN, actor=actor, subject=half, at=at, data=said)
    return half
