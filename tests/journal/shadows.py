"""Copies of the insert-only tables without constraints or triggers, and arbitrary rows for them.

A temporary table of the same name stands before the real one, so the product's own code reads
and writes it: every column of every such model can be filled and forged, whatever its rules.
"""

import unicodedata
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal

from django.apps import apps
from django.db import connection, transaction
from hypothesis import strategies as st

from journal.models import Entry, Head, InsertOnly, Sealed

JOURNAL = [Entry, Sealed, Head]
LARGEST = 2**53 - 1
FIRST, LAST = datetime(1, 1, 3), datetime(9998, 12, 31)  # noqa: DTZ001  # hypothesis adds the zone


def recorded_models():
    """Return every model whose rows an entry names."""
    return [model for model in apps.get_models() if issubclass(model, InsertOnly)]


@contextmanager
def put_up(*models):
    """Let temporary tables stand before the real ones, and undo all that is done meanwhile.

    A bare savepoint, because an act begins inside no other atomic block than the test's own.
    """
    before = transaction.savepoint()
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(
                f"CREATE TEMP TABLE {table}"
                f" (LIKE public.{table} INCLUDING IDENTITY INCLUDING DEFAULTS) ON COMMIT DROP"
            )
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


def write_anew(*models):
    """Leave behind what was written and taken back, which nothing clears from temporary tables."""
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(f"CREATE TEMP TABLE written_anew AS TABLE {table}")
            cursor.execute(f"TRUNCATE {table}")
            cursor.execute(f"INSERT INTO {table} TABLE written_anew")
            cursor.execute("DROP TABLE written_anew")


def texts(longest):
    """Return texts that PostgreSQL can hold and signed data may contain."""
    characters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    composed = st.text(characters, max_size=min(longest or 40, 40)).map(
        lambda text: unicodedata.normalize("NFC", text)
    )
    return composed.filter(lambda text: len(text) <= (longest or 40))


def any_json():
    """Return JSON as the product stores it: no floats, no large integers."""
    leaves = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts(9)
    inner = st.recursive(
        leaves, lambda inner: st.lists(inner) | st.dictionaries(texts(9), inner), max_leaves=6
    )
    return st.dictionaries(texts(9), inner, max_size=3)


# From 100 on, so that no arbitrary key meets one that the database gives out.
SMALL, MIDDLE, LARGE = (st.integers(100, most) for most in (2**15 - 1, 2**31 - 1, LARGEST))
VALUES = {
    "BooleanField": lambda _: st.booleans(),
    "SmallIntegerField": lambda _: SMALL,
    "PositiveSmallIntegerField": lambda _: SMALL,
    "IntegerField": lambda _: MIDDLE,
    "PositiveIntegerField": lambda _: MIDDLE,
    "BigIntegerField": lambda _: LARGE,
    "PositiveBigIntegerField": lambda _: LARGE,
    "BigAutoField": lambda _: LARGE,
    "DecimalField": lambda column: decimals(column.max_digits, column.decimal_places),
    "DateTimeField": lambda _: st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
    "DateField": lambda _: st.dates(FIRST.date(), LAST.date()),
    "UUIDField": lambda _: st.uuids(),
    "BinaryField": lambda column: st.binary(max_size=column.max_length or 64),
    "JSONField": lambda _: any_json(),
    "CharField": lambda column: texts(column.max_length),
    "TextField": lambda _: texts(None),
    "URLField": lambda column: texts(column.max_length),
}


def decimals(digits, places):
    """Return amounts that fit the column, with and without all their places."""
    most = Decimal(10) ** (digits - places) - 1
    return st.integers(0, places).flatmap(lambda fewer: st.decimals(-most, most, places=fewer))


def values(column):
    """Return what may stand in this column; a new kind of column needs its line above."""
    target = column.target_field if column.is_relation else column
    fitting = VALUES[target.get_internal_type()](target)
    return st.none() | fitting if column.null else fitting


@st.composite
def rows(draw, model):
    """Return an unsaved row of `model` with anything in every column."""
    columns = {
        column.attname: draw(values(column), label=column.attname)
        for column in model._meta.concrete_fields
    }
    return model(**columns)
