"""A list of projects by its own words: guesses that can be corrected, rows that are judged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.imports import (
    CALLED,
    NOT_STATED,
    Listed,
    Matching,
    blockers_of_row,
    blockers_to_match,
    guessed_columns,
    guessed_stage,
    listed,
    repeated,
    words_of,
)
from kernel.sheets.shapes import Row, Sheet

HEADER = ("Use_Case_ID", "Department", "Title", "Summary", "Development_Stage", "Source")
MATCHING = Matching(
    columns={
        "name": "Title",
        "problem": "Summary",
        "unit": "Department",
        "stage": "Development_Stage",
        "reference": "Use_Case_ID",
    },
    stages={"Live": "4", "Idea": "1"},
)
CELLS = ("A-1", "Service", "Answer  finder", "Nobody finds the page.", "Live", "x")


def row(**changes) -> Row:
    named = dict(zip(HEADER, CELLS, strict=True)) | changes
    return Row(7, tuple(named.values()))


def sheet_of(*rows: Row) -> Sheet:
    return Sheet(HEADER, rows, "CSV")


def codes(found) -> list[str]:
    return [blocker.code for blocker in found]


def test_columns_are_guessed_by_the_names_that_lists_use() -> None:
    assert guessed_columns(HEADER) == MATCHING.columns
    assert guessed_columns(("Bezeichnung", "Abteilung", "Beschreibung")) == {
        "name": "Bezeichnung",
        "unit": "Abteilung",
        "problem": "Beschreibung",
    }
    assert guessed_columns(("Colour", "Size")) == {}


@given(
    st.lists(st.sampled_from([word for words in CALLED.values() for word in words]), unique=True)
)
def test_no_column_is_guessed_for_two_parts(header) -> None:
    found = guessed_columns(header)

    assert len(set(found.values())) == len(found)
    assert set(found.values()) <= set(header)


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Initiation", "1"),
        ("Idea", "1"),
        ("Development and Acquisition", "2"),
        ("Planned (not in production)", "2"),
        ("Investigating/Proof of concept", "2"),
        ("Implementation", "3"),
        ("Roll-out", "3"),
        ("Operation and Maintenance", "4"),
        ("In production: more than 1 year", "4"),
        ("In-use", "4"),
        ("LIVE", "4"),
        ("Retired", ""),
        ("", ""),
        ("Blue", ""),
    ],
)
def test_words_for_stages_are_guessed_and_what_is_unclear_is_not_placed(word, stage) -> None:
    assert guessed_stage(word) == stage


def test_a_row_says_each_part_and_what_it_does_not_say_is_not_stated() -> None:
    assert listed(row(), HEADER, MATCHING) == Listed(
        line=7,
        name="Answer finder",
        problem="Nobody finds the page.",
        affected="",
        unit="Service",
        stage="4",
        reference="A-1",
    )
    silent = listed(row(Department=" ", Development_Stage="Odd"), HEADER, MATCHING)
    assert (silent.unit, silent.stage) == (NOT_STATED, "")


def test_in_use_is_only_what_the_list_places_in_the_last_stage() -> None:
    assert listed(row(), HEADER, MATCHING).is_in_use
    assert not listed(row(Development_Stage="Idea"), HEADER, MATCHING).is_in_use


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"name": "Title"}, []),
        ({}, ["missing"]),
        ({"name": ""}, ["missing"]),
        ({"name": "Nowhere"}, ["unknown"]),
        ({"name": "Title", "problem": "Title"}, ["twice"]),
        ({"name": "Title", "problem": "", "unit": ""}, []),
    ],
)
def test_columns_as_matched_are_judged(columns, found) -> None:
    assert codes(blockers_to_match(Matching(columns, {}), sheet_of(row()))) == found


def test_a_column_of_many_words_names_no_stages() -> None:
    many = sheet_of(*(row(Title=f"Title {n}") for n in range(101)))

    assert codes(blockers_to_match(Matching({"name": "Source", "stage": "Title"}, {}), many)) == [
        "words"
    ]
    assert codes(blockers_to_match(Matching({"name": "Title", "stage": "Source"}, {}), many)) == []


def test_a_stage_that_we_do_not_have_is_refused() -> None:
    wrong = Matching({"name": "Title"}, {"Live": "5", "Idea": ""})

    assert codes(blockers_to_match(wrong, sheet_of(row()))) == ["stage"]


def test_the_words_of_a_column_are_counted_and_the_most_frequent_come_first() -> None:
    table = sheet_of(row(Source="b"), row(Source="a"), row(Source="b"), row(Source=""))

    assert words_of(table, "Source") == [("b", 2), ("a", 1)]
    assert words_of(table, "Nowhere") == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"Title": ""}, ["name_missing"]),
        ({"Title": "n" * 50_000}, ["too_long"]),
        ({"Summary": "s" * 50_000, "Department": "d" * 121}, ["too_long", "too_long"]),
        ({"Summary": "", "Department": "", "Development_Stage": "", "Use_Case_ID": ""}, []),
    ],
)
def test_a_row_is_judged_by_its_line_and_column(changes, found) -> None:
    one = row(**changes)
    blockers = [*blockers_of_row(one, listed(one, HEADER, MATCHING))]

    assert codes(blockers) == found
    assert all("Line 7" in blocker.message for blocker in blockers)


def test_a_row_that_could_not_be_read_says_only_that() -> None:
    broken = Row(7, ("",) * len(HEADER), "Line 7 has more cells than there are columns.")

    assert codes(blockers_of_row(broken, listed(broken, HEADER, MATCHING))) == ["row"]


def test_a_row_that_stood_before_is_named_with_the_line_where_it_did() -> None:
    rows = [
        listed(Row(line, (reference, *CELLS[1:])), HEADER, MATCHING)
        for line, reference in ((2, "A-1"), (3, ""), (4, "a-1"), (5, "B"), (6, ""), (7, "A-1"))
    ]

    assert repeated(rows) == {4: 2, 6: 3, 7: 2}
