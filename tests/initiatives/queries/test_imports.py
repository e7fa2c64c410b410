"""What stands in a list, what it looks like, and who may ask."""

import pytest

from initiatives.operations.imports import match_import, start_import
from initiatives.operations.initiatives import propose
from initiatives.queries import imports as module
from initiatives.queries.imports import (
    get_import,
    imports,
    likenesses,
    matching_of,
    must_import,
    review_of,
    samples_of,
    sheet_of,
)
from initiatives.rules.import_rows import Fate
from initiatives.rules.imports import Listed
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from tests.initiatives.lists import in_csv, make_list

pytestmark = pytest.mark.django_db
NAMES = ("Name", "Purpose", "Unit", "Status", "ID")
LIST = in_csv(
    [
        NAMES,
        ("Route planner for trucks", "Drivers take the long way round.", "Depot", "Live", "1"),
        ("Planner of truck routes", "Trucks drive the long way round.", "Depot", "Idea", "2"),
        ("Dispatch helpers", "Dispatchers phone for each change of plan.", "Dispatch", "", "3"),
        ("Menu of the week", "", "", "Idea", "4"),
        ("", "Nameless", "", "", "5"),
    ]
)


@pytest.fixture
def source(helper, cast, noon):
    started = start_import(actor=cast.ada, name="list.csv", content=LIST, at=noon)
    return match_import(
        actor=cast.ada,
        source=started,
        matching=matching_of(started),
        expected_version=1,
        at=noon,
    )


def row(line, name, problem=""):
    return Listed(line, name, problem, "", "U", "", str(line))


def test_a_row_looks_like_what_is_here_and_like_rows_before_it(source):
    assert source.alike == {"3": ["line 2"], "4": ["AI-001"]}


def test_what_becomes_of_the_rows_is_counted(source):
    review = review_of(source)

    assert {key: review.counts[key] for key in ("all", Fate.COMES, Fate.WRONG)} == {
        "all": 5,
        Fate.COMES: 4,
        Fate.WRONG: 1,
    }
    assert (review.counts["alike"], review.counts["in_use"], review.counts["unplaced"]) == (2, 1, 1)
    assert [one.one.line for one in review.of("alike")] == [3, 4]
    assert len(review.of("anything")) == 5
    assert review.units == ("Depot", "not stated")


def test_in_a_long_list_names_are_compared_and_nothing_else(source, monkeypatch):
    monkeypatch.setattr(module, "CLOSELY", 1)

    assert likenesses([row(2, "Dispatch helpers", "x"), row(3, "helper, dispatch")]) == {
        "2": ["AI-001"],
        "3": ["AI-001", "line 2"],
    }


def test_a_table_is_shown_by_the_first_text_of_each_column(source):
    assert samples_of(sheet_of(source))["Status"] == "Live"
    assert samples_of(sheet_of(source))["Name"] == "Route planner for trucks"


@pytest.mark.parametrize("who", ["ada", "hana", "ivo"])
def test_administrators_and_who_signs_bring_lists(cast, may, who):
    must_import(may(getattr(cast, who)))


@pytest.mark.parametrize("who", ["cleo", "audrey", "kim"])
def test_other_offices_know_that_there_is_such_a_page(cast, may, who):
    with pytest.raises(ForbiddenError):
        must_import(may(getattr(cast, who)))


@pytest.mark.parametrize("who", ["petra", "erin"])
def test_for_others_the_page_is_not_there(cast, may, who):
    with pytest.raises(NotVisibleError):
        must_import(may(getattr(cast, who)))


def test_lists_are_found_newest_first_and_one_that_is_none_is_not(source, cast, noon):
    newer = start_import(actor=cast.hana, name="new.csv", content=make_list(2), at=noon)

    assert [one.pk for one in imports()] == [newer.pk, source.pk]
    assert get_import(source.pk).name == "list.csv"
    with pytest.raises(NotVisibleError):
        get_import(newer.pk + 1)


def test_an_initiative_proposed_since_is_not_missed_by_the_next_list(source, cast, noon):
    propose(
        actor=cast.petra,
        name="Weekly menu",
        problem="Nobody knows what is for lunch.",
        affected="All",
        unit_name="Canteen",
        side=Side.PEOPLE,
        at=noon,
    )

    assert likenesses([row(9, "The weekly menus")]) == {"9": ["AI-002"]}
