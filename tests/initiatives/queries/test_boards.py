"""The board: few cards, right counts, a fixed number of queries, nothing of what is hidden."""

from datetime import timedelta

from django.db import connection
from django.db.models import Case, F, Value, When
from django.db.models.fields import DateTimeField
from django.test.utils import CaptureQueriesContext

from initiatives.operations.initiatives import propose
from initiatives.queries.boards import board
from initiatives.queries.table_filters import TableFilters
from initiatives.queries.tables import table
from people.choices import Side


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


def test_where_the_work_of_others_stands_is_not_told(many, cast, may, noon):
    propose(
        actor=cast.otto,
        side=Side.TECHNOLOGY,
        name="Invoice coding",
        problem="Every invoice is coded by hand.",
        affected="Finance",
        unit_name="Finance",
        at=noon + timedelta(days=9),
    )
    many(3)

    first = board(may(cast.otto), waiting_since=waiting(1, 3, 4))[0]

    assert [card.initiative.number for card in first.at_gate] == [1]
    assert [card.initiative.number for card in first.in_work] == [2, 3, 4]
    assert len({card.waits_since for card in first.in_work}) == 1
