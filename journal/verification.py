"""Is the record intact? Every check that needs nothing but the database and the public key.

Everything is read as a stream, in order, as it stood at one moment (`at_one_moment`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from journal import guards
from journal.chain import GENESIS, commitment, is_spelled, leaf, said_in
from journal.kinds import Kind
from journal.models import Entry, Head, Installation, Sealed
from journal.recorded import GONE, TWICE, Recorded, UnreadableRowError, recorded_models
from journal.rows import as_hex, label
from kernel.canonical import moment

BATCH = 2_000
BYTES = 3  # so many columns of an entry are bytes

# What the check itself reads in an entry, besides its rows.
NOTED = frozenset({Kind.TEXT_ERASED, Kind.INSTALLATION_FOUNDED})


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was recorded. `seq` is 0 where no entry is concerned.

    `recorded` is what should stand there, `found` what stands there, where both can be said.
    """

    seq: int
    what: str
    recorded: str = field(default="", compare=False)
    found: str = field(default="", compare=False)


class NothingRecordedError(LookupError):
    """There is no journal to check."""


class _Read(NamedTuple):
    """One entry as it is stored."""

    prev: bytes
    hash: bytes
    body: bytes
    seq: int
    kind: str
    at: datetime
    actor_key: UUID | None
    subject_type: str
    subject_id: str
    thread: str
    private_id: str | None


@dataclass
class _Walk:
    """What the entries say on the way along the chain."""

    org: str
    since: int
    rows: Recorded
    erased: dict[str, str] = field(default_factory=dict)
    is_demo: object = None


Checker = Callable[[], Iterator[Finding]]
_further: list[Checker] = []


def further_check(checker: Checker) -> Checker:
    """Let an app above the journal add its own check, such as re-judging decisions."""
    if checker not in _further:
        _further.append(checker)
    return checker


@contextmanager
def at_one_moment() -> Iterator[None]:
    """See the record as it stands now until the block ends, whatever is written meanwhile."""
    if connection.in_atomic_block:  # which a test is; what was read already stands
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def verify(*, since: int = 1) -> Iterator[Finding]:
    """Yield every break of the record, the chain's first; nothing yielded means intact.

    It ends where the database holds what no writer of ours could have stored. From entry `since`
    on: what came before is taken as checked, and so are rows that no entry names and texts.

    :raises NothingRecordedError: when nothing was ever founded here.
    """
    try:
        yield from _breaks(since)
    except (ValueError, OverflowError, UnreadableRowError) as error:
        yield Finding(0, f"a stored value cannot be read: {error}")


def _breaks(since: int) -> Iterator[Finding]:
    """Check guards, the chain with its rows, rows left over, texts, and what others add."""
    installation = Installation.objects.first()
    if installation is None and not Entry.objects.exists():
        raise NothingRecordedError("nothing has been founded here")
    for problem in guards.problems():
        yield Finding(0, problem)
    org = str(installation.org) if installation else ""
    walk = _Walk(org=org, since=since, rows=Recorded(whole=since <= 1))
    yield from _chain(walk)
    if since <= 1:
        if walk.is_demo is not (installation and installation.is_demo):
            yield Finding(1, "the installation is not the one that was founded")
        for table, key in walk.rows.left():
            yield Finding(0, f"{table} {key} is named by no entry")
        yield from _texts(walk)
    for checker in _further:
        yield from checker()


def _chain(walk: _Walk) -> Iterator[Finding]:
    """Walk the entries in order, and note what they say."""
    seq = max(walk.since, 1) - 1
    before = Entry.objects.filter(seq=seq).first()
    prev = bytes(before.hash) if before else GENESIS
    for entry in _entries(seq):
        seq += 1
        if entry.seq != seq:
            yield Finding(seq, f"entry {seq} is missing; entry {entry.seq} stands in its place")
            seq = entry.seq
        if entry.prev != prev:
            what = "it does not hold the hash of the entry before it"
            yield Finding(seq, what, prev.hex(), entry.prev.hex())
        prev = entry.hash
        computed = leaf(prev=entry.prev, seq=seq, body=entry.body)
        if computed != prev:
            yield Finding(seq, "its bytes do not give its hash", prev.hex(), computed.hex())
            continue
        yield from _entry(entry, walk)
    head = Head.objects.first()
    if head is None or (head.seq, bytes(head.hash)) != (seq, prev):
        what = f"the chain ends at entry {seq}, the head says otherwise"
        yield Finding(seq, what, f"{head.seq} {bytes(head.hash).hex()}" if head else "", prev.hex())


def _entries(after: int) -> Iterator[_Read]:
    """Yield the entries behind one; their bytes come as text, which costs half the time."""
    columns = [as_hex(name) for name in _Read._fields[:BYTES]]
    rows = Entry.objects.filter(seq__gt=after).order_by("seq")
    for row in rows.values_list(*columns, *_Read._fields[BYTES:]).iterator(BATCH):
        yield _Read._make((*map(bytes.fromhex, row[:BYTES]), *row[BYTES:]))


def _entry(entry: _Read, walk: _Walk) -> Iterator[Finding]:
    """Read one entry whose hash holds; its columns repeat its bytes, and must agree with them."""
    try:
        said = said_in(entry.body)
        told = _columns(entry, said, walk.org)
        if not is_spelled({**said, **told}, entry.body):
            yield from _differences(entry, said, told)
        if said["rows"] or entry.kind in NOTED:
            yield from _note(said, entry, walk)
    except (ValueError, TypeError, KeyError, AttributeError):
        yield Finding(entry.seq, "its bytes are not those of an entry")


def _columns(entry: _Read, said: dict[str, Any], org: str) -> dict[str, object]:
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


def _differences(entry: _Read, said: dict[str, Any], told: dict[str, object]) -> Iterator[Finding]:
    """Say in what an entry is not what its columns tell, spelled as it must be."""
    if not is_spelled(said, entry.body):
        yield Finding(entry.seq, "its bytes are not canonical")
    for name, value in told.items():
        if said[name] != value:
            what = f"its column {name} says other than its bytes"
            yield Finding(entry.seq, what, str(said[name]), str(value))


def _note(said: dict[str, Any], entry: _Read, walk: _Walk) -> Iterator[Finding]:
    """Hold every row that the entry names to what it was then, and each to one entry."""
    for table, key, fingerprint in said["rows"]:
        taken = walk.rows.taken(table, key)
        if taken == GONE:
            yield Finding(entry.seq, f"{table} {key} is gone", fingerprint)
        elif taken == TWICE:
            yield Finding(entry.seq, f"{table} {key} is named a second time")
        elif taken != fingerprint:
            what = f"{table} {key} is not the row that was recorded"
            yield Finding(entry.seq, what, fingerprint, taken)
    if entry.kind == Kind.TEXT_ERASED:
        walk.erased[entry.subject_id] = said["at"]
    if entry.kind == Kind.INSTALLATION_FOUNDED:
        walk.is_demo = said["data"]["demonstration"]


def _texts(walk: _Walk) -> Iterator[Finding]:
    """Hold every text to its commitment, its erasure to an entry, and every reference to a text."""
    for sealed in Sealed.objects.iterator(BATCH):
        erased_at = moment(sealed.erased_at) if sealed.erased_at else None
        if walk.erased.get(sealed.pk) != erased_at:
            yield Finding(0, f"the sealed text {sealed.pk[:12]} and its entry of erasure disagree")
        elif not (_is_gone(sealed) if sealed.erased_at else _is_committed(sealed)):
            yield Finding(0, f"the sealed text {sealed.pk[:12]} is not the one committed to")
    for model in [Entry, *recorded_models()]:
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
