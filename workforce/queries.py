"""Reading units, places and roles."""

from workforce.models import OrgUnit


def unit_names() -> list[str]:
    """Every unit by name, for a list to choose from."""
    return list(OrgUnit.objects.order_by("name").values_list("name", flat=True))
