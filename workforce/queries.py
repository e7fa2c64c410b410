"""Reading units, places and roles."""

from django.db.models.functions import Lower

from kernel.refusals import NotVisibleError
from workforce.models import OrgUnit, Role


def unit_names() -> list[str]:
    """Return every unit by name, for a list to choose from."""
    return list(OrgUnit.objects.order_by("name").values_list("name", flat=True))


def units() -> list[OrgUnit]:
    """Return every unit by name."""
    return list(OrgUnit.objects.order_by(Lower("name")))


def get_unit(pk: int, *, held: bool = False) -> OrgUnit:
    """Return one unit; `held`, once nobody is about to name it.

    :raises NotVisibleError: when there is none.
    """
    rows = OrgUnit.objects.select_for_update() if held else OrgUnit.objects.all()
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisibleError
    return found


def roles() -> list[Role]:
    """Return every role by name, for a list to choose from."""
    return list(Role.objects.order_by("name"))


def role_ids() -> frozenset[str]:
    """Return what a reference to a role may be."""
    return frozenset(str(key) for key in Role.objects.values_list("pk", flat=True))
