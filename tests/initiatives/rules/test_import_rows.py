"""What becomes of each row: judged by its words, by what is here, and by what is wished."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.import_rows import Fate, Known, judge, key_of, listed_rows, new_units
from initiatives.rules.imports import Listed, Matching
from kernel.sheets.shapes import Row, Sheet
from playbook.load import files

HEADER = ("Name", "Purpose", "Unit", "ID")
MATCHING = Matching({"name": "Name", "problem": "Purpose", "unit": "Unit", "reference": "ID"}, {})
STATEMENT = files().slot("problem_statement")


def sheet(*rows) -> Sheet:
    return Sheet(HEADER, tuple(Row(line, cells) for line, cells in enumerate(rows, 2)), "CSV")


def judged(table, **known):
    known = Known(**({"alike": {}} | known))
    return judge(table, MATCHING, statement=STATEMENT, known=known)


def one(**changes) -> Listed:
    said = {"name": "Router", "problem": "", "affected": "", "unit": "Post", "stage": ""}
    return Listed(**({"line": 2, "reference": "A-1"} | said | changes))


ROUTER, SORTER = ("Router", "Sorts mail", "Post", "A-1"), ("Sorter", "", "Post", "A-2")


def test_a_row_that_says_enough_comes() -> None:
    assert [row.fate for row in judged(sheet(ROUTER, SORTER))] == [Fate.COMES, Fate.COMES]


def test_a_row_that_is_here_is_here_whatever_else_is_wished() -> None:
    table = sheet(ROUTER, SORTER)
    here = {key_of(listed_rows(table, MATCHING)[0])}

    found = judged(table, here=here, left_out={2, 3})

    assert [row.fate for row in found] == [Fate.HERE, Fate.LEFT_OUT]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("", "Sorts mail", "Post", "A-3"), "Line 3 has no name."),
        (("Sorter", "", "Post", "a-1"), "Line 3: “a-1” stands in line 2 already."),
        (("Turned \u202e", "", "Post", "A-3"), "Line 3, Name: It holds an invisible mark"),
        (("N" * 301, "", "Post", "A-3"), "Line 3, name: 301 characters, 300 at most."),
        (("Sorter", "", "U" * 121, "A-3"), "Line 3, unit: 121 characters, 120 at most."),
    ],
)
def test_a_row_that_cannot_come_says_line_and_reason(cells, words) -> None:
    found = judged(sheet(ROUTER, cells))[1]

    assert found.fate == Fate.WRONG
    assert words in found.why


def test_without_a_reference_name_and_unit_tell_two_rows_apart() -> None:
    table = sheet(
        ("Router", "a", "Post", ""), ("router", "b", "post", ""), ("Router", "c", "X", "")
    )

    found = judged(table)

    assert [row.fate for row in found] == [Fate.COMES, Fate.WRONG, Fate.COMES]
    assert "the same name and unit stands in line 2" in found[1].why


def test_what_a_row_looks_like_is_told_beside_it() -> None:
    assert judged(sheet(ROUTER), alike={"2": ["AI-003"]})[0].alike == ("AI-003",)


def test_units_are_new_when_a_row_that_comes_is_the_first_to_name_them() -> None:
    table = sheet(
        ("A", "", "post", "1"), ("B", "", "Lab", "2"), ("C", "", "lab", "3"), ("", "", "Old", "4")
    )

    assert new_units(judged(table), ["Post"]) == ["lab"]


@pytest.mark.untraced
@given(st.text(max_size=20), st.text(max_size=20))
def test_a_reference_outlives_a_move_to_another_unit(name, unit) -> None:
    assert key_of(one(name=name)) == key_of(one(name=name, unit=unit))


@pytest.mark.parametrize(
    ("name", "same"), [("Router", "ROUTER"), ("\u0390", "\u0390"), ("ß", "SS")]
)
def test_capitals_make_no_other_row(name, same) -> None:
    assert key_of(one(name=name)) == key_of(one(name=same))


def test_no_two_different_rows_have_one_key() -> None:
    rows = [
        one(),
        one(name="Sorter"),
        one(reference="A-2"),
        one(reference=""),
        one(reference="", unit="Lab"),
        one(reference="Router", name="A-1"),
    ]

    assert len({key_of(row) for row in rows}) == len(rows)
