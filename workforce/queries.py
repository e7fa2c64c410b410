"""Reading units, places and roles."""

from workforce.models import OrgUnit, Role


def unit_names() -> list[str]:
    """Return every unit by name, for a list to choose from."""
    return list(OrgUnit.objects.order_by("name").values_list("name", flat=True))


def roles() -> list[Role]:
    """Return every role by name, for a list to choose from."""
    return list(Role.objects.order_by("name"))


def role_ids() -> frozenset[str]:
    """Return what a reference to a role may be."""
    return frozenset(str(key) for key in Role.objects.values_list("pk", flat=True))
