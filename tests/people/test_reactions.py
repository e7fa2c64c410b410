"""An invitation is mailed by the worker, and only while its link opens something."""

from datetime import timedelta

import pytest

from journal.kinds import Kind
from journal.models import Entry
from people.choices import Office
from people.operations.invitations import (
    invite,
    link_of,
    send_invitation_again,
    withdraw_invitation,
)
from people.reactions import mail_invitation

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
