"""What was signed before, here and elsewhere, holds the journal to what it was then."""

import base64
from pathlib import Path

import pytest

from journal import keys
from journal.checkpoints import checkpoint_over, newest
from journal.models import Checkpoint, Entry, Installation, KeyChange, ServerKey
from journal.notes import Note, origin_of, signed
from journal.operations import KeyChangeRefusedError, change_key
from journal.verification import Finding, verify
from journal.witnesses import (
    NoNotesError,
    check_checkpoints,
    check_outside,
    read_notes,
)
from tests.journal import shadows
from tests.journal.conftest import found_here
from tests.journal.forgeries import sql
from tests.journal.test_checkpoints import happen, last_entry
from tests.journal.test_verification import say

NEW_SEED = base64.b64encode(b"\x11" * 32).decode()


@pytest.fixture(autouse=True)
def _no_key_remembered():
    yield
    keys.in_use.cache_clear()


@pytest.fixture
def world(db, noon):
    """A journal with two checkpoints, on tables that refuse nothing."""
    with shadows.put_up(*shadows.JOURNAL, ServerKey, Checkpoint, KeyChange):
        found_here(noon)
        for _ in range(2):
            happen(noon, times=3)
            checkpoint_over(seq=last_entry().seq, is_mailed=False, at=noon)
        yield


@pytest.fixture
def outside(world, tmp_path):
    """Return a folder to which both checkpoints were taken in time."""
    for one in Checkpoint.objects.all():
        (tmp_path / f"{one.size}.txt").write_text(one.note)
    (tmp_path / "deeper").mkdir()
    return tmp_path


def everything(folder=None):
    given = [*check_outside(read_notes(folder))] if folder else []
    return [*verify(), *check_checkpoints(), *given]


def rotate(settings, at):
    """Put the new seed in force."""
    old = keys.in_use()
    settings.SERVER_SIGNING_KEY = NEW_SEED
    keys.in_use.cache_clear()
    return change_key(old=old, actor="test", at=at)


def test_an_intact_journal_continues_all_that_was_signed(outside):
    assert everything(outside) == []
    assert everything(outside / "5.txt") == []


def test_a_full_re_chain_is_not_found_from_within_once_its_checkpoints_are_gone(outside):
    """The honest limit: whoever owns the database and drops its checkpoints is not found by it."""
    forge(outside)

    assert everything() == []


def test_a_full_re_chain_is_found_by_a_checkpoint_that_was_kept_outside(outside):
    forge(outside)

    found = everything(outside)

    assert [(one.seq, one.what) for one in found][:1] == [
        (5, "the first 5 entries are not those of the note in 5.txt")
    ]
    assert found[0].recorded != found[0].found


def forge(outside):
    """Re-chain everything and take back every checkpoint with its entries, as an owner could."""
    first, second = Checkpoint.objects.order_by("size")
    sql("DELETE FROM journal_checkpoint")
    say(1, data={"forged": "history", "demonstration": False})
    for entry in Entry.objects.filter(subject_type="journal.checkpoint").order_by("seq"):
        say(entry.seq, rows=[])
    assert (first.size, second.size) == (5, 9)


def test_a_full_re_chain_is_found_by_the_checkpoints_that_stand_inside(world):
    say(1, data={"forged": "history", "demonstration": False})

    assert [one.what for one in check_checkpoints()] == [
        "the first 5 entries are not those of checkpoint 5",
        "the first 9 entries are not those of checkpoint 9",
    ]


def test_an_older_backup_is_found_by_a_checkpoint_that_was_kept_outside(outside):
    sql("DELETE FROM journal_checkpoint WHERE size = 9")
    sql("DELETE FROM journal_entry WHERE seq > 8")
    sql("UPDATE journal_head SET seq = 8, hash = (SELECT hash FROM journal_entry WHERE seq = 8)")

    assert everything() == []
    assert everything(outside) == [
        Finding(8, "the note in 9.txt covers 9 entries, but there are only 8")
    ]


