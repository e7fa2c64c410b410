"""The table as a file: the same rows, the same rights, and nothing that runs."""

import csv
import io

import pytest
from openpyxl import load_workbook

from initiatives.operations.initiatives import propose
from initiatives.operations.tags import add_tag
from journal.kinds import Kind
from journal.models import Entry
from people.choices import Side
from tests.gates import make_world
from tests.kept import kept

FORMULA = '=HYPERLINK("https://example.com")'


@kept
def world(waiting):
    first, _ = waiting
    propose(
        actor=first.cast.petra,
        side=Side.PEOPLE,
        name=FORMULA,
        problem="@SUM(1)\nsecond line",
        affected="+1",
        unit_name="-Finance",
        reason="Another one",
        at=first.at,
    )
    add_tag(actor=first.cast.hana, initiative=first.initiative, tag="council", at=first.at)
    return first


def rows(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [*csv.reader(io.StringIO(text))]


def test_csv_has_what_the_reader_sees_and_no_formula(world, as_):
    answer = as_(world.cast.hana).post("/portfolio/export.csv?view=table&sort=number")

    head, first, second = rows(answer)
    assert head[:3] == ["Code", "Name", "Stage"]
    assert first[:4] == ["AI-001", "Dispatch helper", "Problem", "Dispatch"]
    assert "Technology and People" in first
    assert "council" in first
    assert second[1] == f"'{FORMULA}"
    assert second[3] == "'-Finance"
    assert "'+1" in second


def test_xlsx_has_the_same_rows_as_texts(world, as_):
    client = as_(world.cast.hana)
    wanted = rows(client.post("/portfolio/export.csv?sort=name"))

    answer = client.post("/portfolio/export.xlsx?sort=name")

    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    found = [[cell.value or "" for cell in row] for row in book.active.iter_rows()]
    assert found == wanted
    assert not [cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_filters_of_the_address_hold(world, as_):
    answer = as_(world.cast.hana).post("/portfolio/export.csv?view=table&text=helper")

    assert [row[0] for row in rows(answer)] == ["Code", "AI-001"]


def test_of_others_one_takes_what_lists_show(world, as_):
    make_world(world.at, cast=world.cast, name="Own one")
    own = world.cast.max
    from_lists = rows(as_(own).post("/portfolio/export.csv"))

    assert from_lists == [from_lists[0]]


def test_it_is_noted_who_took_how_much(world, as_):
    as_(world.cast.hana).post("/portfolio/export.xlsx?text=helper")

    entry = Entry.objects.get(kind=Kind.PORTFOLIO_EXPORTED)
    assert b'"data":{"form":"xlsx","rows":1}' in bytes(entry.body)
    assert entry.actor_key == world.cast.hana.person_key


@pytest.mark.parametrize("form", ["pdf", "csv2"])
def test_other_forms_are_not_there(world, as_, form):
    assert as_(world.cast.hana).post(f"/portfolio/export.{form}").status_code == 404
    assert as_(world.cast.hana).get("/portfolio/export.csv").status_code == 405


def test_queries_do_not_grow_with_the_rows(world, as_, django_assert_max_num_queries):
    client = as_(world.cast.hana)
    for number in range(20):
        make_world(world.at, cast=world.cast, name=f"Helper {number}")

    with django_assert_max_num_queries(20):
        assert len(rows(client.post("/portfolio/export.csv"))) == 23
