"""More initiatives in rows of the same shape: whole sets of the prototypes, copied by SQL.

Thousands of initiatives through operations would take an hour. Every row that hangs on an
initiative is copied with new numbers; names and problems are made anew; the journal goes on with
the same entries under new numbers. Copied frozen bytes go on naming the original, so gates are
measured on the originals.
"""

import hashlib
import json
import random

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg2.extras import execute_values

from initiatives.models import Initiative
from journal.models import Entry, Head
from journal.rows import label

OFFSET = 100_000
VOCABULARY = (
    *("shift", "plan", "rota", "invoice", "order", "ticket", "depot", "route", "repair", "spare"),
    *("part", "payroll", "roster", "answer", "call", "mail", "forecast", "stock", "contract"),
    *("policy", "training", "record", "claim", "refund", "price", "visit", "survey", "report"),
    *("meter", "crew", "van", "engineer", "dispatcher", "customer", "manager", "clerk", "buyer"),
    *("recruiter", "nurse", "driver", "quote", "delay", "error", "search", "copy", "check", "wait"),
    *("type", "translate", "match", "sort", "guess", "draft", "read", "approve", "late", "stuck"),
)


def main(total: str) -> None:
    """Copy the prototypes until there are `total` initiatives."""
    noted = json.loads((settings.FOLDER / "world.json").read_text())
    size, there = noted["prototypes"], Initiative.objects.count()
    sets = range(there // size, int(total) // size)
    hanging = tables()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in hanging:
            cursor.execute(copying(model, hanging), {"first": sets[0], "last": sets[-1]})
            move_sequence(cursor, model)
        rename(cursor, size)
        copy_journal(cursor, noted["last_entry"], sets, {label(model) for model in hanging})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def tables() -> list[type[models.Model]]:
    """Return the model of initiatives and all whose rows hang on one, however far."""
    found: list[type[models.Model]] = [Initiative]
    waiting = set(apps.get_models()) - {Initiative}
    while more := {model for model in waiting if parents(model) & set(found)}:
        found += sorted(more, key=label)
        waiting -= more
    return [model for model in found if not is_tied(model, found)]


def is_tied(model: type[models.Model], copied: list[type[models.Model]]) -> bool:
    """Whether its rows are one each for something that is not copied, so that none can be."""
    return any(
        field.unique and field.related_model and field.related_model not in copied
        for field in model._meta.concrete_fields
    )


def parents(model: type[models.Model]) -> set[type[models.Model]]:
    """Return what the rows of `model` point to."""
    return {field.related_model for field in model._meta.concrete_fields if field.related_model}


def copying(model: type[models.Model], hanging: list[type[models.Model]]) -> str:
    """Return the statement that copies the original rows of `model` once for every set."""
    size = Initiative.objects.filter(pk__lt=OFFSET).count()
    columns = {
        f'"{field.column}"': new_value(field, hanging, size)
        for field in model._meta.concrete_fields
    }
    key = model._meta.pk.column
    return (
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
        f" SELECT {', '.join(columns.values())}"
        f" FROM {model._meta.db_table}, generate_series(%(first)s, %(last)s) AS k"
        f' WHERE "{key}" < {OFFSET}'
    )


def new_value(field: "models.Field", hanging: list[type[models.Model]], size: int) -> str:
    """Return what stands in a column of the k-th copy."""
    name = f'"{field.column}"'
    if field.primary_key or field.related_model in hanging:
        return f"{name} + k * {OFFSET}"
    own = {
        "number": f"{name} + k * {size}",
        "stage_since": f"{name} - k * interval '7 minutes'",
    }
    if field.model is Initiative and field.name in own:
        return own[field.name]
    return f"left({name}, 52) || lpad(k::text, 12, '0')" if field.unique else name


def move_sequence(cursor: object, model: type[models.Model]) -> None:
    """Let the next row of the product come after the copies."""
    table, key = model._meta.db_table, model._meta.pk.column
    cursor.execute(
        f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'),"
        f" (SELECT coalesce(max({key}), 1) FROM {table}))"
    )


def rename(cursor: object, size: int) -> None:
    """Give each copy a name and a problem of its own, as two thousand people would."""
    chosen = random.Random(7)
    rows = []
    for pk, number in Initiative.objects.filter(number__gt=size).values_list("pk", "number"):
        name = f"{' '.join(chosen.choices(VOCABULARY, k=3)).capitalize()} {number}"
        problem = f"{' '.join(chosen.choices(VOCABULARY, k=18)).capitalize()}."
        rows.append((pk, name, problem, f"AI-{number:03d} {name} {problem}".casefold()))
    execute_values(
        cursor.cursor,
        "UPDATE initiatives_initiative SET name = v.name, problem = v.problem, search = v.search"
        " FROM (VALUES %s) AS v (id, name, problem, search) WHERE initiatives_initiative.id = v.id",
        rows,
        page_size=500,
    )


def copy_journal(cursor: object, last: int, sets: range, kinds: set[str]) -> None:
    """Go on with the entries about initiatives, chained, under new numbers."""
    originals = list(Entry.objects.filter(seq__lte=last).exclude(thread="").order_by("seq"))
    head = Head.objects.get()
    seq, prev = head.seq, bytes(head.hash)
    rows = []
    for k in sets:
        for entry in originals:
            seq += 1
            digest = hashlib.sha256(prev + seq.to_bytes(8, "big")).digest()
            rows.append((seq, prev, digest, *renumbered(entry, k, kinds)))
            prev = digest
    execute_values(
        cursor.cursor,
        "INSERT INTO journal_entry (seq, prev, hash, body, kind, at, actor_key, subject_type,"
        " subject_id, thread, private_id) VALUES %s",
        rows,
        page_size=500,
    )
    Head.objects.update(seq=seq, hash=prev)


def renumbered(entry: Entry, k: int, kinds: set[str]) -> tuple[object, ...]:
    """Return the columns of an entry about the same thing of the k-th set."""
    table, _, pk = entry.thread.partition(":")
    is_ours = entry.subject_type in kinds
    subject = str(int(entry.subject_id) + k * OFFSET) if is_ours else entry.subject_id
    about = (entry.subject_type, subject, f"{table}:{int(pk) + k * OFFSET}", entry.private_id)
    return (bytes(entry.body), entry.kind, entry.at, entry.actor_key, *about)
