"""Checkpoints leave for places outside, each only where it continues what the place holds."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from journal.checkpoints import checkpoint_over
from journal.kinds import Kind
from journal.models import Entry
from journal.notes import Note, notes_in, origin_of, signed
from journal.publishing import newest_of, places, publish
from tests.conftest import as_owner, triggers_off
from tests.journal.conftest import found_here
from tests.journal.forgeries import sql
from tests.journal.test_checkpoints import HOUR, happen, last_entry


def made(at):
    """Let something happen and make a checkpoint over it."""
    happen(at)
    return checkpoint_over(seq=last_entry().seq, is_mailed=False, at=at)


def held(place):
    return [note.size for text in place.texts() for note in notes_in(text)]


def refusals():
    return [bytes(e.body) for e in Entry.objects.filter(kind=Kind.CHECKPOINT_REFUSED)]


@pytest.fixture
def outside(settings, tmp_path):
    (tmp_path / "notes").mkdir()
    settings.CHECKPOINT_PLACES = [f"file:{tmp_path}/all.txt", f"folder:{tmp_path}/notes"]
    return places()


def test_every_place_gets_every_checkpoint_once(founded, outside, noon):
    first, second = made(noon), made(noon)

    for one in (first, second, second):
        publish(one, at=noon)

    file, folder = outside
    assert held(file) == [first.size, second.size]
    assert held(folder) == [second.size]
    assert newest_of(file) == newest_of(folder)
    assert refusals() == []


def test_one_that_comes_late_is_passed_over(founded, outside, noon):
    first, second = made(noon), made(noon)

    publish(second, at=noon)
    publish(first, at=noon)

    assert [newest_of(place).size for place in outside] == [second.size, second.size]
    assert refusals() == []


def test_a_place_that_is_not_there_leaves_the_debt_and_serves_the_others(
    founded, settings, tmp_path, noon
):
    settings.CHECKPOINT_PLACES = [f"file:{tmp_path}/gone/all.txt", f"file:{tmp_path}/all.txt"]
    one = made(noon)

    with pytest.raises(OSError, match="gone"):
        publish(one, at=noon)

    assert held(places()[1]) == [one.size]


def test_a_torn_end_and_the_notes_of_others_are_passed_over(founded, outside, tmp_path, noon):
    first, second = made(noon), made(noon)
    publish(first, at=noon)
    other = signed(Note("counterpart/journal/another", 999, bytes(32)), public=b"", signature=b"")
    with (tmp_path / "all.txt").open("a") as file:
        file.write(f"\n{other}\n{second.note[:50]}")

    publish(second, at=noon)

    assert newest_of(outside[0]).size == second.size
    assert refusals() == []


@pytest.mark.parametrize("size", [1, 999])
def test_a_place_that_holds_another_history_gets_nothing_and_it_is_said(
    founded, outside, tmp_path, noon, size
):
    note = Note(origin_of(founded.org), size, bytes(32))
    (tmp_path / "all.txt").write_text(signed(note, public=b"\x07" * 32, signature=bytes(64)))
    one = made(noon)

    publish(one, at=noon)

    assert held(outside[0]) == [size]
    assert held(outside[1]) == [one.size]
    [said] = refusals()
    assert b'"place":"file:' in said


@pytest.mark.django_db(transaction=True)
def test_after_an_older_backup_nothing_is_published_over_what_was(noon, outside):
    found_here(noon)
    publish(made(noon), at=noon)
    with as_owner(), triggers_off():
        sql("DELETE FROM journal_checkpoint")
        sql(
            "UPDATE journal_head SET seq = 2, hash = (SELECT hash FROM journal_entry WHERE seq = 2)"
        )
        sql("DELETE FROM journal_entry WHERE seq > 2")
    happen(noon + HOUR, times=9)

    publish(made(noon), at=noon)

    assert [held(place) for place in outside] == [[3], [3]]
    assert len(refusals()) == 2


@pytest.mark.parametrize("word", ["ftp:/somewhere", "file:", "checkpoints.txt"])
def test_a_kind_of_place_that_there_is_not_is_named(settings, word):
    settings.CHECKPOINT_PLACES = [word]

    with pytest.raises(ImproperlyConfigured, match="CHECKPOINT_PLACES"):
        places()
