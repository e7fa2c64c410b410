"""Offices and auditors see the checkpoints and take them away; nobody else does."""

import pytest

from journal.checkpoints import checkpoint_due, refuse_checkpoint
from journal.notes import notes_in
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def cast(waiting):
    """The company, while a gate waits."""
    return waiting[0].cast


def test_an_auditor_sees_them_and_takes_one_or_all(cast, as_, lately):
    made = checkpoint_due(at=lately)
    client = as_(cast.audrey)

    html = client.get("/record/checkpoints/").content.decode()
    one = client.get(f"/record/checkpoints/{made.size}.txt")
    every = client.get("/record/checkpoints.txt")

    assert f'href="/record/checkpoints/{made.size}.txt"' in html
    assert "One checkpoint, signed." in html
    assert "CHECKPOINT_PLACES" in html
    assert one.content.decode() == made.note
    assert one["Content-Disposition"] == f'attachment; filename="checkpoint-{made.size}.txt"'
    assert [note.size for note in notes_in(every.getvalue().decode())] == [made.size]


def test_where_they_go_is_said_and_what_was_refused(cast, as_, lately, settings):
    settings.CHECKPOINT_PLACES = ["file:/mnt/kept.txt"]
    checkpoint_due(at=lately)
    refuse_checkpoint(place="file:/mnt/kept.txt", said={"size": 7, "last": 9}, at=lately)

    html = as_(cast.hana).get("/record/checkpoints/?before=x").content.decode()

    assert "file:/mnt/kept.txt" in html
    assert "Only mails leave" not in html
    assert "The record does not" in html


@pytest.mark.parametrize(
    ("path", "status"), [("5000.txt", 404), (f"{'9' * 30}.txt", 404), ("?before=7", 200)]
)
def test_one_that_is_not_there_is_not_found(cast, as_, path, status):
    assert as_(cast.audrey).get(f"/record/checkpoints/{path}").status_code == status


@pytest.mark.parametrize("path", ["checkpoints/", "checkpoints/2.txt", "checkpoints.txt"])
def test_whoever_holds_no_office_is_told_why_not(cast, as_, path):
    response = as_(cast.petra).get(f"/record/{path}")

    assert response.status_code == 403
    assert "Only office holders" in response.content.decode()
