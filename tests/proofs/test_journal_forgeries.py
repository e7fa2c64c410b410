"""Whatever somebody with every right does to a journal is found: 10,000 times by `./dev prove`.

Each trial forges one thing on tables that refuse nothing, asks everything that verifies, and
takes the forgery back. The notes of the checkpoints are kept outside, where it does not reach.
"""

import json
import time
from collections import Counter
from itertools import chain
from random import Random

import pytest
from django.db import transaction

from journal.acts import act, record
from journal.chain import leaf
from journal.checkpoints import checkpoint_over
from journal.kinds import Kind
from journal.models import Checkpoint, Entry, Head, Installation, KeyChange, Sealed, ServerKey
from journal.notes import notes_in
from journal.operations import erase_text
from journal.verification import verify
from journal.witnesses import check_checkpoints, check_outside
from kernel.canonical import canonical
from playbook.models import PlaybookEdition
from tests.journal import forgeries, shadows
from tests.journal.conftest import found_here, only_the_journal
from tests.journal.forgeries import sql
from tests.proofs.reporting import is_long, report, trials

__all__ = ["only_the_journal"]  # a fixture for every test here

KEPT = [PlaybookEdition, Checkpoint, KeyChange]
TABLES = [Entry, Sealed, Head, ServerKey, *KEPT]
SHORT, LONG = 40, 300
WANTED = 10_000
SEED = 20261122
TEXTS = {}  # what was erased, as an older backup has it


@act
def keep(number, at):
    """Record a row with a private text; every third time without either."""
    edition = Installation.objects.get()
    if number % 3:
        edition = PlaybookEdition(
            number=number, digest=f"{number:064x}", bytes=b"{}", adopted_at=at
        )
        edition.save()
    private = {"text": f"text {number}"} if number % 3 else {}
    record(Kind.RECORD_EXPORTED, actor="test", subject=edition, at=at, private=private)


@pytest.fixture(autouse=True)
def only_these_tables(monkeypatch):
    """Leave out the tables that are empty here, which are half the work of a check."""
    recorded = [one for one in shadows.recorded_models() if one in TABLES]
    for place in ("recorded", "verification"):
        monkeypatch.setattr(f"journal.{place}.recorded_models", lambda: recorded)


