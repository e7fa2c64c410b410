"""What somebody with every right in the database could do to it, one seeded forgery at a time.

They work on the shadows of the tables (see `shadows`), where nothing is refused; `verify` has to
find each of them. A forgery returns False when it would change nothing.
"""

from django.db import connection

from journal.models import Head, Sealed

# Column type → an expression that is never the value it had.
OTHER = {
    "bytea": "CASE WHEN length({c}) = 0 THEN '\\x01'::bytea"
    " ELSE set_byte({c}, mod({n}, length({c})),"
    " get_byte({c}, mod({n}, length({c}))) # (1 << mod({n}, 8))) END",
    "boolean": "NOT {c}",
    "smallint": "CASE WHEN {c} > 0 THEN {c} - 1 ELSE {c} + 1 END",
    "integer": "CASE WHEN {c} > 0 THEN {c} - 1 ELSE {c} + 1 END",
    "bigint": "CASE WHEN {c} > 0 THEN {c} - 1 ELSE {c} + 1 END",
    "numeric": "CASE WHEN {c} > 0 THEN {c} - 1 ELSE {c} + 1 END",
    "date": "{c} + 1",
    "timestamp with time zone": "{c} + interval '1 microsecond'",
    "uuid": "CASE WHEN {c} = '{u}' THEN '{v}'::uuid ELSE '{u}'::uuid END",
    "jsonb": "jsonb_build_object('forged', {c})",
    "text": "CASE WHEN left({c}, 1) = 'x' THEN overlay({c} placing 'y' from 1) ELSE"
    " overlay({c} placing 'x' from 1) END",
}
OTHER["character varying"] = OTHER["text"]
SOMETHING = {
    "bytea": "'\\x00'::bytea",
    "boolean": "true",
    "date": "date '2026-12-03'",
    "timestamp with time zone": "timestamptz '2026-12-03'",
    "uuid": "'{u}'::uuid",
    "jsonb": "'{{}}'::jsonb",
    "text": "'x'",
    "character varying": "'x'",
}
UUIDS = {"u": "00000000-0000-4000-8000-000000000001", "v": "00000000-0000-4000-8000-000000000002"}
UNSEEN = {(Sealed, "person_key")}  # a finding aid; no entry speaks of it


def sql(statement, params=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def columns(*models):
    """Return every (model, column) that an attacker could change."""
    return [
        (model, column)
        for model in models
        for column in model._meta.concrete_fields
        if (model, column.attname) not in UNSEEN and not (model is Head and column.primary_key)
    ]


def any_row(model, random):
    return random.choice([key for (key,) in sql(f"SELECT {key_of(model)} FROM {name(model)}")])


def name(model):
    return model._meta.db_table


def key_of(model):
    return model._meta.pk.column


def change(random, model, column):
    """Give one column of one row another value: flip a bit, count on, forget, or make up."""
    target, n = f'"{column.column}"', random.randrange(2**16)
    kind = sql(
        "SELECT data_type FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name = %s AND column_name = %s",
        [name(model), column.column],
    )[0][0]
    other = OTHER[kind].format(c=target, n=n, **UUIDS)
    made_up = SOMETHING.get(kind, "1").format(**UUIDS)
    nothing = "NULL" if column.null and random.random() < 0.5 else other
    statement = (
        f"UPDATE {name(model)} SET {target} = CASE WHEN {target} IS NULL THEN {made_up}"
        f" ELSE {nothing} END WHERE {key_of(model)} = %s"
    )
    sql(statement, [any_row(model, random)])
    return True


def swap(random, model, column):
    """Exchange one column between two rows."""
    key, target = key_of(model), f'"{column.column}"'
    rows = sql(f"SELECT {key}, {target} FROM {name(model)}")
    (one, first), (other, second) = random.sample(rows, 2) if len(rows) > 1 else (rows[0],) * 2
    if column.primary_key or plain(first) == plain(second):
        return False
    sql(
        f"UPDATE {name(model)} a SET {target} = b.{target} FROM {name(model)} b"
        f" WHERE a.{key} IN (%(a)s, %(b)s) AND b.{key} IN (%(a)s, %(b)s) AND a.{key} <> b.{key}",
        {"a": one, "b": other},
    )
    return True


def plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def delete(random, model, _):
    """Take one row away."""
    sql(f"DELETE FROM {name(model)} WHERE {key_of(model)} = %s", [any_row(model, random)])
    return True


def insert(random, model, _):
    """Put a copy of one row beside it, under a key of its own."""
    if model in (Sealed, Head):
        return False  # an orphan text says nothing; there is one head
    key = key_of(model)
    new = f"(SELECT max({key}) + 1 FROM {name(model)})"
    others = [f'"{c.column}"' for c in model._meta.concrete_fields if not c.primary_key]
    listed = ", ".join(others)
    sql(
        f"INSERT INTO {name(model)} ({key}, {listed}) SELECT {new}, {listed} FROM {name(model)}"
        f" WHERE {key} = %s",
        [any_row(model, random)],
    )
    return True


def cut_tail(random, *_):
    """Let the last entries never have happened."""
    (last,) = sql("SELECT max(seq) FROM journal_entry")[0]
    sql("DELETE FROM journal_entry WHERE seq > %s", [random.randrange(1, last)])
    return True


def go_back(random, *_):
    """Set entries and head back to an earlier moment, and leave the rows of the time since."""
    (last,) = sql("SELECT max(seq) FROM journal_entry")[0]
    seq = random.randrange(1, last)
    sql(
        "UPDATE journal_head SET seq = e.seq, hash = e.hash FROM journal_entry e WHERE e.seq = %s",
        [seq],
    )
    sql("DELETE FROM journal_entry WHERE seq > %s", [seq])
    return True


def renumber(random, *_):
    """Exchange the places of two entries."""
    (last,) = sql("SELECT max(seq) FROM journal_entry")[0]
    one, other = random.sample(range(1, last + 1), 2)
    sql(
        "UPDATE journal_entry SET seq = %(a)s + %(b)s - seq WHERE seq IN (%(a)s, %(b)s)",
        {"a": one, "b": other},
    )
    return True


def empty(_, model, __):
    """Truncate a whole table."""
    sql(f"TRUNCATE {name(model)}")
    return True


OF_ROWS = (swap, swap, delete, insert, empty)
OF_THE_CHAIN = (cut_tail, go_back, renumber)
