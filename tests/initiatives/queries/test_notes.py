from datetime import timedelta

import pytest

from initiatives.models import Initiative
from initiatives.operations.notes import propose_with_note, share_note, withdraw_note
from initiatives.queries.notes import get_note, note_of, note_view, notes_for, notes_read, with_note
from journal.operations import erase_text
from kernel.refusals import NotVisibleError
from people.choices import Side
from tests.initiatives.conftest import PROPOSAL


@pytest.fixture
def notes(cast, noon):
    """Two notes, an hour apart: Otto's, then Petra's."""

    def shared(person, title, hours):
        at = noon + timedelta(hours=hours)
        return share_note(actor=person, side=Side.PEOPLE, title=title, text="So far.", at=at)

    return shared(cast.otto, "First", 0), shared(cast.petra, "Second", 1)


def titles(authority):
    return [one.title for one in notes_read(authority)]


def test_offices_and_whoever_works_on_an_initiative_read_all_the_newest_first(
    notes, helper, cast, may
):
    for person in (cast.hana, cast.cleo, cast.audrey, cast.petra, cast.tariq):
        assert titles(may(person)) == ["Second", "First"]
    # Otto works on nothing, and reads his own; Erin has none.
    assert titles(may(cast.otto)) == ["First"]
    assert titles(may(cast.erin)) == []


def test_who_has_left_reads_nothing(notes, cast, may):
    cast.otto.is_active = False

    assert not notes_for(may(cast.otto)).exists()


def test_what_was_taken_back_is_not_there(notes, cast, may, noon):
    withdraw_note(actor=cast.petra, note_id=notes[1].pk, at=noon)

    assert titles(may(cast.hana)) == ["First"]
    with pytest.raises(NotVisibleError):
        get_note(notes[1].pk, may(cast.hana))


def test_it_says_which_proposals_began_with_it_and_they_name_it(notes, cast, may, noon):
    began = propose_with_note(
        actor=cast.petra, note_id=notes[1].pk, side=Side.PEOPLE, at=noon, **PROPOSAL
    )

    assert note_view(get_note(notes[1].pk, may(cast.hana))).codes == (began.code,)
    line = note_of(with_note(Initiative.objects.all()).get())
    assert (line.id, line.title, line.side) == (notes[1].pk, "Second", Side.PEOPLE)


def test_an_initiative_without_a_note_has_none(helper):
    assert note_of(with_note(Initiative.objects.all()).get()) is None


def test_erased_words_are_called_so(notes, cast, may, noon):
    erase_text(sealed=notes[0].sealed, actor=cast.ada, reason="Asked", at=noon)

    view = note_view(get_note(notes[0].pk, may(cast.hana)))

    assert (view.is_erased, view.text) == (True, "")
    assert "erased" in view.title