def test_a_note_that_no_key_of_the_record_signed_is_named(outside):
    note = Note(origin_of(org()), 5, bytes(newest().root))
    (outside / "forged.txt").write_text(signed(note, public=b"\x07" * 32, signature=bytes(64)))

    assert [one.what for one in check_outside(read_notes(outside))] == [
        "the note over 5 entries in forged.txt has no key of this record",
        "the first 5 entries are not those of the note in forged.txt",
    ]


def org():
    return Installation.objects.get().org


def test_notes_about_another_journal_say_nothing(world, tmp_path):
    note = Note("counterpart/journal/another", 5, bytes(32))
    (tmp_path / "other.txt").write_text(signed(note, public=b"\x07" * 32, signature=bytes(64)))

    with pytest.raises(NoNotesError):
        [*check_outside(read_notes(tmp_path))]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("note = replace(note, '5', '6')", "says other than its note"),
        ("note = note || note", "says other than its note"),
        ("root = decode(repeat('07', 32), 'hex')", "says other than its note"),
        ("key_id = (SELECT max(id) FROM journal_serverkey)", "was not signed by this installation"),
    ],
)
def test_a_checkpoint_says_what_its_note_says_and_its_key_signed_that(
    world, noon, settings, change, what
):
    rotate(settings, noon)
    sql(f"UPDATE journal_checkpoint SET {change} WHERE size = 5")

    assert f"checkpoint 5 {what}" in [one.what for one in check_checkpoints()]


def test_a_new_key_signs_on_and_what_the_old_one_signed_still_verifies(outside, noon, settings):
    change = rotate(settings, noon)
    happen(noon)
    made = checkpoint_over(seq=last_entry().seq, is_mailed=False, at=noon)

    assert (made.key, change.new) == (change.new, ServerKey.objects.latest("pk"))
    assert everything(outside) == []


def test_only_the_key_in_force_hands_over_and_only_to_a_new_one(founded, noon, settings):
    old = keys.in_use()
    with pytest.raises(KeyChangeRefusedError, match="signed here before"):
        change_key(old=old, actor="test", at=noon)
    rotate(settings, noon)
    with pytest.raises(KeyChangeRefusedError, match="not the key in force"):
        change_key(old=old, actor="test", at=noon)

    assert KeyChange.objects.count() == 1


def test_a_replaced_key_signs_no_checkpoint_any_more(world, noon, settings):
    seed = settings.SERVER_SIGNING_KEY
    change = rotate(settings, noon)
    happen(noon)
    made = checkpoint_over(seq=last_entry().seq, is_mailed=False, at=noon)
    old = keys.signer(seed)
    assert old.key_id == change.old.key_id
    note = Note(origin_of(org()), made.size, bytes(made.root))
    whole = signed(note, public=old.public, signature=old.sign(note.text.encode()))
    sql(
        "UPDATE journal_checkpoint SET note = %s, key_id = %s WHERE size = %s",
        [whole, change.old_id, made.size],
    )

    assert [one.what for one in check_checkpoints()] == [
        f"checkpoint {made.size} was signed with a key that was replaced"
    ]


@pytest.mark.parametrize(
    ("forgery", "what"),
    [
        ("SET old_signature = set_byte(old_signature, 3, 0)", "was not signed by {old}"),
        ("SET new_signature = old_signature", "was not signed by {new}"),
        ("SET new_id = old_id, old_id = new_id", "is about other keys"),
    ],
)
def test_a_change_of_keys_is_signed_by_both_about_both(world, noon, settings, forgery, what):
    change = rotate(settings, noon)
    names = {"old": change.old.key_id, "new": change.new.key_id}
    sql(f"UPDATE journal_keychange {forgery}")

    found = [one.what for one in check_checkpoints()]

    assert any(one.endswith(what.format(**names)) for one in found)


def test_a_key_that_follows_no_other_is_named(world, noon, settings):
    rotate(settings, noon)
    sql("DELETE FROM journal_keychange")

    [found] = check_checkpoints()

    assert found.what == f"the key {ServerKey.objects.latest('pk').key_id} follows no other"


def test_a_folder_that_is_not_there_cannot_be_read():
    with pytest.raises(OSError, match="nowhere"):
        [*read_notes(Path("/nowhere/at/all"))]
