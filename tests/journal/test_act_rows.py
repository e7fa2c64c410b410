"""What an act stores beside its entry: rows, sealed texts, and nothing once it fails."""

import pytest

from journal.acts import ActError, act, record, seal
from journal.kinds import Kind
from journal.models import Entry, Sealed, ServerKey, UnrecordedRowError
from journal.rows import row_digest
from journal.verification import verify
from tests.journal.test_acts import a_key, last, note, said


def test_private_text_lies_beside_the_entry_and_is_cleaned(founded, noon):
    note(at=noon, private={"reason": "e\u0301 \x07", "list": ["a\r\nb"], "n": 1})

    entry = last()
    assert entry.private.text == '{"list":["a\\nb"],"n":1,"reason":"é "}'
    assert b"reason" not in bytes(entry.body)


def test_a_row_that_is_not_stored_cannot_be_recorded(founded, noon):
    @act
    def early():
        record(Kind.SERVER_KEY_ADDED, actor="test", subject=ServerKey(), at=noon)

    with pytest.raises(ActError, match="store the ServerKey"):
        early()


def test_every_row_is_named_by_the_next_record_with_its_digest(founded, noon):
    @act
    def two_rows():
        first = a_key("first", noon)
        note(at=noon)
        second = a_key("second", noon)
        record(Kind.SERVER_KEY_ADDED, actor="test", subject=second, at=noon)
        return first, second, a_key("third", noon)

    first, second, third = two_rows()

    rows = [said(entry)["rows"] for entry in Entry.objects.order_by("seq")[2:]]
    named = [["journal.serverkey", str(key.pk), row_digest(key)] for key in (first, second, third)]
    assert rows == [[named[0]], [named[1], named[2]]]
    assert [*verify()] == []


def test_rows_made_together_are_named_too(founded, noon):
    @act
    def several():
        ServerKey.objects.bulk_create(
            ServerKey(key_id=f"k{n}", public=bytes(32), added_at=noon) for n in range(3)
        )
        record(Kind.SERVER_KEY_ADDED, actor="test", subject=founded, at=noon)

    several()

    assert len(said(last())["rows"]) == 3
    assert [*verify()] == []


def test_a_row_outside_an_act_is_never_stored(founded, noon):
    for attempt in (
        lambda: a_key("stray", noon),
        lambda: ServerKey.objects.bulk_create(
            [ServerKey(key_id="stray", public=bytes(32), added_at=noon)]
        ),
    ):
        with pytest.raises(UnrecordedRowError, match="inside an act"):
            attempt()

    assert not ServerKey.objects.filter(key_id="stray").exists()


def test_a_row_is_never_changed_nor_deleted(founded):
    key = ServerKey.objects.get()

    for attempt in (
        key.save,
        key.delete,
        ServerKey.objects.all().delete,
        lambda: ServerKey.objects.update(key_id="other"),
    ):
        with pytest.raises(UnrecordedRowError, match="never"):
            attempt()


def test_sealed_text_stands_under_its_commitment(founded, noon):
    @act
    def keep():
        sealed = [seal("  Ana\r\n"), seal("  Ana\r\n")]
        note(at=noon)
        return sealed

    one, other = keep()

    assert one.text == "  Ana\n"
    assert one.pk != other.pk
    assert Sealed.objects.filter(pk__in=[one.pk, other.pk]).count() == 2
    assert [*verify()] == []
