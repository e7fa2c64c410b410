"""A query that is put into SQL once a process and asked again with other values.

For a query that is long and asked often: putting it together costs more than answering it. It is
written with stand-ins for its values, as any other query, and asked with what they stand for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

TEXT, FOLDED, DIGITS, GATE = "<text>", "<folded>", "<digits>", "<gate>"
NUMBER, READER = 2_000_000_011, 2_000_000_033
PERSON = UUID("7b0d9a52-9f6e-4b5e-8d2a-2f6a1c3e5d11")


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
        values = [meant.get(one, one) if _may_stand_in(one) else one for one in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return [*cursor]


def _may_stand_in(value: object) -> bool:
    return isinstance(value, str | int | UUID)
