"""What goes out by mail: an invitation while its link opens something, checkpoints, alarms."""

from datetime import timedelta

import pytest

from journal.checkpoints import checkpoint_over, refuse_checkpoint
from journal.inspections import note_inspection
from journal.kinds import Kind
from journal.models import Checkpoint, Entry
from journal.notes import notes_in
from journal.verification import Finding
from people.choices import Office
from people.operations.invitations import (
    invite,
    link_of,
    send_invitation_again,
    withdraw_invitation,
)
from people.reactions import (
    mail_checkpoint,
    mail_invitation,
    mail_refusal,
    mail_what_was_found,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(cast, noon):
    return invite(
        actor=cast.ada, email="nora@example.com", office=Office.AUDITOR, title="Auditor", at=noon
    )


def sent(number=0):
    return Entry.objects.filter(kind=Kind.INVITATION_SENT).order_by("seq")[number]


def test_the_mail_carries_the_link_and_says_who_what_and_until_when(invitation, mailoutbox):
    mail_invitation(sent())

    [mail] = mailoutbox
    assert mail.to == ["nora@example.com"]
    assert link_of(invitation) in mail.body
    for word in (
        "Ada Administrator",
        "Harrowgate Test Systems",
        "Auditor",
        "17 December 2026, 13:00",
    ):
        assert word in mail.body


def test_told_twice_it_is_the_same_mail(invitation, mailoutbox):
    mail_invitation(sent())
    mail_invitation(sent())

    first, second = mailoutbox
    assert first.body == second.body
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_sent_again_only_the_new_link_is_mailed(cast, noon, invitation, mailoutbox):
    again = send_invitation_again(
        actor=cast.ada, invitation=invitation, at=noon + timedelta(hours=1)
    )

    mail_invitation(sent(0))
    mail_invitation(sent(1))

    assert [link_of(again) in mail.body for mail in mailoutbox] == [True]


def test_withdrawn_it_is_not_mailed(cast, noon, invitation, mailoutbox):
    withdraw_invitation(actor=cast.ada, invitation=invitation, at=noon)

    mail_invitation(sent())

    assert mailoutbox == []


@pytest.fixture
def checkpoints_made(cast, noon):
    """Return the entries of two checkpoints of one day; only the second is a decision's."""
    for name in ("bea", "cid"):
        invite(actor=cast.ada, email=f"{name}@example.com", office=None, title="", at=noon)
        seq = Entry.objects.latest("seq").seq
        checkpoint_over(seq=seq, is_mailed=name == "cid", at=noon)
    return Entry.objects.filter(kind=Kind.CHECKPOINT_MADE).order_by("seq")


def test_the_offices_are_given_the_checkpoints_since_the_last_mail(
    cast, checkpoints_made, mailoutbox
):
    for entry in checkpoints_made:
        mail_checkpoint(entry)

    assert {one.to[0] for one in mailoutbox} == {
        person.email for person in (cast.hana, cast.ivo, cast.cleo, cast.audrey)
    }
    body = mailoutbox[0].body
    sizes = [*Checkpoint.objects.order_by("size").values_list("size", flat=True)]
    assert [note.size for note in notes_in(body)] == sizes
    assert "Harrowgate Test Systems" in body
    assert "/record/checkpoints/" in body


def test_a_record_that_does_not_continue_is_told_once_a_day(cast, noon, mailoutbox):
    for _ in range(2):
        refuse_checkpoint(place="file:x", said={"size": 7, "last": 9}, at=noon)

    for entry in Entry.objects.filter(kind=Kind.CHECKPOINT_REFUSED):
        mail_refusal(entry)

    assert cast.ada.email in {one.to[0] for one in mailoutbox}
    assert len(mailoutbox) == 5
    assert "does not continue the checkpoint over 9 entries" in mailoutbox[0].body


def test_what_the_weekly_check_finds_is_told_and_that_it_found_nothing_is_not(
    cast, noon, mailoutbox
):
    for findings in ([], [Finding(3, "it is not so")]):
        note_inspection(entries=9, findings=findings, at=noon)

    for entry in Entry.objects.filter(kind=Kind.RECORD_VERIFIED):
        mail_what_was_found(entry)

    assert len(mailoutbox) == 5
    assert "found 1 thing that is not as recorded" in mailoutbox[0].body
