"""Board and table: few cards, right counts, pages in both directions, a fixed number of queries."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Case, F, Q, Value, When
from django.db.models.fields import DateTimeField
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from initiatives.operations.details import set_details
from initiatives.operations.initiatives import propose
from initiatives.queries.boards import board
from initiatives.queries.tables import SORTS, TableFilters, table
from initiatives.rules.details import Details
from people.choices import Side

NAMES = ["Überblick", "alpha", "Beta", "gamma", "Delta", "epsilon", "Zeta", "eta", "Theta"]
NO = dict.fromkeys(
    ("about_people", "ranks_people", "touches_jobs", "acts_alone", "watches_people"), False
)


@pytest.fixture
def many(cast, noon):
    """Make so many initiatives, each a day younger than the one before: many(9)."""

    def make(count: int):
        return [
            propose(
                actor=cast.petra,
                side=Side.PEOPLE,
                name=NAMES[number % len(NAMES)] + f" {number // len(NAMES)}",
                problem=f"Problem {number}: something takes too long.",
                affected="A team",
                unit_name=f"Unit {number % 3}",
                reason="Another one",
                at=noon + timedelta(days=number),
            )
            for number in range(count)
        ]

    return make


def waiting(*numbers: int) -> Case:
    """Stand in for governance: these wait at their gate since the day they were proposed."""
    return Case(
        When(number__in=numbers, then=F("proposed_at")),
        default=Value(None, output_field=DateTimeField()),
    )


def test_a_column_shows_the_longest_waits_and_counts_the_rest(many, cast, may, noon):
    many(9)

    first, *others = board(may(cast.hana), waiting_since=waiting(2, 3, 5))

    assert [card.initiative.number for card in first.at_gate] == [2, 3, 5]
    assert [card.initiative.number for card in first.in_work] == [1, 4, 6, 7]
    assert (first.total, first.more_in_work, first.more_at_gate) == (9, 2, 0)
    assert first.in_work[0].leads[Side.PEOPLE].user == cast.petra
    assert first.at_gate[0].waits_since == noon + timedelta(days=1)
    assert [column.total for column in others] == [0, 0, 0]


def test_a_stage_has_its_own_column(helper, cast, may, reach):
    reach(2)

    assert [column.total for column in board(may(cast.petra))] == [0, 1, 0, 0]


def test_board_and_table_ask_as_often_for_three_as_for_thirty(many, cast, may):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            board(may(cast.hana), waiting_since=waiting(1))
            table(may(cast.petra), filters=TableFilters(text="problem"))
        return len(seen)

    many(3)
    few = queries()
    many(27)

    assert queries() == few <= 10


def walk(authority, sort, *, size=4, **filters):
    """Read the table forwards and back again."""
    forwards, page = [], table(authority, filters=TableFilters(**filters), sort=sort, size=size)
    assert page.before == ""
    while True:
        forwards.append([row.initiative.number for row in page.rows])
        if not page.after:
            break
        page = table(
            authority, filters=TableFilters(**filters), sort=sort, size=size, after=page.after
        )
    back = [forwards[-1]]
    while page.before:
        page = table(
            authority, filters=TableFilters(**filters), sort=sort, size=size, before=page.before
        )
        back.append([row.initiative.number for row in page.rows])
    assert back[::-1] == forwards
    return [number for numbers in forwards for number in numbers]


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{key}" for key in SORTS)])
def test_every_order_reads_every_row_once_in_both_directions(many, cast, may, sort):
    many(10)
    Initiative.objects.filter(number__in=(3, 4)).update(planned_month=date(2027, 1, 1))

    numbers = walk(may(cast.hana), sort)

    assert sorted(numbers) == [*range(1, 11)]


def test_the_order_is_what_it_says(many, cast, may):
    many(9)
    names = [
        row.initiative.name
        for row in table(may(cast.hana), filters=TableFilters(), sort="name").rows
    ]

    assert names[:3] == ["alpha 0", "Beta 0", "Delta 0"]
    assert walk(may(cast.hana), "wait") == [*range(1, 10)]
    assert walk(may(cast.hana), "-number") == [*range(9, 0, -1)]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"stage": 1}, [1, 2, 3]),
        ({"stage": 2}, []),
        ({"standing": "active"}, [1, 2, 3]),
        ({"standing": "closed"}, []),
        ({"unit": "unit 1"}, [2]),
        ({"risk": "low"}, [1]),
        ({"without_lead": "technology"}, [1, 2, 3]),
        ({"without_lead": "people"}, []),
        ({"text": "ALPHA"}, [2]),
        ({"text": "petra novak"}, [1, 2, 3]),
        ({"text": "ai-003"}, [3]),
        ({"text": "takes 2:"}, [3]),
        ({"text": "%"}, []),
        ({"text": "\x00"}, [1, 2, 3]),
        ({"text": "half \ud800"}, [1, 2, 3]),
        ({"unit": "\x00"}, [1, 2, 3]),
        ({"waiting": Q(number__gt=1)}, [2, 3]),
    ],
)
def test_filters_narrow(many, cast, may, noon, filters, numbers):
    first = many(3)[0]
    set_details(
        actor=cast.petra,
        initiative=first,
        details=Details(risk=NO, budget_ask=Decimal(5)),
        expected_version=1,
        at=noon,
    )

    page = table(may(cast.hana), filters=TableFilters(**filters))

    assert sorted(row.initiative.number for row in page.rows) == numbers
    assert page.total == len(numbers)


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        "%%%",
        "W10",
        "WyJ4Iiwx",
        "eyJ9",
        "WyIyMDI2LTAxLTAxVDAwOjAwOjAwIiwgMV0",
        "WyJ4XHUwMDAwIiwgMV0",
        "WyJ4IiwtMV0",
    ],
)
@pytest.mark.parametrize("sort", ["wait", "number", "month", "nonsense"])
def test_an_address_somebody_made_up_is_the_beginning(many, cast, may, token, sort):
    many(2)

    page = table(may(cast.hana), filters=TableFilters(), sort=sort, after=token)

    assert len(page.rows) == 2


def test_what_one_may_not_read_is_not_found_by_its_words(many, helper, cast, may, noon):
    many(1)
    propose(
        actor=cast.otto,
        side=Side.TECHNOLOGY,
        name="Invoice coding",
        problem="Secret plans.",
        affected="Finance",
        unit_name="Finance",
        at=noon,
    )

    def found(text):
        page = table(may(cast.tariq), filters=TableFilters(text=text))
        return [row.initiative.name for row in page.rows]

    assert found("invoice") == ["Invoice coding"]
    assert found("secret") == []
    row = table(may(cast.tariq), filters=TableFilters(text="invoice")).rows[0]
    assert (row.reads_whole, row.reads_purpose) == (False, False)


def test_the_purpose_of_what_is_in_use_is_for_everyone(helper, cast, may, reach):
    reach(4)

    row = table(may(cast.erin), filters=TableFilters()).rows[0]

    assert (row.reads_whole, row.reads_purpose) == (False, True)
