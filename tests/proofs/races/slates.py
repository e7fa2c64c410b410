"""A database put back as it was: what trials that commit begin with, thousands of times.

Making a world takes a second, putting one back some milliseconds. Nothing else may be under way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

from django.db.backends.utils import CursorWrapper

from journal import guards
from tests.conftest import KEPT_TABLES
from tests.faults.others import another_connection

TABLES = """
SELECT c.relname,
       string_agg(quote_ident(a.attname), ', ') FILTER (WHERE a.attgenerated = ''),
       string_agg('s.' || quote_ident(a.attname) || ' = x.' || quote_ident(a.attname), ' AND ')
         FILTER (WHERE a.attnum = ANY(i.indkey))
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
GROUP BY c.relname ORDER BY c.relname <> 'people_user', c.relname
"""
# People come first: what names a person and a login refers to both at once.
NOW = "pg_current_xact_id()::xid::text::bigint"


@dataclass
class Slate:
    """Every table as it stands now, kept beside it; `wipe()` brings it back."""

    cursor: CursorWrapper
    tables: dict[str, tuple[str, str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    since: int = 0

    def keep(self) -> None:
        """Copy what stands now."""
        self.cursor.execute("DROP SCHEMA IF EXISTS slate CASCADE; CREATE SCHEMA slate")
        self.cursor.execute(TABLES)
        rows = self.cursor.fetchall()
        self.tables = {name: (columns, key) for name, columns, key in rows}
        for name in KEPT_TABLES:
            self.tables.pop(name, None)
        for name in self.tables:
            self.cursor.execute(f"CREATE TABLE slate.{name} AS TABLE public.{name}")
        self.cursor.execute(f"SELECT {NOW}")
        self.since = self.cursor.fetchone()[0]
        self.counts = {name: many for name, many, _ in self._seen()}

    def _seen(self) -> list[tuple[str, int, int]]:
        """Return of each table how many rows it has, and how many were written since."""
        each = [
            f"SELECT '{name}', count(*), count(*) FILTER"
            f" (WHERE xmin::text::bigint > {self.since}) FROM {name}"
            for name in self.tables
        ]
        self.cursor.execute(" UNION ALL ".join(each))
        return self.cursor.fetchall()

    def wipe(self) -> None:
        """Undo whatever was written since the copy, past all guards, in one transaction."""
        seen = {name for name, many, new in self._seen() if new or many != self.counts[name]}
        changed = [name for name in self.tables if name in seen]
        if not changed:
            return
        standing = [one for one in guards.expected_triggers() if one[0] in changed]
        off = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in standing]
        back = [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in standing]
        each = zip(*map(self._undone, changed), strict=True)
        parts = [*off, *chain(*each), "SET CONSTRAINTS ALL IMMEDIATE", *back]
        self.cursor.execute(f"BEGIN; {'; '.join(parts)}; SELECT {NOW}")
        self.since = self.cursor.fetchone()[0]
        self.cursor.execute("COMMIT")

    def _undone(self, name: str) -> tuple[str, str, str]:
        """Return how a table forgets what is new, and gets back what was changed or taken away."""
        columns, key = self.tables[name]
        kept = f"FROM slate.{name} s WHERE {key}"
        new = f"x.xmin::text::bigint > {self.since}"
        gone = f"NOT EXISTS (SELECT FROM {name} x WHERE {key})"
        return (
            f"DELETE FROM {name} x WHERE {new} AND NOT EXISTS (SELECT {kept})",
            f"UPDATE {name} x SET ({columns}) = (SELECT {columns} {kept}) WHERE {new}",
            f"INSERT INTO {name} ({columns}) SELECT {columns} FROM slate.{name} s WHERE {gone}",
        )


@contextmanager
def slate() -> Iterator[Slate]:
    """Keep the database as it stands now, to be put back whenever it is wiped."""
    with another_connection(owner=True) as cursor:
        one = Slate(cursor)
        one.keep()
        try:
            yield one
        finally:
            cursor.execute("DROP SCHEMA slate CASCADE")
