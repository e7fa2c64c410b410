"""What the page of checkpoints shows, and what is taken away from it."""

from datetime import timedelta

import pytest

from governance.queries import checkpoints
from governance.queries.checkpoints import all_notes, checkpoint_page, note_over
from journal.checkpoints import checkpoint_over, refuse_checkpoint
from journal.models import Delivery, Entry
from journal.notes import notes_in
from people.choices import Office
from people.operations.invitations import invite
from tests.cast import gather
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def cast(noon):
    """The whole company, at work."""
    return gather(noon)


def made(cast, at, many=1):
    for _ in range(many):
        number = Entry.objects.latest("seq").seq
        email = f"guest-{number}@example.com"
        invite(actor=cast.ada, email=email, office=Office.AUDITOR, title="Auditor", at=at)
        last = checkpoint_over(seq=number + 1, is_mailed=False, at=at)
    return last


def test_before_the_first_there_is_nothing_to_take(cast):
    found = checkpoint_page()

    assert (found.rows, found.newest, found.total, found.before) == ((), None, 0, None)
    assert [*all_notes()] == []
    assert note_over(1) is None


def test_checkpoints_stand_newest_first_page_by_page(cast, noon, monkeypatch):
    monkeypatch.setattr(checkpoints, "PAGE", 2)
    last = made(cast, noon, many=3)

    first = checkpoint_page()
    second = checkpoint_page(before=first.before)

    assert first.newest.size == first.rows[0].size == last.size
    assert first.total == second.total == 3
    assert (len(first.rows), len(second.rows), second.before) == (2, 1, None)
    assert second.rows[0].size < first.rows[1].size


def test_the_notes_are_taken_singly_and_as_one_file(cast, noon):
    last = made(cast, noon, many=2)

    sizes = [note.size for note in notes_in("".join(all_notes()))]

    assert note_over(last.size) == last.note
    assert sizes == sorted(sizes)
    assert len(sizes) == 2


def test_the_key_is_shown_as_tools_take_it(cast):
    [key] = checkpoint_page().keys

    assert key.startswith("counterpart/journal/")
    assert key.count("+") >= 2


def test_a_refusal_is_shown_until_the_next_checkpoint(cast, noon):
    made(cast, noon)
    assert checkpoint_page().refused is None
    refuse_checkpoint(place="file:x", said={"size": 7, "last": 9}, at=noon)

    assert checkpoint_page().refused.data["last"] == 9
    made(cast, noon + timedelta(hours=1))
    assert checkpoint_page().refused is None


@pytest.mark.parametrize(("attempts", "said"), [(1, "no space"), (10, "no space (given up)")])
def test_what_could_not_be_given_away_is_said(cast, noon, attempts, said):
    made(cast, noon)
    assert checkpoint_page().problem == ""
    Delivery.objects.filter(entry__kind="checkpoint.made").update(
        problem="no space", attempts=attempts
    )

    assert checkpoint_page().problem == said
