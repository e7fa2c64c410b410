"""The one order in which rows are locked: initiative, round, technology's side, people's side."""

from django.db import transaction
from django.db.models import QuerySet

from governance.models import GateSide, Round
from initiatives.queries.initiatives import locked
from kernel.compiled import compiled
from kernel.refusals import NotVisibleError


def locked_round(round_id: int) -> Round:
    """Lock a round with its initiative and both sides; offices and playbook stand still too.

    :raises NotVisibleError: when there is no such round.
    """
    found = _initiative_of(round_id)
    if not found:
        raise NotVisibleError
    initiative = locked(*found)
    (round_,) = _held(round_id)
    round_.initiative = initiative
    _sides_held(round_id)
    return round_


@compiled
def _initiative_of(round_id: int) -> QuerySet[Round, int]:
    return Round.objects.filter(pk=round_id).values_list("initiative_id", flat=True)


@compiled
def _held(round_id: int) -> QuerySet[Round]:
    return Round.objects.select_for_update().filter(pk=round_id)


@compiled
def _sides_held(round_id: int) -> QuerySet[GateSide]:
    return GateSide.objects.select_for_update().filter(round=round_id).order_by("-side")


def wait_for_round(round_id: int) -> None:
    """Wait until whoever acts at a round now is done, so that what is read next is read after."""
    with transaction.atomic():
        list(Round.objects.select_for_update().filter(pk=round_id))
