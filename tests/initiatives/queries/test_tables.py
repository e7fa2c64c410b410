"""The table: pages in both directions, filters and orders that tell nothing they should not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Q

from initiatives.choices import Standing
from initiatives.models import Initiative
from initiatives.operations.details import set_details
from initiatives.operations.initiatives import propose
from initiatives.queries.table_filters import TableFilters
from initiatives.queries.tables import SORTS, table
from initiatives.rules.details import Details
from people.choices import Side
from tests.initiatives.queries.conftest import propose_many
from tests.kept import kept

NO = dict.fromkeys(
    ("about_people", "ranks_people", "touches_jobs", "acts_alone", "watches_people"), False
)


@kept
def ten(cast, noon):
    return propose_many(cast, noon, 10)


@kept
def three(cast, noon):
    """Of three the first is known to be of low risk."""
    found = propose_many(cast, noon, 3)
    details = Details(risk=NO, budget_ask=Decimal(5))
    set_details(actor=cast.petra, initiative=found[0], details=details, expected_version=1, at=noon)
    return found


@kept
def two(cast, noon):
    return propose_many(cast, noon, 2)


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
def test_every_order_reads_every_row_once_in_both_directions(ten, cast, may, sort):
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
        ({"waiting": Q(number__gt=1), "is_waiting": False}, [1]),
    ],
)
def test_filters_narrow(three, cast, may, filters, numbers):
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
def test_an_address_somebody_made_up_is_the_beginning(two, cast, may, token, sort):
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


def test_a_few_digits_find_a_code_or_a_name_and_not_every_text_that_counts(cast, many, may):
    many(3)
    Initiative.objects.filter(number=1).update(search="ai-001 alpha in 2023, of 2003 calls")
    Initiative.objects.filter(number=3).update(name="Dial 002")

    def found(text):
        page = table(may(cast.hana), filters=TableFilters(text=text), sort="number")
        return [row.initiative.number for row in page.rows]

    assert found("002") == [2, 3]
    assert found("2") == [2, 3]
    assert found("2023") == [1]
    assert found("\u0663") == []


@kept
def strange(cast, noon):
    """Otto leads number 1; of the three others he may know name, stage and unit."""
    propose(
        actor=cast.otto,
        side=Side.TECHNOLOGY,
        name="Invoice coding",
        problem="Every invoice is coded by hand.",
        affected="Finance",
        unit_name="Finance",
        at=noon,
    )
    propose_many(cast, noon, 3)
    Initiative.objects.filter(number=2).update(standing=Standing.PAUSED)
    Initiative.objects.filter(number=4).update(
        stage_since=noon - timedelta(days=9), planned_month=date(2027, 1, 1)
    )


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [1, 2, 3, 4]),
        ({"stage": 1}, [1, 2, 3, 4]),
        ({"unit": "unit 1"}, [3]),
        ({"text": "alpha"}, [3]),
        ({"standing": "active"}, [1]),
        ({"standing": "paused"}, []),
        ({"without_lead": "technology"}, []),
        ({"without_lead": "people"}, [1]),
        ({"text": "petra"}, []),
        ({"waiting": Q(number__in=(1, 2))}, [1]),
        ({"waiting": Q(number=2), "is_waiting": False}, [1, 2, 3, 4]),
        ({"waiting": Q(number=1), "is_waiting": False}, [2, 3, 4]),
    ],
)
def test_a_filter_tells_nothing_that_the_row_would_not(strange, cast, may, filters, numbers):
    page = table(may(cast.otto), filters=TableFilters(**filters), sort="number")

    assert [row.initiative.number for row in page.rows] == numbers
    assert page.total == len(numbers)


@pytest.mark.parametrize("sort", ["wait", "month"])
def test_an_order_tells_nothing_that_the_row_would_not(strange, cast, may, noon, sort):
    Initiative.objects.filter(number=1).update(planned_month=date(2027, 2, 1))

    assert walk(may(cast.hana), sort)[0] == 4
    assert walk(may(cast.otto), sort, size=3) == [1, 2, 3, 4]
    assert walk(may(cast.otto), f"-{sort}", size=3) == [4, 3, 2, 1]


def test_the_purpose_of_what_is_in_use_is_for_everyone(helper, cast, may, reach):
    reach(4)

    row = table(may(cast.erin), filters=TableFilters()).rows[0]

    assert (row.reads_whole, row.reads_purpose) == (False, True)
