"""Units, places and roles appear when somebody first names them, once whatever the case."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from journal.kinds import Kind
from journal.models import Entry
from tests.cast import gather
from workforce.models import Location, OrgUnit, Role
from workforce.operations import NameRefusedError, add_location, add_role, add_unit
from workforce.queries import role_ids, roles, unit_names

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)


@pytest.fixture
def cast(db):
    return gather(NOON)


@pytest.mark.parametrize(
    ("add", "model", "kind"),
    [
        (add_unit, OrgUnit, Kind.UNIT_ADDED),
        (add_location, Location, Kind.LOCATION_ADDED),
        (add_role, Role, Kind.ROLE_ADDED),
    ],
)
def test_a_name_is_added_once_whatever_its_case_and_blanks(cast, add, model, kind):
    first = add(actor=cast.ada, name=" Field \n Service", at=NOON)
    again = add(actor=cast.ada, name="field service", at=NOON)

    assert first == again
    assert str(first) == "Field Service"
    assert model.objects.count() == 1
    assert Entry.objects.filter(kind=kind).count() == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (" \n ", "name_missing"),
        ("x" * 121, "name_too_long"),
        ("half \ud800", "name_broken"),
        ("a\u202eb", "name_broken"),
    ],
)
def test_a_name_that_does_not_do_is_refused(cast, name, code):
    with pytest.raises(NameRefusedError) as refused:
        add_unit(actor=cast.ada, name=name, at=NOON)

    assert refused.value.codes == (code,)
    assert not OrgUnit.objects.exists()


def test_names_are_listed_by_name(cast):
    for name in ("Warehouse", "Dispatch"):
        add_unit(actor=cast.ada, name=name, at=NOON)
        add_role(actor=cast.ada, name=name, at=NOON)

    assert unit_names() == ["Dispatch", "Warehouse"]
    assert [role.name for role in roles()] == ["Dispatch", "Warehouse"]
    assert role_ids() == {str(role.pk) for role in roles()}


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_unit():
    cast = gather(NOON)

    def add(name):
        try:
            return add_unit(actor=cast.ada, name=name, at=NOON).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = {*pool.map(add, ["Dispatch", "dispatch", "DISPATCH"] * 4)}

    assert len(found) == 1
    assert Entry.objects.filter(kind=Kind.UNIT_ADDED).count() == 1
