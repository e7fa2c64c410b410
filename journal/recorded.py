"""Insert-only rows read in step with the entries that name them, however many there are.

Rows are numbered nearly in the order in which entries name them, so each table is read once, from
its first row to its last, and only what came a little early is kept until it is named.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from journal.models import Entry
from journal.rows import label, row_digest

BATCH = 500
GONE = "gone"
TWICE = "twice"


def recorded_models() -> list[Any]:
    """Return the tables whose rows entries name."""
    return [
        model
        for model in apps.get_models()
        if getattr(model, "insert_only", False) and model is not Entry
    ]


class UnreadableRowError(RuntimeError):
    """The database holds what no writer of ours could have stored."""


class Recorded:
    """The rows of all tables on the way along the chain; looked up singly for a part of it."""

    def __init__(self, *, whole: bool = True) -> None:
        kind = _Table if whole else _Lookup
        self._tables = {label(model): kind(model) for model in recorded_models()}

    def taken(self, table: str, key: str) -> str:
        """Return the digest of the row that an entry names: each may be taken once.

        GONE where there is no such row, TWICE where it was taken before.
        """
        rows = self._tables.get(table)
        return rows.taken(key) if rows else GONE

    def left(self) -> Iterator[tuple[str, int]]:
        """Yield the table and number of each row that was never taken."""
        for name, rows in self._tables.items():
            for key in rows.left():
                yield name, key


class _Lookup:
    def __init__(self, model: Any) -> None:  # noqa: ANN401  # any model
        self._model = model

    def taken(self, key: str) -> str:
        row = self._model.objects.filter(pk=key).first() if key.isdecimal() else None
        return GONE if row is None else _digest_of(row)

    def left(self) -> Iterator[int]:
        """Nothing can be said of rows without knowing all entries."""
        return iter(())


class _Table(_Lookup):
    def __init__(self, model: Any) -> None:  # noqa: ANN401  # any model
        super().__init__(model)
        self._rows: Iterator[models.Model] | None = None
        self._early: dict[int, str] = {}
        self._at = -1

    def taken(self, key: str) -> str:
        number = int(key) if key.isdecimal() else -1
        if number in self._early:
            return self._early.pop(number)
        if number <= self._at:
            return TWICE if self._model.objects.filter(pk=number).exists() else GONE
        while (row := self._next()) is not None:
            self._at = row.pk
            if row.pk == number:
                return _digest_of(row)
            self._early[row.pk] = _digest_of(row)
            if row.pk > number:
                break
        return GONE

    def left(self) -> Iterator[int]:
        yield from self._early
        while (row := self._next()) is not None:
            yield row.pk

    def _next(self) -> models.Model | None:
        """Return the next row, or None at the end; the table is opened when first asked for."""
        if self._rows is None:
            self._rows = iter(self._model.objects.order_by("pk").iterator(BATCH))
        try:
            return next(self._rows, None)
        except (ValueError, OverflowError) as error:
            raise UnreadableRowError(f"{label(self._model)}: {error}") from error


def _digest_of(row: models.Model) -> str:
    """Return the row's digest, or "" for one that our code could never have written."""
    try:
        return row_digest(row)
    except (ValueError, TypeError):
        return ""
