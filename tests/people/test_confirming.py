"""One way to confirm that it is you, on every page that is no signature."""

import json
from base64 import urlsafe_b64decode
from html import unescape

import pytest

from journal.clock import now
from people.choices import Means
from people.models import Passkey
from people.operations.stolen import report_stolen
from tests.authenticator import give_passkey
from tests.cast import PASSWORD
from tests.kept import kept
from tests.make import make_second_factor

NEW = "another-tally-of-halves"
PLACE = "/profile/password/"
TYPED = {"new": NEW, "again": NEW}
PAGES = (PLACE, "/profile/second-factor/add/", "/profile/passkeys/add/")


@kept
def holder(cast):
    """The CHRO, with a passkey."""
    return cast.hana, give_passkey(cast.hana, now())


def number_of(response) -> bytes:
    """Return the number that a page asks the passkey to sign."""
    asked = json.loads(unescape(response.content.decode().split('passkey-get="')[1].split('"')[0]))
    text = asked["challenge"]
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_a_passkey_is_asked_for_and_no_password_is_taken_in_its_place(client, holder):
    person, key = holder
    client.force_login(person)
    page = client.get(PLACE)

    by_password = client.post(PLACE, {**TYPED, "password": PASSWORD})
    number = number_of(by_password)
    done = client.post(PLACE, {**TYPED, "assertion": key.sign(number)})

    assert b'name="password"' not in page.content
    assert b"js/passkey.js" in page.content
    assert by_password.status_code == 422
    assert "Passkeys need JavaScript" in by_password.content.decode()
    assert done.url == "/profile/"
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_what_was_signed_for_one_page_confirms_nothing_on_another(client, holder):
    person, key = holder
    client.force_login(person)
    answer = key.sign(number_of(client.get("/profile/second-factor/add/")))

    response = client.post(PLACE, {**TYPED, "assertion": answer})

    assert response.status_code == 422
    assert "answered to something else" in response.content.decode()


@pytest.mark.parametrize("place", PAGES)
def test_every_page_of_the_login_asks_for_the_passkey(client, holder, place):
    client.force_login(holder[0])

    page = client.get(place).content.decode()

    assert "data-passkey-get=" in page
    assert 'name="password"' not in page


@pytest.mark.usefixtures("phone")
@pytest.mark.parametrize(
    "place", ["/profile/second-factor/remove/", "/profile/second-factor/codes/"]
)
def test_the_app_is_kept_by_the_passkey_too(client, holder, place):
    person, key = holder
    make_second_factor(person, at=now())
    client.force_login(person)

    by_password = client.post(place, {"password": PASSWORD, "code": "000000"})
    answer = key.sign(number_of(by_password))

    assert by_password.status_code == 422
    assert client.post(place, {"assertion": answer}).status_code in (200, 302)


def test_whose_passkey_is_gone_is_led_to_a_new_one(client, holder, settings):
    """At another address none of them works, and a password takes its place nowhere but there."""
    person, _ = holder
    settings.BASE_URL = "https://counterpart.example"
    client.force_login(person)

    page = client.get(PLACE).content.decode()
    posted = client.post(PLACE, {**TYPED, "password": PASSWORD})

    assert "Add a passkey in your profile" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert posted.status_code == 422
    assert 'name="password"' in client.get("/profile/passkeys/add/").content.decode()


def test_after_a_theft_the_page_leads_to_two_people(client, holder):
    person, _ = holder
    report_stolen(
        actor=person,
        user=person,
        means=Means.PASSKEY,
        passkey_id=Passkey.objects.get().pk,
        at=now(),
    )
    client.force_login(person)

    page = client.get(PLACE).content.decode()

    assert "Two people must let you back" in page
    assert client.post(PLACE, {**TYPED, "password": PASSWORD}).status_code == 422
