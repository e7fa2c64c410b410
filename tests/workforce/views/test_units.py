"""Units by hand and from a file: seen first, added all or none, and taken off while unused."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from initiatives.operations import initiatives
from journal.clock import now
from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import NotVisibleError
from tests.cast import gather
from tests.gates import company, make_world
from workforce.models import OrgUnit
from workforce.operations import UnitRefusedError, add_unit, add_units, remove_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return gather(now())


@pytest.fixture
def ada(client, cast):
    client.force_login(cast.ada)
    return cast.ada


def units():
    return [*OrgUnit.objects.order_by("name").values_list("name", flat=True)]


def bring(client, content, name="units.csv"):
    return client.post("/settings/units/read/", {"file": SimpleUploadedFile(name, content)})


def test_units_are_typed_one_a_line_and_known_ones_stay(client, ada):
    add_unit(actor=ada, name="Logistics", at=now())

    response = client.post(
        "/settings/units/add/", {"names": "Field Service\n\n logistics \nPayroll\n"}, follow=True
    )

    assert "2\xa0units added." in response.content.decode()
    assert units() == ["Field Service", "Logistics", "Payroll"]


def test_a_list_that_is_here_already_adds_nothing_and_records_nothing(client, ada):
    sent = {"names": "Logistics\nPayroll"}
    client.post("/settings/units/add/", sent)
    entries = Entry.objects.count()

    response = client.post("/settings/units/add/", sent, follow=True)

    assert "All of them were here before." in response.content.decode()
    assert (units(), Entry.objects.count()) == (["Logistics", "Payroll"], entries)


def test_a_file_is_read_into_the_field_and_adds_nothing_yet(client, ada):
    response = bring(client, "Department;Head\nPflege;x\nKüche;y\npflege;z\n;\n".encode("cp1252"))

    page = response.content.decode()
    assert "2\xa0names, nothing added yet" in page
    assert "Pflege\nKüche</textarea>" in page
    assert units() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"Head,Size\nx,1\ny,2\n", "There is no column"),
        (b"%PDF-1.7 nothing", "CSV"),
        (b'Unit,Head\nField,x\nPay"roll,a,b,c\n', "Line 3"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_the_way_out(client, ada, content, said):
    response = bring(client, content)

    assert response.status_code == 422
    assert said in response.content.decode()


def test_one_bad_name_adds_nothing_names_its_line_and_keeps_what_was_typed(client, ada):
    response = client.post("/settings/units/add/", {"names": f"Payroll\n{'x' * 121}"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Line 2: The name is too long" in page
    assert "Payroll" in page
    assert units() == []


def test_more_than_can_be_added_at_once_is_refused(ada):
    with pytest.raises(UnitRefusedError) as refusal:
        add_units(actor=ada, names=[f"Unit {number}" for number in range(2_001)], at=now())

    assert refusal.value.codes == ("how_many",)


def test_nobody_else_lists_units_or_takes_them_off(cast):
    unit = add_unit(actor=cast.ada, name="Payroll", at=now())

    for act in (
        lambda: add_units(actor=cast.ivo, names=["Kitchen"], at=now()),
        lambda: remove_unit(actor=cast.ivo, unit=unit, at=now()),
    ):
        with pytest.raises(UnitRefusedError) as refusal:
            act()
        assert refusal.value.codes == ("not_administrator",)
    assert units() == ["Payroll"]


def test_a_unit_goes_while_nothing_names_it(client, ada):
    unit = add_unit(actor=ada, name="Payrol", at=now())
    assert (
        "Take <bdi>Payrol</bdi> off"
        in client.get(f"/settings/units/{unit.pk}/remove/").content.decode()
    )

    client.post(f"/settings/units/{unit.pk}/remove/")

    assert units() == []
    assert client.post(f"/settings/units/{unit.pk}/remove/").status_code == 404


def test_a_unit_that_is_gone_already_is_not_taken_off_twice(cast):
    unit = add_unit(actor=cast.ada, name="Payrol", at=now())
    again = OrgUnit.objects.get(pk=unit.pk)
    remove_unit(actor=cast.ada, unit=unit, at=now())

    with pytest.raises(NotVisibleError):
        remove_unit(actor=cast.ada, unit=again, at=now())

    assert Entry.objects.filter(kind=Kind.UNIT_REMOVED).count() == 1


def test_a_unit_that_an_initiative_names_stays(client):
    world = make_world(now())
    client.force_login(world.cast.ada)
    unit = world.initiative.unit

    response = client.post(f"/settings/units/{unit.pk}/remove/")

    assert response.status_code == 422
    assert "Give it another unit first" in response.content.decode()
    assert OrgUnit.objects.filter(pk=unit.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_unit_that_is_about_to_be_named_waits_to_be_taken_off(monkeypatch):
    cast = company(now())
    unit = add_unit(actor=cast.ada, name="Dispatch", at=now())
    with ThreadPoolExecutor(1) as pool:
        taken_off = []

        def named(**given):
            found = add_unit(**given)
            taken_off.append(pool.submit(take_off, cast.ada, unit))
            assert waits(taken_off[0]), "nothing held the unit"
            return found

        monkeypatch.setattr(initiatives, "add_unit", named)
        world = make_world(now(), cast=cast)

        assert taken_off[0].result() == ("named",)
    assert world.initiative.unit == unit


def take_off(actor, unit):
    """Take the unit off on a connection of its own; return why it stays."""
    try:
        remove_unit(actor=actor, unit=unit, at=now())
    except UnitRefusedError as refusal:
        return refusal.codes
    finally:
        connection.close()
    return ()


def waits(other):
    """Tell whether somebody waits for what we hold before `other` is over."""
    for_us = "SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        while not other.done():
            cursor.execute(for_us)
            if cursor.fetchone()[0]:
                return True
    return False