@pytest.fixture
def world(db, noon):
    """A journal with rows, texts, an erasure and checkpoints; the notes that were kept of them."""
    size = LONG if is_long() else SHORT
    with shadows.put_up(*TABLES):
        found_here(noon)
        for number in range(1, size):
            keep(number, noon)
            if number == size // 2:
                gone = Entry.objects.exclude(private=None).latest("seq").private
                TEXTS[gone.pk] = (gone.text, bytes(gone.key))
                erase_text(sealed=gone, actor="test", reason="asked for", at=noon)
            if number % (size // 4) == size // 4 - 1:
                checkpoint_over(seq=number, is_mailed=False, at=noon)
        yield [("outside", note) for row in Checkpoint.objects.all() for note in notes_in(row.note)]


def first_break(notes=()):
    given = check_outside(notes) if notes else ()
    return next(chain(verify(), check_checkpoints(), given), None)


def re_chain(random, covered):
    """Write one entry anew and everything behind it, and take the checkpoints back."""
    seq = random.randrange(1, covered + 1)
    sql("DELETE FROM journal_checkpoint")
    prev, rows = bytes(32), []
    for at, body in Entry.objects.order_by("seq").values_list("seq", "body"):
        said = json.loads(bytes(body))
        if at == seq:
            said["data"] = {**said["data"], "forged": True}
        said["rows"] = [row for row in said["rows"] if row[0] != "journal.checkpoint"]
        anew = canonical(said)
        after = leaf(prev=prev, seq=at, body=anew)
        rows.append((at, prev, anew, after))
        prev = after
    sql(
        "UPDATE journal_entry e SET prev = v.prev, body = v.body, hash = v.hash"
        " FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[], %s::bytea[])"
        " AS v(seq, prev, body, hash) WHERE e.seq = v.seq",
        [*map(list, zip(*rows, strict=True))],
    )
    sql("UPDATE journal_head SET hash = %s", [prev])


def old_backup(random, covered):
    """Set everything back to an earlier moment, rows and checkpoints as well."""
    seq = random.randrange(3, covered)
    rows = [
        (table, key)
        for entry in Entry.objects.filter(seq__gt=seq)
        for table, key, _ in json.loads(bytes(entry.body))["rows"]
    ]
    for table, key in rows:
        sql(f"DELETE FROM {table.replace('.', '_')} WHERE id = %s", [key])
    erased = Entry.objects.filter(kind=Kind.TEXT_ERASED, seq__gt=seq)
    for commitment in erased.values_list("subject_id", flat=True):
        put_back(commitment)
    sql("DELETE FROM journal_entry WHERE seq > %s", [seq])
    sql(
        "UPDATE journal_head SET seq = e.seq, hash = e.hash FROM journal_entry e WHERE e.seq = %s",
        [seq],
    )


def put_back(commitment):
    """Bring a text back that was erased later, as that backup holds it."""
    text, key = TEXTS[commitment]
    sql(
        "UPDATE journal_sealed SET text = %s, key = %s, erased_at = NULL WHERE commitment = %s",
        [text, key, commitment],
    )


def forge(random, covered):
    """Do one of all the things that could be done; return its name, or "" if it changed nothing."""
    name = random.choice([*ON_ROWS, *ON_THE_CHAIN, *ON_EVERYTHING])
    if name in ON_EVERYTHING:
        ON_EVERYTHING[name](random, covered)
        return name
    model, column = random.choice(forgeries.columns(*TABLES))
    if name == "flip":
        model, column = random.choice(FLIPPED)
    elif not model.objects.exists():
        return ""
    forgery = ON_ROWS.get(name) or ON_THE_CHAIN[name]
    return name if forgery(random, model, column) else ""


ON_ROWS = {
    "flip": forgeries.change,
    "swap": forgeries.swap,
    "delete": forgeries.delete,
    "insert": forgeries.insert,
    "truncate": forgeries.empty,
}
ON_THE_CHAIN = {
    "cut the tail": forgeries.cut_tail,
    "set the chain back": forgeries.go_back,
    "renumber": forgeries.renumber,
}
ON_EVERYTHING = {"re-chain": re_chain, "old backup": old_backup}
FLIPPED = forgeries.columns(Entry, Sealed, Head, ServerKey, PlaybookEdition, Checkpoint)


def test_no_forgery_of_a_journal_goes_unseen_beside_notes_kept_outside(world):
    random, begun = Random(SEED), time.monotonic()
    covered = max(note.size for _, note in world)
    done, unseen, alarms, entries = Counter(), [], 0, Entry.objects.count()

    for trial in trials(short=40, long=2 * WANTED):  # some would change nothing
        if done.total() == WANTED:
            break
        with transaction.atomic():
            name = forge(random, covered)
            if name:
                done[name] += 1
                if first_break(world) is None:
                    unseen.append((trial, name))
            transaction.set_rollback(True)
        if trial % 50 == 0:
            shadows.write_anew(*TABLES)
            alarms += first_break(world) is not None

    report(
        f"Forgeries of a journal of {entries} entries",
        [
            *((name, f"{count:,}", "all found") for name, count in sorted(done.items())),
            ("all together", f"{done.total():,}", f"{WANTED:,}"),
            ("not found", len(unseen), "0"),
            ("false alarms", alarms, "0"),
            ("seconds", round(time.monotonic() - begun), ""),
        ],
    )
    assert (unseen, alarms) == ([], 0)
    assert done.total() > 25


def test_without_notes_from_outside_a_whole_re_chain_and_an_old_backup_are_not_found(world):
    """The honest limit, and the proof that the forgeries above are as good as forgeries get."""
    covered = max(note.size for _, note in world)
    for forgery in ON_EVERYTHING.values():
        with transaction.atomic():
            forgery(Random(SEED), covered)
            assert first_break() is None, forgery.__name__
            assert first_break(world) is not None, forgery.__name__
            transaction.set_rollback(True)
