import json
from base64 import urlsafe_b64decode
from html import unescape

import pytest

from journal.clock import now
from journal.kinds import Kind
from people.factors import passkeys_of
from people.models import Passkey
from people.operations.persons import deactivate_person
from tests.authenticator import Authenticator, give_passkey
from tests.cast import PASSWORD
from tests.make import make_second_factor, totp_code
from tests.people.journal_reading import last_entry

pytestmark = pytest.mark.django_db

ADD = "/profile/passkeys/add/"
ENTER = "/sign-in/passkey/"


@pytest.fixture
def hana(client, cast):
    client.force_login(cast.hana)
    return client


def challenge_of(options):
    text = options["challenge"]
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def asked(response, what):
    """Return what a page asks the browser for."""
    page = response.content.decode()
    return json.loads(unescape(page.split(f'data-passkey-{what}="')[1].split('"')[0]))


def revoke_page(passkey):
    return f"/profile/passkeys/{passkey.pk}/revoke/"


def test_a_passkey_is_added_and_listed(hana, cast):
    options = asked(hana.get(ADD), "create")
    key = Authenticator()

    response = hana.post(
        ADD,
        {"name": "Laptop", "password": PASSWORD, "enrolment": key.enrol(challenge_of(options))},
    )

    assert response.url == "/profile/"
    page = hana.get("/profile/").content.decode()
    assert "Laptop" in page
    assert "not used yet" in page
    assert "You sign with your passkey." in page


def test_the_page_says_that_javascript_is_needed_and_keeps_the_name(hana):
    page = hana.get(ADD).content.decode()

    response = hana.post(ADD, {"name": "Laptop", "password": PASSWORD})

    assert "<noscript>" in page
    assert response.status_code == 422
    assert "Passkeys need JavaScript" in response.content.decode()
    assert 'value="Laptop"' in response.content.decode()


def test_a_wrong_password_adds_nothing(hana):
    options = asked(hana.get(ADD), "create")
    answer = Authenticator().enrol(challenge_of(options))

    response = hana.post(ADD, {"name": "x", "password": "wrong", "enrolment": answer})

    assert response.status_code == 422
    assert "This is not your password" in response.content.decode()
    assert not Passkey.objects.exists()


def test_who_has_an_app_types_its_code_too(hana, cast, phone):
    secret = make_second_factor(cast.hana, at=now())
    phone.wait_for_next_code()
    options = asked(hana.get(ADD), "create")
    answer = Authenticator().enrol(challenge_of(options))
    typed = {"name": "x", "password": PASSWORD, "enrolment": answer}

    without = hana.post(ADD, typed)
    options = asked(without, "create")
    typed["enrolment"] = Authenticator().enrol(challenge_of(options))
    response = hana.post(ADD, {**typed, "code": totp_code(secret)})

    assert without.status_code == 422
    assert response.url == "/profile/"


def test_the_number_is_used_once(hana):
    answer = Authenticator().enrol(challenge_of(asked(hana.get(ADD), "create")))
    hana.post(ADD, {"name": "x", "password": "wrong", "enrolment": answer})

    response = hana.post(ADD, {"name": "x", "password": PASSWORD, "enrolment": answer})

    assert response.status_code == 422
    assert "made no passkey for this page" in response.content.decode()


def test_a_second_passkey_is_added_by_the_first(hana, cast):
    first = give_passkey(cast.hana, now())
    page = hana.get(ADD)
    challenge = challenge_of(asked(page, "get"))
    second = Authenticator(credential_id=b"second")

    response = hana.post(
        ADD,
        {"name": "Key", "assertion": first.sign(challenge), "enrolment": second.enrol(challenge)},
    )

    assert b'name="password"' not in page.content
    assert response.url == "/profile/"
    assert [one.name for one in passkeys_of(cast.hana)] == ["Laptop", "Key"]


def test_no_passkey_is_offered_where_browsers_give_none(hana, client, settings):
    settings.BASE_URL = "http://counterpart.example"

    page = hana.get(ADD).content.decode()
    hana.logout()

    assert "begins with https" in page
    assert "data-passkey" not in page
    assert "Continue with a passkey" not in client.get("/sign-in/").content.decode()
    assert client.get(ENTER).status_code == 422


def test_the_page_says_what_revoking_means_and_then_it_is_gone(hana, cast):
    key = give_passkey(cast.hana, now())
    place = revoke_page(Passkey.objects.get())
    page = hana.get(place)
    challenge = challenge_of(asked(page, "get"))

    response = hana.post(place, {"assertion": key.sign(challenge)})

    assert "What you signed with it stays signed." in page.content.decode()
    assert "until you add another you cannot sign" in page.content.decode()
    assert response.url == "/profile/"
    assert "You have none left" in hana.get("/profile/").content.decode()
    assert hana.get(place).status_code == 404


def test_nobody_revokes_by_another_answer_or_without_one(hana, cast):
    key = give_passkey(cast.hana, now())
    place = revoke_page(Passkey.objects.get())
    hana.get(place)

    assert hana.post(place, {"assertion": key.sign(b"x" * 32)}).status_code == 422
    assert hana.post(place, {}).status_code == 422
    assert len(passkeys_of(cast.hana)) == 1


def test_a_passkey_of_a_former_address_is_revoked_by_password(hana, cast, settings):
    give_passkey(cast.hana, now())
    settings.BASE_URL = "https://counterpart.example"
    place = revoke_page(Passkey.objects.get())

    page = hana.get(place)
    wrong = hana.post(place, {"password": "wrong"})
    response = hana.post(place, {"password": PASSWORD})

    assert b"data-passkey" not in page.content
    assert wrong.status_code == 422
    assert response.url == "/profile/"


def test_one_comes_in_with_a_passkey_alone(client, cast):
    key = give_passkey(cast.hana, now())
    options = client.get(ENTER).json()

    answer = key.sign(challenge_of(options))
    response = client.post(f"{ENTER}?next=/profile/", {"assertion": answer})

    assert options["allowCredentials"] == []
    assert options["userVerification"] == "required"
    assert (response.status_code, response.url) == (302, "/profile/")
    assert client.get("/profile/").status_code == 200
    assert last_entry().kind == Kind.SIGNED_IN
    assert b'"method":"passkey"' in bytes(last_entry().body)
    assert client.get(ENTER).url == "/"


@pytest.mark.usefixtures("phone")
def test_a_passkey_asks_for_no_code_of_an_app(client, cast):
    key = give_passkey(cast.hana, now())
    make_second_factor(cast.hana, at=now())

    answer = key.sign(challenge_of(client.get(ENTER).json()))

    assert client.post(ENTER, {"assertion": answer}).url == "/"
    assert client.get("/profile/").status_code == 200


def test_an_answer_lets_nobody_in_twice(client, cast):
    key = give_passkey(cast.hana, now(), counts=False)
    answer = key.sign(challenge_of(client.get(ENTER).json()))
    client.post(ENTER, {"assertion": answer})
    client.logout()

    response = client.post(ENTER, {"assertion": answer})

    assert response.status_code == 422
    assert "answered to something else" in response.content.decode()
    assert client.get("/profile/").status_code == 302


def test_who_has_left_is_not_let_in(client, cast):
    key = give_passkey(cast.otto, now())
    deactivate_person(actor=cast.ada, user=cast.otto, at=now())
    answer = key.sign(challenge_of(client.get(ENTER).json()))

    assert client.post(ENTER, {"assertion": answer}).status_code == 422
    assert last_entry().kind == Kind.SIGN_IN_FAILED
