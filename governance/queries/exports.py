"""The record as a file: every entry in order, in lines that are safe to open in a spreadsheet."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import F

from journal.models import Entry
from journal.queries import Happened, head, installation
from kernel.canonical import moment
from kernel.sheets.writing import csv_line
from people.queries import all_people

BATCH = 1_000
COLUMNS = (
    *("entry", "at", "kind", "what", "actor", "actor_key", "subject", "thread"),
    *("data", "hash", "previous_hash"),
)


def last_entry() -> int:
    """Return the number of the newest entry."""
    found = head()
    return found.seq if found else 0


def csv_lines(until: int) -> Iterator[str]:
    """Yield the record up to an entry as CSV, the oldest first."""
    yield csv_line(COLUMNS)
    for row in _rows(until):
        data = json.dumps(row["data"], ensure_ascii=False, sort_keys=True)
        yield csv_line([data if name == "data" else str(row[name]) for name in COLUMNS])


def json_lines(until: int) -> Iterator[str]:
    """Yield the record up to an entry as one JSON document, the oldest first."""
    ours = installation()
    about = {"organisation": ours.name if ours else "", "until_entry": until, "format": 1}
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "entries": [\n'
    for place, row in enumerate(_rows(until)):
        yield (",\n" if place else "") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


def _rows(until: int) -> Iterator[dict[str, Any]]:
    names = dict(all_people().values_list("person_key", "name"))
    entries = Entry.objects.filter(seq__lte=until).order_by(F("seq").asc())
    for entry in entries.iterator(BATCH):
        happened = Happened(entry)
        key = entry.actor_key
        yield {
            "entry": entry.seq,
            "at": moment(entry.at),
            "kind": entry.kind,
            "what": happened.title,
            "actor": names.get(key, "") if key else happened.system,
            "actor_key": str(key) if key else "",
            "subject": f"{entry.subject_type}:{entry.subject_id}",
            "thread": entry.thread,
            "data": dict(happened.data),
            "hash": bytes(entry.hash).hex(),
            "previous_hash": bytes(entry.prev).hex(),
        }
