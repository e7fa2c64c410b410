"""The pages where one proposes and another answers."""

import pytest
from django.conf import settings

from governance.models import Change, ChangeAnswer
from governance.operations.proposals import propose_appointment, propose_playbook
from governance.queries.change_mails import mail_about_recovery
from journal.clock import now
from journal.kinds import Kind
from journal.models import Entry
from journal.transports import FOLDER_BACKEND
from people.choices import Office
from people.queries import authority_of
from tests.authenticator import give_passkey
from tests.cast import PASSWORD, gather
from tests.changes import WHY
from tests.governance.operations.test_editions import next_edition
from tests.make import make_second_factor
from tests.people.test_confirming import number_of

pytestmark = pytest.mark.django_db
LIST = "/settings/changes/"
CONFIRM = {"outcome": "confirmed", "reason": "", "password": PASSWORD}


@pytest.fixture
def cast(db):
    return gather(now())


@pytest.fixture
def change(cast):
    return propose_appointment(
        actor=cast.ada,
        user=cast.erin,
        office=Office.COMMITTEE_MEMBER,
        title="Member",
        reason=WHY,
        at=now(),
    )


@pytest.fixture
def address(change):
    return f"{LIST}{change.pk}/"


def test_the_second_person_reads_it_and_confirms_with_the_password(client, cast, address):
    client.force_login(cast.hana)
    shown = client.get(address).content.decode()
    wrong = client.post(address, {**CONFIRM, "password": "wrong"})
    answer = client.post(address, CONFIRM)

    assert WHY in shown
    assert (wrong.status_code, answer.status_code) == (422, 302)
    assert authority_of(cast.erin, now()).offices == {Office.COMMITTEE_MEMBER}
    assert "confirmed by" in client.get(LIST).content.decode()


def test_what_was_answered_meanwhile_gives_back_what_one_wrote(client, cast, address):
    for person in (cast.hana, cast.ivo):
        client.force_login(person)
        answer = client.post(address, {**CONFIRM, "reason": "Known since her first day."})

    assert answer.status_code == 409
    assert "Known since her first day." in answer.content.decode()
    assert ChangeAnswer.objects.get().by == cast.hana


def test_who_proposed_it_takes_it_back_and_cannot_answer(client, cast, address):
    client.force_login(cast.ada)
    shown = client.get(address).content.decode()
    refused = client.post(address, CONFIRM)
    back = client.post(f"{address}take-back/")
    again = client.post(f"{address}take-back/")

    assert "Take it back" in shown
    assert (refused.status_code, back.status_code, again.status_code) == (403, 302, 403)
    assert "taken back" in client.get(LIST).content.decode()


def test_what_fits_no_more_says_why_and_keeps_the_words(client, cast, address):
    propose = {"actor": cast.ada, "user": cast.erin, "office": Office.COMMITTEE_MEMBER}
    client.force_login(cast.hana)
    client.post(address, CONFIRM)
    second = propose_appointment(
        **{**propose, "user": cast.max}, title="Member", reason=WHY, at=now()
    )
    cast.max.is_active = False
    cast.max.save(update_fields=["is_active"])

    answer = client.post(f"{LIST}{second.pk}/", {**CONFIRM, "reason": "Go ahead."})

    assert answer.status_code == 422
    assert "This person has left" in answer.content.decode()
    assert "Go ahead." in answer.content.decode()


def test_a_proposed_playbook_shows_what_is_different(client, cast):
    change = propose_playbook(actor=cast.ada, playbook=next_edition(), reason=WHY, at=now())
    client.force_login(cast.ivo)

    assert "playbook.yaml: revision" in client.get(f"{LIST}{change.pk}/").content.decode()


def test_a_lost_second_factor_is_asked_for_and_confirmed_by_the_sponsor(client, cast):
    make_second_factor(cast.erin, at=now())
    ask = f"/settings/people/{cast.erin.pk}/recover/"
    client.force_login(cast.ada)
    assert client.post(ask, {"reason": " "}).status_code == 422
    assert client.post(ask, {"reason": "The phone fell into the sea."}).url == LIST
    assert client.post(ask, {"reason": "Once more."}).status_code == 422

    client.force_login(cast.cleo)
    home = client.get("/").content.decode()
    assert "Erin Doyle signs in without the lost second factor" in home
    [address] = {part for part in home.split('"') if part.startswith(LIST) and part != LIST}
    assert client.post(address, CONFIRM).url == LIST
    assert ChangeAnswer.objects.get().outcome == "confirmed"


def test_where_mails_are_kept_nothing_is_offered_that_would_be_refused(client, cast, settings):
    settings.EMAIL_BACKEND = FOLDER_BACKEND
    ask = f"/settings/people/{cast.erin.pk}/recover/"
    client.force_login(cast.ada)
    without = client.get(ask).content.decode()
    make_second_factor(cast.erin, at=now())

    beside = client.get(ask).content.decode()

    assert "no mail server is set" in without
    assert "Ask a second person" not in without
    assert "A lost password does not come back by this." in beside
    assert "The password is lost too" not in beside
    assert client.post(ask, {"reason": "The phone fell into the sea."}).url == LIST
    assert Change.objects.get().with_password is None


def test_whoever_has_left_recovers_nothing(client, cast):
    client.force_login(cast.ada)

    assert client.get("/settings/people/999999/recover/").status_code == 404


def test_a_second_person_with_a_passkey_confirms_by_it_alone(client, cast, address):
    key = give_passkey(cast.hana, now())
    client.force_login(cast.hana)

    by_password = client.post(address, CONFIRM)
    answer = key.sign(number_of(by_password))
    done = client.post(address, {"outcome": "confirmed", "reason": "", "assertion": answer})

    assert by_password.status_code == 422
    assert 'name="password"' not in by_password.content.decode()
    assert done.url == LIST
    assert ChangeAnswer.objects.get().by == cast.hana


def test_who_only_reads_it_is_asked_for_nothing(client, cast, address):
    give_passkey(cast.ada, now())
    client.force_login(cast.ada)

    page = client.get(address).content.decode()

    assert "passkey" not in page


def test_who_lost_the_password_chooses_a_new_one_by_a_mailed_link(client, cast):
    """Two people say yes; the old password is dead at once, and the link opens once."""
    client.force_login(cast.ada)
    ask = f"/settings/people/{cast.erin.pk}/recover/"
    assert "The password is lost too" not in client.get(ask).content.decode()
    assert client.post(ask, {"reason": "Seen in person."}).url == LIST
    change = Change.objects.get()
    client.force_login(cast.cleo)
    shown = client.get(f"{LIST}{change.pk}/").content.decode()
    client.post(f"{LIST}{change.pk}/", CONFIRM)
    mail = mail_about_recovery(Entry.objects.get(kind=Kind.SECOND_FACTOR_RECOVERED))
    [link] = [line for line in mail.body.splitlines() if "/new-password/" in line]
    place = link.removeprefix(settings.BASE_URL)
    client.logout()

    new = {"password": "another-tally-of-halves", "again": "another-tally-of-halves"}
    signs_in = {"login": cast.erin.email}
    old = client.post("/sign-in/", {**signs_in, "password": PASSWORD})
    weak = client.post(place, {"password": "short", "again": "short"})
    done = client.post(place, new)
    again = client.post(place, new)
    came_in = client.post("/sign-in/", {**signs_in, "password": new["password"]})

    assert "Erin Doyle comes in again with a new password" in shown
    assert "The old password opens nothing" in shown
    assert (old.status_code, weak.status_code, done.url) == (422, 422, "/sign-in/")
    assert (again.status_code, came_in.status_code) == (410, 302)
