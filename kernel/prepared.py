"""A query that is put into SQL once a process, and planned once a connection.

For a query that is long and asked often: putting it together, in Python and in PostgreSQL, costs
more than answering it. It is written with stand-ins for its values, as any other query, and asked
with what they stand for. A connection keeps what it prepared as long as it lasts, so nothing may
stand between that hands out another one for each transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import zip_longest
from typing import Any, Self
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import QuerySet

TEXT, FOLDED, DIGITS, GATE = "<text>", "<folded>", "<digits>", "<gate>"
NUMBER, READER = 2_000_000_011, 2_000_000_033
PERSON = UUID("7b0d9a52-9f6e-4b5e-8d2a-2f6a1c3e5d11")
# Several rows, named by their keys: fewer leave NO_ROW in the places that remain.
ROWS = tuple(range(2_000_000_101, 2_000_000_161))
NO_ROW = 0
STAND_INS = frozenset({TEXT, FOLDED, f"{DIGITS}%", GATE, NUMBER, READER, PERSON, *ROWS})

_kept: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Prepared:
    """The words of a query, and its values, some of them stand-ins."""

    sql: str
    values: tuple[Any, ...]

    @classmethod
    def of(cls, rows: "QuerySet[Any, Any]") -> Self:
        sql, values = rows.query.sql_with_params()
        return cls(sql, tuple(values))

    def ask(self, meant: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """Return the rows, with what each stand-in is meant to be."""
        with connection.cursor() as cursor:
            kept = _kept.setdefault(cursor.connection, set())
            if self._name not in kept:
                cursor.execute(*self._preparing())
                kept.add(self._name)
            values = [meant[one] for one in self._asked]
            told = f"({', '.join(['%s'] * len(values))})" if values else ""
            cursor.execute(f"EXECUTE {self._name} {told}", values)
            return [*cursor]

    def _preparing(self) -> tuple[str, list[Any]]:
        """Return the statement that prepares the query, and the values that stay."""
        numbered = {one: f"${n}" for n, one in enumerate(self._asked, start=1)}
        places = tuple(numbered[one] if _stands_in(one) else "%s" for one in self.values)
        sql = self.sql.replace("%%", "%%%%") % places
        return f"PREPARE {self._name} AS {sql}", [one for one in self.values if not _stands_in(one)]

    @cached_property
    def _asked(self) -> tuple[Any, ...]:
        """The stand-ins of the query, each once."""
        return tuple(dict.fromkeys(one for one in self.values if _stands_in(one)))

    @cached_property
    def _name(self) -> str:
        return f"asked_{sha256(repr((self.sql, self.values)).encode()).hexdigest()[:32]}"


def rows_named(keys: Iterable[int]) -> dict[Any, int]:
    """Return what ROWS mean: these keys, and no row in the places that remain.

    :raises ValueError: when there are more keys than places.
    """
    named = tuple(keys)
    if len(named) > len(ROWS):
        raise ValueError(f"{len(named)} rows are more than {len(ROWS)}")
    return dict(zip_longest(ROWS, named, fillvalue=NO_ROW))


def _stands_in(value: object) -> bool:
    return isinstance(value, str | int | UUID) and value in STAND_INS
