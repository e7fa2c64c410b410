"""Hand over what a leaver leaves open: all lines in one act, or some of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from governance.models import Commitment, Handover
from governance.queries.handovers import COMMITMENT, PART, owed_by, parts_of
from governance.rules.handovers import HandoverFacts, blockers_to_hand_over
from initiatives.models import Initiative, Membership
from initiatives.operations.leaving import pass_part_on
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import sides_of
from journal.acts import act, hold_authority, record
from journal.kinds import Kind
from kernel.refusals import Blocker, RefusedError
from people.models import User
from people.operations.persons import keeper_blocker
from people.queries import authority_of


class HandoverRefusedError(RefusedError):
    """This line cannot go to this person, or not now."""


@dataclass(frozen=True)
class Word:
    """What becomes of one line: `to` takes it on; it ends where that is None."""

    key: str
    to: User | None


@act(refusals=True)
def hand_over(
    *,
    actor: User,
    user: User,
    words: Sequence[Word],
    at: datetime,
    accepts_voids: Collection[int] = (),
) -> None:
    """Give each line of a leaver to the person named, or end it; all of them or none.

    Every line is read under its initiative's lock. Another lead voids signatures: `accepts_voids`
    are those that the page showed (T10).

    :raises HandoverRefusedError: for others than an administrator, and for what does not fit.
    :raises MembershipRefusedError: when a person cannot have that part.
    """
    hold_authority()
    if blocker := keeper_blocker(actor, at):
        raise HandoverRefusedError(blocker)
    if not words:
        raise HandoverRefusedError(Blocker("empty", "Say for at least one line who takes it on."))
    _lock_all(user, [word.key for word in words])
    parts, owed = _parts(user), _owed(user)
    missing = [word for word in words if word.key not in parts and word.key not in owed]
    if missing:
        text = "A line has been closed or handed over meanwhile. Look again."
        raise HandoverRefusedError(Blocker("not_open", text))
    for word in words:
        if word.key in owed:  # first, while the part still says whose side it is
            _hand_commitment(owed[word.key], word.to, actor=actor, user=user, at=at)
    for word in words:
        if word.key in parts:
            part = parts[word.key]
            pass_part_on(
                actor=actor, membership=part, to=word.to, at=at, accepts_voids=accepts_voids
            )


def _lock_all(user: User, keys: Collection[str]) -> None:
    """Lock every initiative of these lines, always in the same order."""
    lines: dict[str, Membership | Commitment] = {**_parts(user), **_owed(user)}
    named = [row for key, row in lines.items() if key in keys]
    for initiative_id in sorted({_initiative_of(row).pk for row in named}):
        locked(initiative_id)


def _initiative_of(row: Membership | Commitment) -> Initiative:
    return row.initiative if isinstance(row, Membership) else row.passage.round.initiative


def _parts(user: User) -> dict[str, Membership]:
    return {f"{PART}-{row.pk}": row for row in parts_of(user)}


def _owed(user: User) -> dict[str, Commitment]:
    rows = owed_by(user).select_related("passage__round__initiative")
    return {f"{COMMITMENT}-{row.pk}": row for row in rows}


def _hand_commitment(
    commitment: Commitment, to: User | None, *, actor: User, user: User, at: datetime
) -> None:
    if to is None:
        text = "A condition stays owed until the side that asked says it is met. Name somebody."
        raise HandoverRefusedError(Blocker("owed", text))
    initiative = commitment.passage.round.initiative
    sides = sides_of(initiative, user.person_key)
    key_side = authority_of(user, at).key_side
    others = {*sides_of(initiative, to.person_key), authority_of(to, at).key_side}
    facts = HandoverFacts(
        side=next(iter(sides), key_side),
        is_active=to.is_active,
        is_same_person=to.person_key == user.person_key,
        other_sides=[side for side in others if side],
    )
    if blockers := [*blockers_to_hand_over(facts)]:
        raise HandoverRefusedError(*blockers)
    handover = Handover.objects.create(
        commitment=commitment, to=to, to_key=to.person_key, by=actor, handed_at=at
    )
    record(
        Kind.COMMITMENT_HANDED_OVER,
        actor=actor,
        subject=handover,
        thread=initiative,
        at=at,
        data={"commitment": commitment.pk, "person": str(to.person_key)},
    )
