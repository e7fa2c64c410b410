"""A query that is put into SQL once a process.

For one that every act asks: putting it together costs Python several times what the database takes
to answer it. The SQL is Django's own, and so is what it makes of the rows; only the work in between
is kept. (`kernel.prepared` keeps the plan as well, for what is long, and gives plain rows.)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from types import NoneType
from typing import Any, TypeVar, TypeVarTuple, Unpack
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")
Values = TypeVarTuple("Values")

# What stands for the n-th value while the query is put into SQL: nothing that is asked for.
STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda n: 2_000_100_000 + n,
    str: lambda n: f"<value {n}>",
    UUID: lambda n: UUID(int=(0x7B0D9A52 << 96) + n),
    datetime: lambda n: datetime(1066, 10, 14, tzinfo=UTC) + timedelta(seconds=n),
    date: lambda n: date(1066, 10, 14) + timedelta(days=n),
    NoneType: lambda _: None,
}


def compiled(
    query: Callable[[Unpack[Values]], QuerySet[Any, Row]],
) -> Callable[[Unpack[Values]], list[Row]]:
    """Return `query` as a question that is answered at once, by a list.

    Its values are numbers, texts, keys, days and moments, in their order, and each must reach the
    SQL as it is; None is a shape of its own. Nothing is prefetched. Whatever else the query
    reads (a clock, a setting), or chooses by the size of a value, stays as it was when first asked.

    :raises TypeError: when asked with anything else.
    :raises ValueError: when a value does not reach the SQL as it is.
    :raises TransactionManagementError: when it holds rows, outside a transaction.
    """
    kept: dict[tuple[type, ...], Compiled] = {}

    @wraps(query)
    def ask(*values: *Values) -> list[Row]:
        shape = tuple(map(type, values))
        if shape not in kept:
            if unknown := {*shape} - {*STAND_INS}:
                raise TypeError(f"{query.__name__} is asked with {unknown}")
            stand_ins = tuple(STAND_INS[kind](n) for n, kind in enumerate(shape))
            kept[shape] = Compiled.of(query(*stand_ins), stand_ins)
        return kept[shape].ask(values)

    return ask


class _Done(SQLCompiler):
    """Django's compiler after its work, with the words that it found and this time's values."""

    told: tuple[str, tuple[Any, ...]]

    def as_sql(self, *_: bool, **__: bool) -> tuple[str, tuple[Any, ...]]:
        return self.told


@dataclass(frozen=True)
class _Query:
    """What a query set asks of its query."""

    done: _Done

    def get_compiler(self, *_: str, **__: str) -> _Done:
        return self.done


@dataclass(frozen=True)
class Compiled:
    """The words of a query, and from which value each of its parameters is."""

    rows: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int | None, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any, Any], stand_ins: tuple[Any, ...]) -> "Compiled":
        compiler = rows.query.get_compiler(using=rows.db)
        sql, parameters = compiler.as_sql()
        numbers = {one: n for n, one in enumerate(stand_ins) if one is not None}
        places = tuple(numbers.get(one) for one in parameters)
        if lost := {*numbers.values()} - {*places}:
            raise ValueError(f"values {sorted(lost)} do not reach the SQL as they are: {sql}")
        compiler.connection = None  # it is its thread's, which may end before the process does
        return cls(rows, compiler, sql, tuple(parameters), places)

    def ask(self, values: tuple[Any, ...]) -> list[Any]:
        meant = zip(self.parameters, self.places, strict=True)
        done = _Done.__new__(_Done)
        done.__dict__ |= self.compiler.__dict__
        done.connection = connections[self.rows.db]
        if self.rows.query.select_for_update and done.connection.get_autocommit():
            raise TransactionManagementError("Rows are held in a transaction only.")
        done.told = self.sql, tuple(fixed if n is None else values[n] for fixed, n in meant)
        query: Any = _Query(done)
        told: QuerySet[Any, Any] = QuerySet(model=self.rows.model, query=query, using=self.rows.db)
        told._iterable_class = self.rows._iterable_class  # noqa: SLF001  models, or values
        return list(told)
