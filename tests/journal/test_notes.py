"""A note says what it says in one way only, and is found wherever somebody kept it."""

import base64
import hashlib
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal import keys
from journal.notes import Note, key_mark, notes_in, origin_of, signed, verifier

ORIGIN = origin_of(UUID("8c0f1111-2222-4333-8444-555566667777"))
NOTE = Note(ORIGIN, 1204, bytes(range(32)))
PUBLIC, SIGNATURE = b"\x07" * 32, b"\x09" * 64
WHOLE = signed(NOTE, public=PUBLIC, signature=SIGNATURE)


def test_a_note_has_the_form_that_c2sp_gave_it():
    mark = hashlib.sha256(ORIGIN.encode() + b"\n\x01" + PUBLIC).digest()[:4]
    line = base64.b64encode(mark + SIGNATURE).decode()

    assert (
        "counterpart/journal/8c0f1111-2222-4333-8444-555566667777\n1204\n"
        f"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n— {ORIGIN} {line}\n"
    ) == WHOLE
    key = base64.b64encode(b"\x01" + PUBLIC).decode()
    assert verifier(ORIGIN, PUBLIC) == f"{ORIGIN}+{mark.hex()}+{key}"


def test_a_note_is_signed_over_its_text_by_the_key_that_it_names():
    public = keys.public_key()
    whole = signed(NOTE, public=public, signature=keys.sign(NOTE.text.encode()))

    (read,) = notes_in(whole)

    signature = read.signature_of(public)
    assert keys.is_signed(message=read.text.encode(), signature=signature, public=public)
    assert read.signature_of(PUBLIC) == b""
    assert key_mark(ORIGIN, public) != key_mark(ORIGIN, PUBLIC)


@given(st.integers(0, 2**62), st.binary(min_size=32, max_size=32), st.integers(1, 3))
def test_notes_are_read_as_they_were_written_however_many_stand_there(size, root, many):
    notes = [Note(ORIGIN, size + more, root) for more in range(many)]
    text = "\n".join(signed(one, public=PUBLIC, signature=SIGNATURE) for one in notes)

    read = [*notes_in(text)]

    assert [(one.origin, one.size, one.root) for one in read] == [
        (ORIGIN, one.size, one.root) for one in notes
    ]
    assert {one.signature_of(PUBLIC) for one in read} == {SIGNATURE}


@pytest.mark.parametrize(
    "kept",
    [
        WHOLE.replace("\n", "\r\n"),
        f"Dear auditor,\n\n{WHOLE}\nKeep it.\n",
        WHOLE + WHOLE[:40],
        WHOLE.rstrip("\n"),
    ],
)
def test_a_note_is_found_in_a_mail_and_before_a_torn_end(kept):
    assert [one.size for one in notes_in(kept)] == [1204]


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        WHOLE[:-30].rpartition("\n")[0],
        WHOLE.replace("1204", "01204"),
        WHOLE.replace("1204", "-4"),
        WHOLE.replace("8=\n", "8\n"),
        WHOLE.replace("— ", "- "),
        WHOLE.rpartition(" ")[0] + " A\n",
    ],
)
def test_what_is_no_whole_note_is_passed_over(spoilt):
    assert [*notes_in(spoilt)] == []
