import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from journal.clock import now
from people.choices import Office
from people.models import Invitation, OfficeTerm, User
from people.operations.invitations import invite, link_of, withdraw_invitation
from tests.cast import PASSWORD
from tests.changes import appoint
from tests.people.journal_reading import last_entry

pytestmark = pytest.mark.django_db

LIST, INVITE = "/settings/people/", "/settings/people/invite/"
NEW = "nora@example.com"
COMING = {"name": "Nora Lund", "zone": "Europe/Oslo", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def ada(client, cast):
    client.force_login(cast.ada)
    return cast.ada


@pytest.fixture
def invitation(cast):
    return invite(actor=cast.ada, email=NEW, office=Office.AUDITOR, title="Auditor", at=now())


def path_of(invitation):
    return link_of(invitation).removeprefix("http://127.0.0.1:8000")


def test_an_administrator_invites_from_the_page_and_sees_who_has_not_answered(client, ada):
    response = client.post(INVITE, {"email": NEW, "office": "auditor", "title": "Auditor"})

    assert (response.status_code, response.url) == (302, LIST)
    content = client.get(LIST).content.decode()
    assert NEW in content
    assert "not answered" in content


def test_the_office_in_the_address_is_chosen_already(client, ada):
    assert b'value="chro" selected' in client.get(f"{INVITE}?office=chro").content


def test_why_nobody_can_be_invited_like_this_stands_at_its_field(client, ada):
    response = client.post(INVITE, {"email": "ivo@example.com", "office": "chro", "title": "CPO"})

    assert response.status_code == 422
    assert "Nobody holds two of these at once" in response.content.decode()
    assert not Invitation.objects.exists()


def test_officers_do_not_see_who_is_invited(client, cast, invitation):
    client.force_login(cast.hana)

    assert NEW not in client.get(LIST).content.decode()


def test_send_again_and_withdraw(client, ada, invitation):
    old = path_of(invitation)

    assert client.post(f"{LIST}invitations/{invitation.pk}/send/").url == LIST
    invitation.refresh_from_db()
    assert path_of(invitation) != old
    assert client.post(f"{LIST}invitations/{invitation.pk}/withdraw/").url == LIST
    assert client.post(f"{LIST}invitations/{invitation.pk}/send/").status_code == 422


@pytest.mark.parametrize("act", ["send", "withdraw"])
def test_an_invitation_that_is_none_is_not_found(client, ada, act):
    assert client.post(f"{LIST}invitations/999/{act}/").status_code == 404


def test_the_link_asks_for_name_and_password_and_lets_in(client, cast, invitation):
    content = client.get(path_of(invitation)).content.decode()
    assert NEW in content
    assert "Ada Administrator" in content
    assert 'value="Europe/Berlin" selected' in content

    response = client.post(path_of(invitation), COMING)

    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/profile/").status_code == 200
    assert not OfficeTerm.objects.filter(user__email=NEW).exists()
    client.force_login(cast.cleo)
    assert "takes up an office: Auditor" in client.get("/settings/changes/").content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"again": "another password"}, "The two are different."),
        ({"password": "short", "again": "short"}, "too short"),
        ({"name": "\u202eNora"}, "direction"),
    ],
)
def test_what_does_not_do_is_said_and_the_link_stays_open(client, cast, invitation, changes, said):
    response = client.post(path_of(invitation), {**COMING, **changes})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert client.post(path_of(invitation), COMING).status_code == 302


def test_a_used_link_says_so(client, cast, invitation):
    client.post(path_of(invitation), COMING)
    client.logout()

    response = client.get(path_of(invitation))

    assert response.status_code == 410
    assert "It has been used." in response.content.decode()
    assert "It fits no more." not in response.content.decode()


def test_a_withdrawn_link_says_so(client, cast, invitation):
    withdraw_invitation(actor=cast.ada, invitation=invitation, at=now())

    response = client.post(path_of(invitation), COMING)

    assert response.status_code == 410
    assert "It was withdrawn." in response.content.decode()
    assert not User.objects.filter(email=NEW).exists()


def test_a_link_that_ran_out_says_so(client, cast):
    long_ago = now() - timedelta(days=15)
    old = invite(actor=cast.ada, email=NEW, office=None, title="", at=long_ago)

    response = client.get(path_of(old))

    assert response.status_code == 410
    assert "good for 14 days" in response.content.decode()


def test_half_a_link_leads_nowhere_and_writes_nothing(client, cast, invitation):
    before = last_entry().seq

    response = client.get(f"{path_of(invitation)[:-9]}/")

    assert response.status_code == 404
    assert "copied in part" in response.content.decode()
    assert last_entry().seq == before


def test_whoever_is_signed_in_does_not_use_the_link_of_somebody_else(client, cast, invitation):
    client.force_login(cast.ivo)

    for answer in (client.get(path_of(invitation)), client.post(path_of(invitation), COMING)):
        assert answer.status_code == 409
        assert "You are signed in as" in answer.content.decode()
    assert Invitation.objects.get().used_at is None


def test_an_office_filled_meanwhile_is_a_page_of_its_own(client, cast):
    link = path_of(invite(actor=cast.ada, email=NEW, office=Office.AUDITOR, title="A", at=now()))
    OfficeTerm.objects.filter(office=Office.CHRO).update(ends_at=now())
    chro = path_of(
        invite(actor=cast.ada, email="olav@example.com", office=Office.CHRO, title="CPO", at=now())
    )
    appoint(actor=cast.ada, user=cast.kim, office=Office.CHRO, title="CPO", at=now())

    assert client.get(link).status_code == 200
    response = client.post(chro, COMING)
    assert response.status_code == 410
    assert "Its office is taken" in response.content.decode()


@pytest.fixture
def log():
    """What the product's own handlers write."""
    written = StringIO()
    named = [*logging.getLogger().handlers, *logging.getLogger("gunicorn.access").handlers]
    handlers = [one for one in named if one.name in {"stderr", "stdout"}]
    before = [handler.setStream(written) for handler in handlers]
    yield written
    for handler, stream in zip(handlers, before, strict=True):
        handler.setStream(stream)


def test_no_log_tells_a_link(client, cast, invitation, log):
    path = path_of(invitation)
    client.post(path, {})
    Client(enforce_csrf_checks=True).post(path, COMING)
    for guess in range(20):
        client.get(f"/invitations/{guess}/")
    assert client.get(path).status_code == 429
    client.force_login(cast.ivo)
    client.get(path)

    assert "Too Many Requests: /invitations/…/" in log.getvalue()
    assert path.split("/")[2] not in log.getvalue()


def test_the_log_of_the_web_server_goes_the_same_way(log):
    logging.getLogger("gunicorn.access").info('"GET %s HTTP/1.1" 200', "/invitations/0123abc/")

    assert '"GET /invitations/…/ HTTP/1.1" 200' in log.getvalue()


def test_guessing_is_throttled(client, cast):
    answers = [client.get(f"/invitations/{n}/").status_code for n in range(21)]

    assert answers == [404] * 20 + [429]
