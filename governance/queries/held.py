"""A round and its sides as an act holds them: nobody else writes them until it ends."""

from django.db.models import QuerySet

from governance.models import GateSide, Round
from kernel.compiled import compiled


@compiled
def initiative_of_round(round_id: int) -> QuerySet[Round, int]:
    """Ask which initiative a round is of."""
    return Round.objects.filter(pk=round_id).values_list("initiative_id", flat=True)


@compiled
def round_held(round_id: int) -> QuerySet[Round]:
    """Ask for the round, and hold it."""
    return Round.objects.select_for_update().filter(pk=round_id)


@compiled
def sides_held(round_id: int) -> QuerySet[GateSide]:
    """Ask for both sides, Technology's first, and hold them."""
    return GateSide.objects.select_for_update().filter(round=round_id).order_by("-side")
