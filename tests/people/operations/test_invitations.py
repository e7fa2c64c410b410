from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import RefusedError
from people.choices import Office
from people.models import Invitation, OfficeTerm, User
from people.operations.invitations import (
    LASTS,
    InvitationClosedError,
    InvitationRefusedError,
    accept_invitation,
    closed_because,
    find_invitation,
    invite,
    link_of,
    send_invitation_again,
    withdraw_invitation,
)
from people.operations.persons import PersonRefusedError, add_person
from people.operations.throttles import TooManyTriesError
from people.queries import authority_of, standing_invitations
from tests.cast import PASSWORD, gather
from tests.changes import appoint, end_term
from tests.kept import kept
from tests.people.journal_reading import kinds_since, last_entry

pytestmark = pytest.mark.django_db

NEW = "nora@example.com"
MINUTE = timedelta(minutes=1)


@kept
def vacant(noon):
    """The company before it had its first CHRO."""
    return gather(noon, without=[Office.CHRO])


def invited(cast, at, *, email=NEW, office=Office.CHRO, title="Chief People Officer"):
    return invite(actor=cast.ada, email=email, office=office, title=title, at=at)


def accepted(invitation, at, **changes):
    given = {"name": "Nora Lund", "zone": "Europe/Oslo", "password": PASSWORD, **changes}
    return accept_invitation(invitation=invitation, at=at, **given)


def token_of(invitation):
    return link_of(invitation).rstrip("/").rpartition("/")[2]


def test_an_invitation_is_written_without_its_link(vacant, noon):
    at = noon + 2 * MINUTE
    invitation = invited(vacant, at, email=" Nora@Example.com ")

    assert (invitation.email, invitation.expires_at) == (NEW, at + LASTS)
    assert token_of(invitation) not in str(Invitation.objects.values().get())
    entry = last_entry()
    assert entry.kind == Kind.INVITATION_SENT
    assert NEW not in bytes(entry.body).decode()
    assert [*standing_invitations()] == [invitation]


def test_accepting_makes_the_login_and_begins_the_office_in_one_act(vacant, noon):
    invitation = invited(vacant, noon + 2 * MINUTE)
    before = last_entry().seq

    nora = accepted(invitation, noon + 3 * MINUTE)

    assert (nora.email, nora.zone, nora.title) == (NEW, "Europe/Oslo", "Chief People Officer")
    assert nora.check_password(PASSWORD)
    assert authority_of(nora, noon + 3 * MINUTE).offices == {Office.CHRO}
    assert kinds_since(before) == [
        Kind.PERSON_ADDED,
        Kind.OFFICE_TAKEN,
        Kind.INVITATION_ACCEPTED,
    ]
    assert not standing_invitations().exists()


def test_without_an_office_one_comes_in_and_holds_none(cast, noon):
    invitation = invited(cast, noon + MINUTE, office=None, title="")

    nora = accepted(invitation, noon + MINUTE)

    assert authority_of(nora, noon + MINUTE).offices == frozenset()


def test_a_link_opens_once(vacant, noon):
    invitation = invited(vacant, noon + 2 * MINUTE)
    accepted(invitation, noon + 3 * MINUTE)

    with pytest.raises(InvitationClosedError) as refusal:
        accepted(invitation, noon + 4 * MINUTE)

    assert refusal.value.codes[0] == "used"
    assert User.objects.filter(email=NEW).count() == 1


def test_of_two_who_open_it_at_once_one_comes_in(transactional_db, noon):
    cast = gather(noon)
    invitation = invited(cast, noon + MINUTE, office=None, title="")
    barrier = Barrier(2)

    def come_in(name):
        try:
            barrier.wait(timeout=20)
            return accepted(invitation, noon + MINUTE, name=name)
        except RefusedError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = [*threads.map(come_in, ("Nora", "Eve"))]

    assert sorted(type(one).__name__ for one in answers) == ["InvitationClosedError", "User"]


