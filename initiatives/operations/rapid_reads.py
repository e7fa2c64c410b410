"""Beginning a rapid read, holding it while somebody acts, and beginning a proposal with it."""

from datetime import date, datetime
from typing import Any

from initiatives.choices import ReadOutcome
from initiatives.models import Initiative, RapidRead, RapidUse
from initiatives.operations.initiatives import ProposalRefusedError, propose
from initiatives.queries.days import home_day, working_days
from initiatives.queries.memberships import only_reads
from initiatives.queries.rapid_reads import held, one_at_a_time, open_names
from initiatives.queries.rapid_views import ReadView
from initiatives.rules.rapid_reads import (
    SpeakerFacts,
    StartFacts,
    blockers_to_start,
    one_line,
)
from initiatives.rules.words import clean_words
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.canonical import canonical, clean_name
from kernel.refusals import Blocker, RefusedError, StaleError
from people.choices import Side
from people.models import User
from people.queries import authority_of
from people.rules import Authority
from playbook.editions import current

DECIDED = Blocker("decided", "Both sides decided it meanwhile. What was written stays as it is.")
NOT_TRIED = Blocker("not_tried", "Both sides have not decided to try it. Propose without it.")


class ReadRefusedError(RefusedError):
    """The read cannot begin or be written as it is."""


class ReadDecidedError(StaleError):
    """Both sides decided meanwhile: nothing is written any more."""


class BegunAlreadyError(ProposalRefusedError):
    """The read became an initiative before."""

    def __init__(self, read_id: int, code: str) -> None:
        """Carry the read, and the initiative that began with it."""
        super().__init__(Blocker("begun", f"{code} began with it already."))
        self.read_id = read_id
        self.code = code


@act
def start_read(
    *,
    actor: User,
    side: Side | None,
    name: str,
    seen: str,
    decide_by: date | None,
    at: datetime,
    before_id: int | None = None,
) -> RapidRead:
    """Begin a rapid read of a capability, anew or taking up an earlier one.

    :raises NotVisibleError: when the earlier one is not the actor's to read.
    :raises ReadRefusedError: for whoever speaks for no side, for words or a date that do not fit,
        or when one of that name is open already.
    """
    hold_authority()
    one_at_a_time()
    authority = authority_of(actor, at)
    before = held(before_id, actor, at).view if before_id else None
    name, seen = _cleaned(name, seen)
    facts = StartFacts(
        name=name, seen=seen, decide_by=decide_by, side=side, **_stands(authority, before, at)
    )
    blockers = [*blockers_to_start(facts)]
    if blockers or side is None or decide_by is None:
        raise ReadRefusedError(*blockers)
    read = RapidRead.objects.create(
        sealed=seal(canonical({"name": name, "seen": seen}).decode("utf-8"), person=actor),
        decide_by=decide_by,
        edition_id=current().digest,
        before_id=before_id,
        side=side,
        started_by=actor,
        started_key=actor.person_key,
        started_at=at,
    )
    said = {"side": side.value, "decide_by": decide_by.isoformat(), "before": before_id}
    record(Kind.RAPID_READ_STARTED, actor=actor, subject=read, at=at, data=said)
    return read


def _cleaned(name: str, seen: str) -> tuple[str, str]:
    try:
        name = clean_name(name)
    except ValueError as broken:
        raise ReadRefusedError(Blocker("broken", str(broken), "name")) from broken
    return name, one_line(clean_words(seen, field="seen", refusal=ReadRefusedError))


def _stands(authority: Authority, before: ReadView | None, at: datetime) -> dict[str, Any]:
    """Return the facts that nobody types."""
    return {
        "today": home_day(at),
        "working_days": working_days(),
        "speaker": SpeakerFacts(only_reads=only_reads(authority), key_side=authority.key_side),
        "has_template": bool(current().rapid_read.questions),
        "is_taken_up": before is not None and before.taken_up_id is not None,
        "is_still_open": before is not None and before.is_open,
        "open_names": open_names(authority),
    }


@act
def propose_with_read(
    *,
    actor: User,
    read_id: int,
    at: datetime,
    **proposal: Any,  # noqa: ANN401  # whatever `propose` takes
) -> Initiative:
    """Start an initiative that remembers the read it began with, once.

    :raises NotVisibleError: when the read is not the actor's to see.
    :raises BegunAlreadyError: the second time, with the initiative of the first.
    :raises ProposalRefusedError: as `propose` does, or when both have not decided to try it.
    """
    hold_authority()
    read = held(read_id, actor, at)
    if read.view.code:
        raise BegunAlreadyError(read.view.id, read.view.code)
    if read.view.outcome != ReadOutcome.TRY:
        raise ProposalRefusedError(NOT_TRIED)
    initiative = propose(actor=actor, at=at, **proposal)
    RapidUse.objects.create(read=read.row, initiative=initiative)
    record(
        Kind.RAPID_READ_USED,
        actor=actor,
        subject=read.row,
        thread=initiative,
        at=at,
        data={"read": read.row.pk, "side": str(proposal["side"])},
    )
    return initiative
