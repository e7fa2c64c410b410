"""A prepared query answers as the query itself does, whatever its stand-ins mean this time."""

import pytest
from django.db import connection
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext

from journal.models import Sealed
from kernel.prepared import NUMBER, ROWS, TEXT, Prepared, rows_named


def test_stand_ins_mean_what_is_said_and_other_values_stay(db):
    for number in range(3):
        Sealed.objects.create(commitment=str(number) * 64, key=b"k", text=f"text {number}")
    rows = Sealed.objects.filter(text=TEXT).exclude(text="text 9").values_list("text", "key")
    query = Prepared.of(rows.order_by("pk")[:2])

    assert [text for text, _ in query.ask({TEXT: "text 1"})] == ["text 1"]
    assert query.ask({TEXT: "'; DROP TABLE journal_sealed; --", NUMBER: 3}) == []
    assert query.ask({TEXT: "text 9"}) == []


def test_a_query_is_planned_once_a_connection(db):
    query = Prepared.of(Sealed.objects.filter(text=TEXT).values_list("text")[:3])

    with CaptureQueriesContext(connection) as seen:
        query.ask({TEXT: "one"})
        query.ask({TEXT: "two"})
        Prepared(query.sql, query.values).ask({TEXT: "three"})

    assert [one["sql"].split()[0] for one in seen] == ["PREPARE", *["EXECUTE"] * 3]


def test_fewer_rows_than_places_are_those_rows_alone(db):
    for number in range(3):
        Sealed.objects.create(
            commitment=str(number) * 64, key=b"k", text=f"{number}" * (number + 1)
        )
    lengths = (
        Sealed.objects.alias(length=Length("text")).filter(length__in=ROWS[:4]).order_by("text")
    )
    query = Prepared.of(lengths.values_list("text"))

    assert query.ask(rows_named([3, 1])) == [("0",), ("222",)]
    with pytest.raises(ValueError, match="more than"):
        rows_named(range(len(ROWS) + 1))
