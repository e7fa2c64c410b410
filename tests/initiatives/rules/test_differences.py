from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.differences import Change, describe_difference, said
from initiatives.rules.slots import EMPTY, CleanSlot, clean_slot, is_same
from playbook.shapes import Field, Option, Slot

OPTIONS = (Option(value="yes", label="Yes"), Option(value="no", label="Not yet"))
SLOT = Slot(
    key="sample",
    stage=1,
    gate="1",
    side="joint",
    label="Sample",
    help="A sample.",
    fields=(
        Field(key="story", label="Story", type="long_text"),
        Field(key="weeks", label="Weeks", type="number", unit="weeks", decimals=1),
        Field(key="done", label="Done", type="choice", options=OPTIONS),
        Field(
            key="rows",
            label="Checks",
            type="table",
            max_items=200,
            columns=(
                Field(key="group", label="Group", type="text"),
                Field(key="limit", label="Limit", type="percentage"),
            ),
        ),
        Field(key="proof", label="Proof", type="evidence"),
    ),
)


def content(**raw) -> CleanSlot:
    return clean_slot(SLOT, raw)


def test_the_first_version_is_all_new():
    new = content(story="Once", weeks="2", rows=[{"group": "Age", "limit": "80"}])

    assert describe_difference(None, new, SLOT) == (
        Change("story", "Story", "", "Once", "long_text"),
        Change("weeks", "Weeks", "", "2 weeks", "number"),
        Change("rows", "Checks", "", "Age · 80%", "table"),
    )


def test_changes_are_told_in_the_words_of_the_page():
    old = content(story="Once", weeks="2", done="no")
    new = content(weeks="2.5", done="yes")

    assert describe_difference(old, new, SLOT) == (
        Change("story", "Story", "Once", "", "long_text"),
        Change("weeks", "Weeks", "2 weeks", "2.5 weeks", "number"),
        Change("done", "Done", "Not yet", "Yes", "choice"),
    )


def test_a_changed_row_is_told_cell_by_cell():
    old = content(rows=[{"group": "Age", "limit": "80"}, {"group": "Sex", "limit": "80"}])
    new = content(rows=[{"group": "Sex", "limit": "90"}, {"group": "Age", "limit": "80"}])

    assert describe_difference(old, new, SLOT) == (
        Change("rows.limit", "Checks, Sex: Limit", "80%", "90%", "percentage"),
    )


def test_rows_that_come_and_go_are_told_whole():
    old = content(rows=[{"group": "Age", "limit": "80"}])
    new = content(rows=[{"group": "Site"}])

    assert describe_difference(old, new, SLOT) == (
        Change("rows", "Checks", "", "Site", "table"),
        Change("rows", "Checks", "Age · 80%", "", "table"),
    )


def test_a_row_that_stands_once_less_is_gone_once():
    row = {"group": "Age", "limit": "80"}

    assert describe_difference(content(rows=[row, row]), content(rows=[row]), SLOT) == (
        Change("rows", "Checks", "Age · 80%", "", "table"),
    )


def test_what_only_moved_is_no_change():
    rows = [{"group": "Age"}, {"group": "Sex"}]
    old, new = content(story="a  b", rows=rows), content(story="a\nb", rows=rows[::-1])

    assert describe_difference(old, new, SLOT) == ()


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("number", "12.50", "12.5 h"),
        ("money", "41000.00", "41000"),
        ("percentage", "85", "85%"),
        ("number", "", ""),
        ("number", "once a text", "once a text"),
        ("date", "2027-03-31", "2027-03-31"),
        ("person", "p-1", "p-1"),
    ],
)
def test_values_are_said_the_way_people_say_them(kind, value, words):
    unit = "h" if kind == "number" else ""
    field = Field(key="it", label="It", type=kind, unit=unit, max_value=Decimal(9))

    assert said(field, value) == words


ROWS = st.lists(
    st.fixed_dictionaries(
        {}, optional={"group": st.sampled_from(["A", "B", " A "]), "limit": st.integers(0, 3)}
    ),
    max_size=5,
)
FORMS = st.fixed_dictionaries(
    {"rows": ROWS},
    optional={"story": st.sampled_from(["x", "x y", " x  y"]), "weeks": st.integers(0, 2)},
)


@given(FORMS, FORMS)
def test_a_difference_is_described_exactly_when_there_is_one(first, second):
    old, new = clean_slot(SLOT, first), clean_slot(SLOT, second)

    assert (describe_difference(old, new, SLOT) == ()) == is_same(old, new)
    assert describe_difference(EMPTY, EMPTY, SLOT) == ()
