"""A long journal is checked as a stream: 1,000,000 entries within a minute, by `./dev prove`."""

import io
import time
from itertools import chain
from pathlib import Path

from django.db import connection

from journal.chain import commitment, leaf
from journal.checkpoints import checkpoint_due
from journal.models import Checkpoint, Entry, Head, KeyChange, Sealed, ServerKey
from journal.notes import notes_in
from journal.rows import row_digest
from journal.verification import verify
from journal.witnesses import check_checkpoints, check_outside
from kernel.canonical import canonical, moment
from playbook.models import PlaybookEdition
from tests.journal import shadows
from tests.journal.conftest import found_here, only_the_journal
from tests.proofs.reporting import is_long, report

__all__ = ["only_the_journal"]  # a fixture for every test here

SHORT, LONG = 3_000, 1_000_000
TABLES = [Entry, Sealed, Head, ServerKey, Checkpoint, KeyChange, PlaybookEdition]
MOST_SECONDS, MOST_GROWTH = 60, 64  # MiB
PIECE = 20_000
STATUS, MARKS = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Writer:
    """Rows of one table on their way into it, a piece at a time."""

    def __init__(self, table, *columns):
        self.table, self.columns, self.lines = table, columns, []

    def add(self, *values):
        self.lines.append("\t".join(map(spelled, values)))

    def flush(self):
        with connection.cursor() as cursor:
            named = ", ".join(f'"{column}"' for column in self.columns)
            text = io.StringIO("".join(f"{line}\n" for line in self.lines))
            cursor.copy_expert(f"COPY {self.table} ({named}) FROM STDIN", text)
        self.lines.clear()


def spelled(value):
    match value:
        case None:
            return "\\N"
        case bytes():
            return f"\\\\x{value.hex()}"
    return str(value)


ENTRY = ("seq", "prev", "hash", "body", "kind", "at", "actor_key", "subject_type", "subject_id")
BESIDE = ("thread", "private_id")
KEY = b"\x07" * 32


def fill(org, head, count, at):
    """Append `count` entries: each fifth names a row, each tenth has a sealed text."""
    entries = Writer("journal_entry", *ENTRY, *BESIDE)
    rows = Writer("playbook_playbookedition", "id", "number", "digest", "bytes", "adopted_at")
    texts = Writer("journal_sealed", "commitment", "key", "text")
    seq, prev = head.seq, bytes(head.hash)
    for number in range(1, count + 1):
        seq += 1
        named = [a_row(rows, number, at)] if number % 5 == 0 else []
        private = a_text(texts, number) if number % 10 == 0 else None
        body = said(org, seq, number, at, named, private)
        after = leaf(prev=prev, seq=seq, body=body)
        thing = ("record.exported", at, None, "test.thing", number, "", private)
        entries.add(seq, prev, after, body, *thing)
        prev = after
        if number % PIECE == 0 or number == count:
            for writer in (entries, rows, texts):
                writer.flush()
    head.seq, head.hash = seq, prev
    head.save()


def a_row(rows, number, at):
    row = PlaybookEdition(
        pk=number, number=number, digest=f"{number:064x}", bytes=b"{}", adopted_at=at
    )
    rows.add(number, number, row.digest, b"{}", at)
    return ["playbook.playbookedition", str(number), row_digest(row)]


def a_text(texts, number):
    text = f"text {number}"
    texts.add(commitment(key=KEY, text=text), KEY, text)
    return commitment(key=KEY, text=text)


def said(org, seq, number, at, named, private):
    return canonical(
        {
            "v": 1,
            "org": org,
            "seq": seq,
            "at": moment(at),
            "kind": "record.exported",
            "actor": {"system": "test"},
            "object": {"type": "test.thing", "id": str(number)},
            "thread": "",
            "data": {"number": number, "of": "a journal that grew for years"},
            "rows": named,
            "private": private,
        }
    )


def most_memory():
    """Return the most memory that this process held since the marks were wiped, in MiB.

    Only Linux says it; elsewhere nothing is measured.
    """
    if not STATUS.exists():
        return 0
    words = STATUS.read_text().partition("VmHWM:")[2].split()
    return int(words[0]) / 1024


def index():
    """Put up the indexes that the real tables have."""
    with connection.cursor() as cursor:
        for table in ("entry (seq)", "sealed (commitment)"):
            cursor.execute(f"CREATE UNIQUE INDEX ON journal_{table}")
        cursor.execute("CREATE UNIQUE INDEX ON playbook_playbookedition (id)")
        cursor.execute("ANALYZE")


def test_a_long_journal_is_checked_in_time_and_in_little_memory(db, noon):
    with shadows.put_up(*TABLES):
        ours = found_here(noon)
        fill(str(ours.org), Head.objects.get(), LONG if is_long() else SHORT, noon)
        index()
        made = checkpoint_due(at=noon)
        notes = [("outside", note) for note in notes_in(made.note)]
        if MARKS.exists():
            MARKS.write_text("5")
        before, begun, cpu = most_memory(), time.monotonic(), time.process_time()

        found = [*chain(verify(), check_checkpoints(), check_outside(notes))]

        seconds, growth = time.monotonic() - begun, most_memory() - before
        ours = f"{time.process_time() - cpu:.0f}"
    report(
        f"A journal of {made.size:,} entries, checked whole",
        [
            ("seconds", f"{seconds:.0f}", f"at most {MOST_SECONDS}"),
            ("of them, seconds of CPU in this process", ours, ""),
            ("memory grew by, MiB", f"{growth:.0f}", f"at most {MOST_GROWTH}"),
            ("findings", len(found), "0"),
        ],
    )
    assert found == []
    assert growth < MOST_GROWTH
