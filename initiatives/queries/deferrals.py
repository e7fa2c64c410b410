"""What one side has left to the other."""

from collections.abc import Mapping

from initiatives.models import Deferral, Initiative
from initiatives.rules.questions import other_side
from people.choices import Side


def left_by(initiative: Initiative, *, slot: str = "", criterion: str = "") -> Side | None:
    """Return the side that has left this place to the other, or None."""
    rows = Deferral.objects.filter(initiative=initiative, slot=slot, criterion=criterion)
    latest = rows.order_by("-pk").first()
    return Side(latest.side) if latest and latest.is_left else None


def calls_of(initiative: Initiative) -> Mapping[str, Side]:
    """Return, by slot or criterion, the side whose call it is. One query."""
    rows = Deferral.objects.filter(initiative=initiative).order_by("slot", "criterion", "-pk")
    latest = rows.distinct("slot", "criterion")
    return {one.slot or one.criterion: other_side(Side(one.side)) for one in latest if one.is_left}