def test_it_lasts_fourteen_days_and_sent_again_fourteen_more(vacant, noon):
    at = noon + 2 * MINUTE
    invitation = invited(vacant, at)
    old = token_of(invitation)
    assert [one.code for one in closed_because(invitation, at + LASTS)] == ["run_out"]

    again = send_invitation_again(actor=vacant.ada, invitation=invitation, at=at + LASTS)

    assert closed_because(again, at + LASTS) == []
    assert find_invitation(token=old, address="192.0.2.1", at=at) is None
    assert find_invitation(token=token_of(again), address="192.0.2.1", at=at) == again


def test_withdrawn_it_opens_nothing_and_the_e_mail_may_be_invited_again(vacant, noon):
    at = noon + 2 * MINUTE
    invitation = invited(vacant, at)

    withdraw_invitation(actor=vacant.ada, invitation=invitation, at=at)

    invitation.refresh_from_db()
    assert [one.code for one in closed_because(invitation, at)] == ["withdrawn"]
    assert last_entry().kind == Kind.INVITATION_WITHDRAWN
    assert invited(vacant, at).pk != invitation.pk


def test_it_is_not_sent_again_for_an_office_that_was_filled_meanwhile(vacant, noon):
    at = noon + 2 * MINUTE
    invitation = invited(vacant, at)
    appoint(actor=vacant.ada, user=vacant.kim, office=Office.CHRO, title="CPO", at=at)

    with pytest.raises(InvitationRefusedError) as refusal:
        send_invitation_again(actor=vacant.ada, invitation=invitation, at=at)

    assert refusal.value.codes == ("taken",)


def test_one_that_ran_out_is_not_sent_again_beside_a_newer_promise(vacant, noon):
    at = noon + 2 * MINUTE
    invitation = invited(vacant, at)
    invited(vacant, at + LASTS, email="olav@example.com")

    with pytest.raises(InvitationRefusedError) as refusal:
        send_invitation_again(actor=vacant.ada, invitation=invitation, at=at + LASTS)

    assert refusal.value.codes == ("promised",)


@pytest.mark.parametrize("operation", [send_invitation_again, withdraw_invitation])
def test_what_is_answered_is_neither_sent_nor_withdrawn(vacant, noon, operation):
    invitation = invited(vacant, noon + 2 * MINUTE)
    accepted(invitation, noon + 3 * MINUTE)

    with pytest.raises(InvitationRefusedError, match="meanwhile"):
        operation(actor=vacant.ada, invitation=invitation, at=noon + 4 * MINUTE)


@pytest.mark.parametrize("operation", [send_invitation_again, withdraw_invitation])
def test_only_an_administrator_sends_again_and_withdraws(vacant, noon, operation):
    invitation = invited(vacant, noon + 2 * MINUTE)

    with pytest.raises(InvitationRefusedError) as refusal:
        operation(actor=vacant.cleo, invitation=invitation, at=noon + 3 * MINUTE)

    assert refusal.value.codes == ("not_administrator",)


@pytest.mark.parametrize("office", [Office.AUDITOR, None])
def test_only_an_administrator_invites(cast, noon, office):
    with pytest.raises(InvitationRefusedError) as refusal:
        invite(actor=cast.hana, email=NEW, office=office, title="Auditor", at=noon)

    assert "not_administrator" in refusal.value.codes
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"email": "nora"}, "email"),
        ({"email": f"{'n' * 250}@example.com"}, "email"),
        ({"email": "erin@example.com"}, "email_taken"),
        ({"office": Office.CIO}, "taken"),
        ({"title": "\u200b"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"office": None, "title": "\u202eeman"}, "title"),
        # Ivo holds the Technology key: an invitation must not hand him the People key too.
        ({"email": "ivo@example.com"}, "two_keys"),
    ],
)
def test_what_stands_in_the_way_is_said_when_inviting(vacant, noon, changes, code):
    with pytest.raises(InvitationRefusedError) as refusal:
        invited(vacant, noon + 2 * MINUTE, **changes)

    assert code in refusal.value.codes
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("office", "typed", "title"),
    [
        (Office.CHRO, "", "Chief Human Resources Officer"),
        (Office.CHRO, " Chief People Officer ", "Chief People Officer"),
        (Office.AUDITOR, "  ", "Auditor"),
        (None, "", ""),
    ],
)
def test_an_office_has_its_usual_title_where_none_is_typed(vacant, noon, office, typed, title):
    invitation = invited(vacant, noon + 2 * MINUTE, office=office, title=typed)

    assert invitation.title == title


