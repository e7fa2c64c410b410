"""Closing a commitment: the side that asked for it says it is kept, never whoever owes it."""

from datetime import datetime

from governance.models import Closure, Commitment
from governance.rules.commitments import blockers_to_close
from initiatives.queries.initiatives import locked
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.refusals import NotVisibleError, RefusedError
from people.models import User
from people.queries import authority_of


class ClosureRefusedError(RefusedError):
    """The commitment cannot be closed by this person, or is closed already."""


@act(refusals=True)
def close_commitment(*, commitment_id: int, note: str, actor: User, at: datetime) -> Closure:
    """Say that a condition has been met (N2).

    :raises ClosureRefusedError: for anyone but the side that asked, or but the other one where the
        key of that side owes it, and the second time.
    """
    hold_authority()
    commitment = (
        Commitment.objects.with_debtor_side(at)
        .select_related("passage__round__initiative")
        .filter(pk=commitment_id)
        .first()
    )
    if commitment is None:
        raise NotVisibleError
    initiative = locked(commitment.passage.round.initiative_id)
    blockers = [
        *blockers_to_close(
            side=authority_of(actor, at).key_side,
            asked_by=commitment.asked_by,
            debtor_side=vars(commitment)["debtor_side"],
            is_closed=not Commitment.objects.owed().filter(pk=commitment.pk).exists(),
            note=note,
        )
    ]
    if blockers:
        raise ClosureRefusedError(*blockers)
    closure = Closure.objects.create(
        commitment=commitment, by=actor, sealed=seal(note, person=actor), closed_at=at
    )
    record(
        Kind.COMMITMENT_CLOSED,
        actor=actor,
        subject=closure,
        thread=initiative,
        at=at,
        data={"commitment": commitment.pk},
    )
    return closure
