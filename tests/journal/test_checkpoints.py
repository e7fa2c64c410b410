"""A checkpoint says what the journal came to, and is made only where it goes on from the last."""

from datetime import timedelta

import pytest

from journal import checkpoints, keys
from journal.acts import act, record
from journal.checkpoints import (
    KeyNotInForceError,
    checkpoint_due,
    checkpoint_over,
    covering,
    inclusion,
    is_continued,
    leaves,
    newest,
    public_keys,
)
from journal.kinds import Kind
from journal.models import Checkpoint, Entry, Installation, ServerKey
from journal.notes import Note, notes_in, origin_of
from journal.tree import root, verify_inclusion
from tests.conftest import as_owner, triggers_off
from tests.journal.conftest import found_here
from tests.journal.forgeries import sql

HOUR = timedelta(hours=1)


@act
def happen(at, times=1):
    """Let something happen: that many entries."""
    ours = Installation.objects.get()
    for _ in range(times):
        record(Kind.RECORD_EXPORTED, actor="test", subject=ours, at=at)


def last_entry():
    return Entry.objects.latest("seq")


def test_the_first_checkpoint_covers_all_that_happened(founded, noon):
    made = checkpoint_due(at=noon)

    assert (made.size, bytes(made.root)) == (2, root(leaves(2)))
    assert last_entry().kind == Kind.CHECKPOINT_MADE
    assert (newest(), made.is_mailed) == (made, True)


def test_its_note_is_signed_by_the_key_of_the_installation(founded, noon):
    made = checkpoint_due(at=noon)

    (note,) = notes_in(made.note)

    public = public_keys()[keys.key_id()]
    assert (note.origin, note.size, note.root) == (
        origin_of(founded.org),
        made.size,
        bytes(made.root),
    )
    signature = note.signature_of(public)
    assert keys.is_signed(message=note.text.encode(), signature=signature, public=public)


def test_one_is_made_each_hour_with_news_and_its_own_entry_is_none(founded, noon):
    checkpoint_due(at=noon)
    assert checkpoint_due(at=noon + 2 * HOUR) is None

    happen(noon + 3 * HOUR)
    first = checkpoint_due(at=noon + 3 * HOUR)
    happen(noon + 3 * HOUR)

    assert (first.size, first.is_mailed) == (4, False)
    assert checkpoint_due(at=noon + 3.5 * HOUR) is None
    assert checkpoint_due(at=noon + 4 * HOUR).size == 6
    happen(noon + 25 * HOUR)
    assert checkpoint_due(at=noon + 25 * HOUR).is_mailed


def test_a_decision_has_one_at_once_unless_one_covers_it(founded, noon):
    first = checkpoint_due(at=noon)
    happen(noon)

    assert checkpoint_over(seq=first.size, is_mailed=True, at=noon) is None
    assert checkpoint_over(seq=last_entry().seq, is_mailed=True, at=noon).size == 4


def test_each_entry_is_proved_by_the_first_checkpoint_that_covers_it(founded, noon):
    happen(noon, times=5)
    first = checkpoint_due(at=noon)
    happen(noon, times=6)
    second = checkpoint_over(seq=last_entry().seq, is_mailed=False, at=noon)

    assert [covering(seq) for seq in (1, 7, 8, 14)] == [first, first, second, second]
    assert covering(second.size + 1) is None
    for entry in Entry.objects.filter(seq__lte=second.size):
        by = covering(entry.seq)
        assert verify_inclusion(
            leaf=bytes(entry.hash),
            index=entry.seq - 1,
            size=by.size,
            proof=inclusion(entry.seq, by),
            root=bytes(by.root),
        )


def test_what_was_said_before_is_continued_and_another_history_is_not(founded, noon):
    checkpoint_due(at=noon)
    happen(noon, times=3)
    made = checkpoint_over(seq=last_entry().seq, is_mailed=False, at=noon)
    before = Note(origin_of(founded.org), 3, root(leaves(3)))

    assert is_continued(before, by=made)
    assert not is_continued(Note(before.origin, 3, root(leaves(4))), by=made)
    assert not is_continued(Note(before.origin, made.size + 1, bytes(made.root)), by=made)


def test_a_key_that_is_not_of_the_record_signs_nothing(founded, noon, monkeypatch):
    monkeypatch.setattr(keys, "key_id", lambda: "another")

    with pytest.raises(KeyNotInForceError, match="SERVER_SIGNING_KEY"):
        checkpoint_due(at=noon)

    assert not Checkpoint.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE journal_entry SET hash = decode(repeat('07', 32), 'hex') WHERE seq = 1",
        "DELETE FROM journal_entry WHERE seq = 2",
        "UPDATE journal_head SET seq = 1; DELETE FROM journal_entry WHERE seq > 1",
    ],
)
def test_nothing_is_signed_that_does_not_continue_the_last_checkpoint(noon, forgery):
    found_here(noon)
    checkpoint_due(at=noon)
    happen(noon)
    last = newest()
    with as_owner(), triggers_off():
        sql(forgery)
        sql(
            "UPDATE journal_head SET hash = (SELECT hash FROM journal_entry ORDER BY seq DESC"
            " LIMIT 1), seq = (SELECT max(seq) FROM journal_entry)"
        )

    made = [checkpoint_over(seq=99, is_mailed=True, at=noon) for _ in range(2)]

    assert (made, newest()) == ([None, None], last)
    refused = Entry.objects.filter(kind=Kind.CHECKPOINT_REFUSED).order_by("seq")
    assert [b'"mailed":true' in bytes(one.body) for one in refused] == [True, False]
    assert b'"place":"record"' in bytes(refused[0].body)


def test_the_keys_of_the_record_are_known_by_their_names(founded):
    assert public_keys() == {keys.key_id(): keys.public_key()}
    assert ServerKey.objects.get() == checkpoints.key_in_force()