def test_an_e_mail_and_an_office_are_promised_once(vacant, noon):
    at = noon + 2 * MINUTE
    invited(vacant, at)

    with pytest.raises(InvitationRefusedError) as twice:
        invited(vacant, at, office=Office.AUDITOR)
    with pytest.raises(InvitationRefusedError) as promised:
        invited(vacant, at, email="olav@example.com")
    later = invited(vacant, at + LASTS, email="olav@example.com")

    assert twice.value.codes == ("invited",)
    assert promised.value.codes == ("promised",)
    assert later.office == Office.CHRO


def test_an_office_that_was_filled_meanwhile_is_not_begun(vacant, noon):
    at = noon + 2 * MINUTE
    invitation = invited(vacant, at)
    appoint(actor=vacant.ada, user=vacant.kim, office=Office.CHRO, title="CPO", at=at)
    before = Entry.objects.count()

    with pytest.raises(InvitationClosedError, match="office is taken"):
        accepted(invitation, at)

    assert Entry.objects.count() == before
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize("office", [Office.AUDITOR, None])
def test_a_sender_who_may_invite_no_more_lets_nobody_in(cast, noon, office):
    invitation = invited(cast, noon + MINUTE, office=office, title="Auditor")
    appoint(actor=cast.ada, user=cast.max, office=Office.ADMINISTRATOR, title="A", at=noon + MINUTE)
    end_term(actor=cast.max, term=cast.term(cast.ada), at=noon + 2 * MINUTE)

    with pytest.raises(InvitationClosedError) as refusal:
        accepted(invitation, noon + 3 * MINUTE)

    assert refusal.value.codes == ("unfit",)


def test_an_e_mail_that_signs_in_meanwhile_is_not_told_apart(cast, noon):
    invitation = invited(cast, noon + MINUTE, office=None, title="")
    add_person(actor=cast.ada, email=NEW, name="Nora", title="", zone="UTC", at=noon + MINUTE)

    with pytest.raises(InvitationClosedError) as refusal:
        accepted(invitation, noon + MINUTE)

    assert refusal.value.codes == ("unfit",)
    assert NEW not in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"name": " "}, "name"), ({"zone": "Mars"}, "zone"), ({"password": "short"}, "password")],
)
def test_what_does_not_do_leaves_the_invitation_open(vacant, noon, changes, code):
    invitation = invited(vacant, noon + 2 * MINUTE)

    with pytest.raises(PersonRefusedError) as refusal:
        accepted(invitation, noon + 3 * MINUTE, **changes)

    assert code in refusal.value.codes
    assert not OfficeTerm.objects.filter(office=Office.CHRO, ends_at=None).exists()
    assert accepted(invitation, noon + 3 * MINUTE).email == NEW


def test_guessing_links_is_made_to_wait_and_knowing_one_is_not_counted(cast, noon):
    invitation = invited(cast, noon, office=None, title="")
    token = token_of(invitation)
    for _ in range(30):
        assert find_invitation(token=token, address="192.0.2.1", at=noon) == invitation

    for guess in range(20):
        assert find_invitation(token=f"{guess}", address="192.0.2.1", at=noon) is None
    with pytest.raises(TooManyTriesError):
        find_invitation(token=token, address="192.0.2.1", at=noon)
    assert find_invitation(token=token, address="192.0.2.2", at=noon) == invitation
