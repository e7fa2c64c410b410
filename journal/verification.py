"""Is the record intact? Every check that needs nothing but the database and the public key."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from journal import guards
from journal.chain import GENESIS, commitment, leaf
from journal.models import Entry, Head, Sealed
from journal.rows import label, row_digest
from kernel.canonical import canonical

BATCH = 2_000


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was recorded. `seq` is 0 where no entry is concerned."""

    seq: int
    what: str


Checker = Callable[[], Iterator[Finding]]
_further: list[Checker] = []


def further_check(checker: Checker) -> Checker:
    """Let an app above the journal add its own check, such as re-judging decisions."""
    if checker not in _further:
        _further.append(checker)
    return checker


def verify() -> Iterator[Finding]:
    """Yield every break of the record, the chain's first; nothing yielded means intact.

    Checked in order: guards; sequence, links and hashes; the head; rows against entries both
    ways; sealed texts against their commitments; then what the apps above add.
    """
    for problem in guards.problems():
        yield Finding(0, problem)
    named: dict[tuple[str, str], tuple[int, str]] = {}
    yield from _chain(named)
    yield from _rows(named)
    yield from _texts()
    for checker in _further:
        yield from checker()


def _chain(named: dict[tuple[str, str], tuple[int, str]]) -> Iterator[Finding]:
    """Walk the entries in order, and collect the rows they name."""
    prev, seq = GENESIS, 0
    for entry in Entry.objects.order_by("seq").iterator(BATCH):
        seq += 1
        if entry.seq != seq:
            yield Finding(seq, f"entry {seq} is missing; entry {entry.seq} stands in its place")
            seq = entry.seq
        yield from _entry(entry, prev)
        prev = bytes(entry.hash)
        for table, key, fingerprint in _said(entry).get("rows", []):
            named[table, key] = (entry.seq, fingerprint)
    head = Head.objects.first()
    if (head.seq, bytes(head.hash)) != (seq, prev) if head else seq:
        yield Finding(seq, f"the chain ends at entry {seq}, the head says otherwise")


def _entry(entry: Entry, prev: bytes) -> Iterator[Finding]:
    """Check one entry against the one before it, its bytes, and its own columns."""
    body = bytes(entry.body)
    if bytes(entry.prev) != prev:
        yield Finding(entry.seq, "it does not hold the hash of the entry before it")
    if leaf(prev=bytes(entry.prev), seq=entry.seq, body=body) != bytes(entry.hash):
        yield Finding(entry.seq, "its bytes do not give its hash")
        return
    said = _said(entry)
    if canonical(said) != body:
        yield Finding(entry.seq, "its bytes are not canonical")
    columns = {
        "seq": entry.seq,
        "kind": entry.kind,
        "thread": entry.thread,
        "object": {"type": entry.subject_type, "id": entry.subject_id},
        "private": entry.private_id,
    }
    for name, value in columns.items():
        if said.get(name) != value:
            yield Finding(entry.seq, f"its column {name} says other than its bytes")
    if said["at"] != entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"):
        yield Finding(entry.seq, "its column at says other than its bytes")
    if said["actor"].get("person") != (str(entry.actor_key) if entry.actor_key else None):
        yield Finding(entry.seq, "its column actor_key says other than its bytes")


def _said(entry: Entry) -> dict[str, Any]:
    """Return what the entry's bytes say, or nothing where they cannot be read."""
    try:
        said = json.loads(bytes(entry.body))
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _rows(named: dict[tuple[str, str], tuple[int, str]]) -> Iterator[Finding]:
    """Hold every insert-only row to the entry that names it, and every entry to its rows."""
    for model in _recorded_models():
        for row in model.objects.order_by("pk").iterator(BATCH):
            seq, fingerprint = named.pop((label(model), str(row.pk)), (0, ""))
            if not seq:
                yield Finding(0, f"{label(model)} {row.pk} is named by no entry")
            elif row_digest(row) != fingerprint:
                yield Finding(seq, f"{label(model)} {row.pk} is not the row that was recorded")
    for (table, key), (seq, _) in sorted(named.items(), key=lambda item: item[1][0]):
        yield Finding(seq, f"{table} {key} is gone")


def _recorded_models() -> list[Any]:
    return [
        model
        for model in apps.get_models()
        if getattr(model, "insert_only", False) and model is not Entry
    ]


def _texts() -> Iterator[Finding]:
    for sealed in Sealed.objects.filter(erased_at=None).iterator(BATCH):
        if commitment(key=bytes(sealed.key or b""), text=sealed.text or "") != sealed.pk:
            yield Finding(0, f"the sealed text {sealed.pk[:12]} is not the one committed to")
