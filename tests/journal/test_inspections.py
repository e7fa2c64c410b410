"""The record is checked each week, and the journal says so."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection

from journal.checkpoints import checkpoint_due
from journal.inspections import INSPECTION_LOCK, inspection_due
from journal.kinds import Kind
from journal.models import Entry
from journal.notes import Note, origin_of, signed
from journal.queries import Happened
from tests.journal.conftest import found_here

WEEK = timedelta(days=7)


def test_each_week_an_entry_says_that_the_record_is_whole(founded, noon):
    assert inspection_due(at=noon + WEEK / 2) is None
    assert inspection_due(at=noon + WEEK) == 0
    assert inspection_due(at=noon + WEEK) is None
    assert inspection_due(at=noon + 2 * WEEK) == 0

    first = Entry.objects.filter(kind=Kind.RECORD_VERIFIED).earliest("seq")
    assert Happened(first).data == {"entries": 2, "findings": 0}


def test_it_holds_the_journal_to_what_is_kept_outside(founded, noon, settings, tmp_path):
    settings.CHECKPOINT_PLACES = [f"file:{tmp_path}/kept.txt"]
    (tmp_path / "kept.txt").write_text(checkpoint_due(at=noon).note)
    assert inspection_due(at=noon + WEEK) == 0

    forged = Note(origin_of(founded.org), 1, bytes(32))
    (tmp_path / "kept.txt").write_text(signed(forged, public=b"\x07" * 32, signature=b""))
    assert inspection_due(at=noon + 2 * WEEK) == 2

    entry = Entry.objects.filter(kind=Kind.RECORD_VERIFIED).latest("seq")
    assert json.loads(entry.private.text)["found"][1].startswith("1: the first 1 entries are not")


def test_nothing_is_due_before_the_founding(db, noon):
    assert inspection_due(at=noon) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_checks(noon):
    found_here(noon)
    held, done = threading.Event(), threading.Event()

    def other():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [INSPECTION_LOCK])
            held.set()
            done.wait(60)
        connection.close()

    worker = threading.Thread(target=other)
    worker.start()
    held.wait(60)
    try:
        assert inspection_due(at=noon + WEEK) is None
    finally:
        done.set()
        worker.join()

    assert inspection_due(at=noon + WEEK) == 0
