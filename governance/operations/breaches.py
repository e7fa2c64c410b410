"""Commitments that were not kept in time: what both signed for that case happens, once."""

from datetime import datetime

from governance.models import Breach, Commitment
from governance.operations.stops import pause_for_breach
from governance.queries.stops import drill_of
from governance.rules.commitments import is_breached, last_due_day, stops
from initiatives.choices import Standing
from initiatives.queries.initiatives import locked
from journal.acts import act, hold_authority, record
from journal.kinds import Kind
from journal.queries import installation
from kernel.refusals import Blocker, RefusedError
from kernel.turns import each_in_turn

CLOCK = "clock"


class BreachRefusedError(RefusedError):
    """Somebody closed the commitment, or noted its breach, in the meantime."""


def breach_commitments(*, at: datetime) -> int:
    """Note every commitment whose due day is over, and return how many were new (N2)."""
    founded = installation()
    if founded is None:
        return 0
    due = last_due_day(at, founded.zone)
    late = Commitment.objects.owed().filter(due_on__lte=due, breaches=None)
    late = late.order_by("due_on", "pk")
    return each_in_turn(
        lambda pk: breach_commitment(commitment_id=pk, at=at), late.values_list("pk", flat=True)
    )


def breach_commitment(*, commitment_id: int, at: datetime) -> bool:
    """Note one breach and do what was agreed for it; say whether there was one.

    Read again under the lock, since its side may have closed it first.
    """
    try:
        _breach(commitment_id=commitment_id, at=at)
    except BreachRefusedError:
        return False
    return True


@act
def _breach(*, commitment_id: int, at: datetime) -> None:
    hold_authority()
    commitment = Commitment.objects.select_related("passage__round").get(pk=commitment_id)
    initiative = locked(commitment.passage.round.initiative_id)
    if not _is_breached(commitment, at):
        raise BreachRefusedError(Blocker("state", "This commitment is kept, or noted already."))
    breach = Breach.objects.create(commitment=commitment, due_on=commitment.due_on, breached_at=at)
    record(
        Kind.COMMITMENT_BREACHED,
        actor=CLOCK,
        subject=breach,
        thread=initiative,
        at=at,
        data={
            "commitment": commitment.pk,
            "due_on": commitment.due_on.isoformat(),
            "on_breach": commitment.on_breach,
            "gate": commitment.passage.round.gate,
        },
    )
    is_under_way = initiative.standing == Standing.ACTIVE or drill_of(initiative) is not None
    if stops(on_breach=commitment.on_breach, is_under_way=is_under_way):
        pause_for_breach(initiative=initiative, breach=breach, actor=CLOCK, at=at)


def _is_breached(commitment: Commitment, at: datetime) -> bool:
    founded = installation()
    return founded is not None and is_breached(
        due_on=commitment.due_on,
        is_closed=not Commitment.objects.owed().filter(pk=commitment.pk).exists(),
        is_known=Breach.objects.filter(commitment=commitment, due_on=commitment.due_on).exists(),
        at=at,
        zone=founded.zone,
    )
