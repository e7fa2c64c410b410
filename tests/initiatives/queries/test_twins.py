"""A second click finds what the first one made; at once, in `test_races.py` of governance."""

from datetime import date

import pytest

from initiatives.choices import Standing
from initiatives.models import Evidence, Import, Initiative, Note
from initiatives.operations.evidence import add_evidence_attestation, withdraw_evidence
from initiatives.operations.imports import BroughtAlreadyError, discard_import, start_import
from initiatives.operations.initiatives import ProposedAlreadyError, propose
from initiatives.operations.notes import SharedAlreadyError, share_note, withdraw_note
from initiatives.operations.pieces import AddedAlreadyError
from initiatives.operations.stages import change_standing
from people.choices import Side
from tests.initiatives.conftest import PROPOSAL
from tests.initiatives.lists import make_list
from tests.kept import kept

NOTE = {"title": "Night rota", "text": "It may be the rota."}


@kept
def note(cast, noon):
    return share_note(actor=cast.petra, side=Side.PEOPLE, at=noon, **NOTE)


@pytest.fixture
def state(helper, cast, noon):
    def stating(who="petra", **change):
        said = {"title": "Seen", "note": "I was there.", "slot": "problem_statement", **change}
        return add_evidence_attestation(
            actor=getattr(cast, who), initiative=helper, at=noon, **said
        )

    return stating


@pytest.mark.parametrize("reason", ["", "Night shift only"])
def test_the_same_words_of_one_person_are_one_initiative(helper, cast, noon, reason):
    with pytest.raises(ProposedAlreadyError) as refused:
        propose(actor=cast.petra, side=Side.PEOPLE, at=noon, reason=reason, **PROPOSAL)

    assert refused.value.code == helper.code
    assert Initiative.objects.count() == 1


def test_what_is_over_is_proposed_anew(helper, cast, noon):
    change_standing(initiative=helper, standing=Standing.CLOSED, actor=cast.hana, at=noon)

    again = propose(actor=cast.petra, side=Side.PEOPLE, at=noon, reason="It is back", **PROPOSAL)

    assert again.number == helper.number + 1


def test_the_same_note_of_one_person_for_one_side_is_one(note, cast, noon):
    with pytest.raises(SharedAlreadyError) as refused:
        share_note(actor=cast.petra, side=Side.PEOPLE, at=noon, **NOTE)
    share_note(actor=cast.max, side=Side.PEOPLE, at=noon, **NOTE)
    share_note(actor=cast.petra, side=Side.TECHNOLOGY, at=noon, **NOTE)
    share_note(actor=cast.petra, side=Side.PEOPLE, at=noon, **NOTE | {"text": "Or the phones."})

    assert refused.value.note_id == note.pk
    assert Note.objects.count() == 4


def test_a_note_that_was_taken_back_is_shared_anew(note, cast, noon):
    withdraw_note(actor=cast.petra, note_id=note.pk, at=noon)

    assert share_note(actor=cast.petra, side=Side.PEOPLE, at=noon, **NOTE).pk > note.pk


def test_the_same_evidence_in_one_place_is_one(state):
    state()

    with pytest.raises(AddedAlreadyError) as refused:
        state()
    state("hana")
    state(note="I was there twice.")
    state(valid_until=date(2030, 1, 1))

    assert refused.value.codes == ("added",)
    assert Evidence.objects.count() == 4


def test_evidence_that_was_taken_back_is_added_anew(state, helper, cast, noon):
    first = state()
    withdraw_evidence(
        actor=cast.petra, initiative=helper, evidence_id=first.pk, reason="Wrong day", at=noon
    )

    assert state().pk > first.pk


@pytest.fixture
def bring(cast, noon):
    def bringing(who="ada", rows=2):
        actor = getattr(cast, who)
        return start_import(actor=actor, name="list.csv", content=make_list(rows), at=noon)

    return bringing


def test_the_same_file_of_one_person_is_one_list(bring):
    first = bring()

    with pytest.raises(BroughtAlreadyError) as refused:
        bring()
    bring("hana")
    bring(rows=3)

    assert refused.value.import_id == first.pk
    assert Import.objects.count() == 3


def test_a_list_that_was_put_away_is_brought_anew(bring, cast, noon):
    first = bring()
    discard_import(actor=cast.ada, source=first, expected_version=1, at=noon)

    assert bring().pk > first.pk
