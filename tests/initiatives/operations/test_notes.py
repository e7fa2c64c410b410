"""Early thinking: shared, taken back, begun with."""

import json

import pytest

from initiatives.models import Initiative, Note, NoteUse
from initiatives.operations.initiatives import ProposalRefusedError
from initiatives.operations.notes import (
    NoteRefusedError,
    propose_with_note,
    share_note,
    withdraw_note,
)
from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import NotVisibleError
from people.choices import Side
from tests.initiatives.conftest import PROPOSAL
from tests.kept import kept

SAID = {"title": "Night rota", "text": "It may be the rota\nand not the phones."}


@kept
def note(cast, noon):
    return share_note(actor=cast.petra, side=Side.PEOPLE, at=noon, **SAID)


def proposed(cast, note, at, who="petra"):
    return propose_with_note(
        actor=getattr(cast, who), note_id=note.pk, side=Side.PEOPLE, at=at, **PROPOSAL
    )


def last():
    return Entry.objects.order_by("-seq")[0]


def test_a_note_is_kept_where_it_can_be_erased(note, cast):
    assert json.loads(note.sealed.text) == SAID
    assert note.sealed.person_key == cast.petra.person_key
    assert (note.side, last().kind, str(note)) == ("people", Kind.NOTE_SHARED, f"note {note.pk}")


@pytest.mark.parametrize(
    ("who", "side", "code"),
    [
        ("cleo", Side.PEOPLE, "only_reads"),
        ("audrey", Side.PEOPLE, "only_reads"),
        ("ivo", Side.PEOPLE, "other_key"),
        ("petra", None, "side_missing"),
    ],
)
def test_who_speaks_for_no_side_or_for_the_other_shares_nothing(cast, noon, who, side, code):
    with pytest.raises(NoteRefusedError) as refused:
        share_note(actor=getattr(cast, who), side=side, at=noon, **SAID)

    assert code in refused.value.codes
    assert not Note.objects.exists()


def test_half_a_character_is_refused(cast, noon):
    with pytest.raises(NoteRefusedError) as refused:
        share_note(actor=cast.petra, side=Side.PEOPLE, title="A", text="\ud83d", at=noon)

    assert refused.value.codes == ("broken",)


def test_its_author_takes_it_back_once(note, cast, noon):
    withdrawal = withdraw_note(actor=cast.petra, note_id=note.pk, at=noon)

    assert str(withdrawal) == f"withdrawal of note {note.pk}"
    assert last().kind == Kind.NOTE_WITHDRAWN
    with pytest.raises(NotVisibleError):
        withdraw_note(actor=cast.petra, note_id=note.pk, at=noon)


def test_nobody_else_takes_it_back(note, cast, noon):
    with pytest.raises(NoteRefusedError) as refused:
        withdraw_note(actor=cast.hana, note_id=note.pk, at=noon)
    assert refused.value.codes == ("not_yours",)
    # Otto works on nothing yet: he does not even see it.
    with pytest.raises(NotVisibleError):
        withdraw_note(actor=cast.otto, note_id=note.pk, at=noon)


def test_a_proposal_remembers_its_note_which_stays_then(note, cast, noon):
    initiative = proposed(cast, note, noon)

    use = NoteUse.objects.get()
    assert (use.note, use.initiative) == (note, initiative)
    assert str(use) == f"note {note.pk} in {initiative.pk}"
    assert last().kind == Kind.NOTE_USED
    with pytest.raises(NoteRefusedError) as refused:
        withdraw_note(actor=cast.petra, note_id=note.pk, at=noon)
    assert refused.value.codes == ("used",)


def test_with_a_note_that_was_taken_back_nothing_begins(note, cast, noon):
    withdraw_note(actor=cast.petra, note_id=note.pk, at=noon)

    with pytest.raises(ProposalRefusedError) as refused:
        proposed(cast, note, noon)

    assert refused.value.codes == ("note_gone",)
    assert not Initiative.objects.exists()
