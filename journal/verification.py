"""Is the record intact? Every check that needs nothing but the database and the public key."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

from journal import guards
from journal.chain import GENESIS, commitment, leaf
from journal.kinds import Kind
from journal.models import Entry, Head, Installation, Sealed
from journal.rows import label, row_digest
from kernel.canonical import canonical, moment

BATCH = 2_000


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was recorded. `seq` is 0 where no entry is concerned."""

    seq: int
    what: str


class NothingRecordedError(LookupError):
    """There is no journal to check."""


@dataclass
class _Walk:
    """What the entries say on the way along the chain."""

    org: str
    rows: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    erased: dict[str, str] = field(default_factory=dict)
    is_demo: object = None


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

    :raises NothingRecordedError: when nothing was ever founded here.
    """
    installation = Installation.objects.first()
    if installation is None and not Entry.objects.exists():
        raise NothingRecordedError("nothing has been founded here")
    for problem in guards.problems():
        yield Finding(0, problem)
    walk = _Walk(org=str(installation.org) if installation else "")
    yield from _chain(walk)
    if walk.is_demo is not (installation and installation.is_demo):
        yield Finding(1, "the installation is not the one that was founded")
    yield from _rows(walk)
    yield from _texts(walk)
    for checker in _further:
        yield from checker()


def _chain(walk: _Walk) -> Iterator[Finding]:
    """Walk the entries in order, and note what they say."""
    prev, seq = GENESIS, 0
    for entry in Entry.objects.order_by("seq").iterator(BATCH):
        seq += 1
        if entry.seq != seq:
            yield Finding(seq, f"entry {seq} is missing; entry {entry.seq} stands in its place")
            seq = entry.seq
        if bytes(entry.prev) != prev:
            yield Finding(seq, "it does not hold the hash of the entry before it")
        prev = bytes(entry.hash)
        if leaf(prev=bytes(entry.prev), seq=seq, body=bytes(entry.body)) != prev:
            yield Finding(seq, "its bytes do not give its hash")
            continue
        yield from _entry(entry, walk)
    head = Head.objects.first()
    if head is None or (head.seq, bytes(head.hash)) != (seq, prev):
        yield Finding(seq, f"the chain ends at entry {seq}, the head says otherwise")


def _entry(entry: Entry, walk: _Walk) -> Iterator[Finding]:
    """Read one entry whose hash holds; its columns repeat its bytes, and must agree with them."""
    try:
        said = json.loads(bytes(entry.body))
        if canonical(said) != bytes(entry.body):
            yield Finding(entry.seq, "its bytes are not canonical")
        for name, value in _columns(entry, said, walk.org).items():
            if said[name] != value:
                yield Finding(entry.seq, f"its column {name} says other than its bytes")
        yield from _note(said, entry, walk)
    except (ValueError, TypeError, KeyError, AttributeError):
        yield Finding(entry.seq, "its bytes are not those of an entry")


def _columns(entry: Entry, said: dict[str, Any], org: str) -> dict[str, object]:
    """Return what the bytes must say, by the columns beside them."""
    person, system = entry.actor_key, said["actor"].get("system", "")
    return {
        "org": org,
        "seq": entry.seq,
        "at": moment(entry.at),
        "kind": entry.kind,
        "actor": {"person": str(person)} if person else {"system": system},
        "object": {"type": entry.subject_type, "id": entry.subject_id},
        "thread": entry.thread,
        "private": entry.private_id,
    }


def _note(said: dict[str, Any], entry: Entry, walk: _Walk) -> Iterator[Finding]:
    for table, key, fingerprint in said["rows"]:
        if (table, key) in walk.rows:
            yield Finding(entry.seq, f"{table} {key} is named a second time")
        walk.rows.setdefault((table, key), (entry.seq, fingerprint))
    if entry.kind == Kind.TEXT_ERASED:
        walk.erased[entry.subject_id] = said["at"]
    if entry.kind == Kind.INSTALLATION_FOUNDED:
        walk.is_demo = said["data"]["demonstration"]


def _rows(walk: _Walk) -> Iterator[Finding]:
    """Hold every insert-only row to the entry that names it, and every entry to its rows."""
    for model in _recorded_models():
        for row in model.objects.order_by("pk").iterator(BATCH):
            seq, fingerprint = walk.rows.pop((label(model), str(row.pk)), (0, ""))
            if not seq:
                yield Finding(0, f"{label(model)} {row.pk} is named by no entry")
            elif _digest_of(row) != fingerprint:
                yield Finding(seq, f"{label(model)} {row.pk} is not the row that was recorded")
    for (table, key), (seq, _) in sorted(walk.rows.items(), key=lambda item: item[1][0]):
        yield Finding(seq, f"{table} {key} is gone")


def _digest_of(row: models.Model) -> str:
    """Return the row's digest, or "" for one that our code could never have written."""
    try:
        return row_digest(row)
    except (ValueError, TypeError):
        return ""


def _recorded_models() -> list[Any]:
    return [
        model
        for model in apps.get_models()
        if getattr(model, "insert_only", False) and model is not Entry
    ]


def _texts(walk: _Walk) -> Iterator[Finding]:
    """Hold every text to its commitment, its erasure to an entry, and every reference to a text."""
    for sealed in Sealed.objects.iterator(BATCH):
        erased_at = moment(sealed.erased_at) if sealed.erased_at else None
        if walk.erased.get(sealed.pk) != erased_at:
            yield Finding(0, f"the sealed text {sealed.pk[:12]} and its entry of erasure disagree")
        elif not (_is_gone(sealed) if sealed.erased_at else _is_committed(sealed)):
            yield Finding(0, f"the sealed text {sealed.pk[:12]} is not the one committed to")
    for model in [Entry, *_recorded_models()]:
        for column in model._meta.concrete_fields:
            if column.related_model is Sealed:
                yield from _dangling(model, column.attname)


def _is_gone(sealed: Sealed) -> bool:
    return sealed.text is None and sealed.key is None


def _is_committed(sealed: Sealed) -> bool:
    if sealed.text is None or sealed.key is None:
        return False
    return commitment(key=bytes(sealed.key), text=sealed.text) == sealed.pk


def _dangling(model: Any, column: str) -> Iterator[Finding]:  # noqa: ANN401  # any model
    """Find rows whose sealed text was deleted, which an erasure never does."""
    there = Exists(Sealed.objects.filter(pk=OuterRef(column)))
    for row in model.objects.exclude(**{column: None}).exclude(there).order_by("pk"):
        seq = row.pk if model is Entry else 0
        yield Finding(seq, f"the sealed text of {label(model)} {row.pk} is gone")
