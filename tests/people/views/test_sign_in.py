from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.urls import NoReverseMatch, reverse

from journal.clock import now
from journal.kinds import Kind
from journal.models import Entry
from people.choices import Office
from people.models import OfficeTerm
from people.operations.accounts import renew_recovery_codes
from people.operations.offices import take_office
from people.operations.persons import add_person, deactivate_person
from tests.authenticator import give_passkey
from tests.cast import PASSWORD
from tests.make import make_second_factor, proof_of, totp_code
from tests.people.journal_reading import kinds_since, last_entry
from tests.people.views.test_passkeys import challenge_of

pytestmark = pytest.mark.django_db

WRONG = "E-mail and password do not fit."


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post("/sign-in/", {"login": email, "password": password}, **extra)


def is_signed_in(client):
    return client.get("/profile/").status_code == 200


def test_the_page_asks_for_email_and_password(client, cast):
    response = client.get("/sign-in/")

    assert response.status_code == 200
    assert b'autocomplete="username"' in response.content
    assert b'autocomplete="current-password"' in response.content


def test_the_right_password_signs_in_whatever_the_case_of_the_email(client, cast):
    response = sign_in(client, "ERIN@Example.com")

    assert (response.status_code, response.url) == (302, "/")
    assert is_signed_in(client)
    assert last_entry().kind == Kind.SIGNED_IN
    assert b'"method":"password"' in bytes(last_entry().body)


def test_one_goes_on_to_where_one_was_going_and_nowhere_else(client, cast):
    ours = client.post("/sign-in/?next=/profile/", {"login": cast.erin.email, "password": PASSWORD})
    client.logout()
    theirs = client.post(
        "/sign-in/?next=https://evil.example/", {"login": cast.erin.email, "password": PASSWORD}
    )

    assert ours.url == "/profile/"
    assert theirs.url == "/"


def test_a_wrong_password_an_unknown_account_and_a_leaver_get_the_same_answer(client, cast):
    deactivate_person(actor=cast.ada, user=cast.otto, at=now())
    answers = [
        sign_in(client, cast.erin.email, "wrong-password"),
        sign_in(client, "nobody@example.com"),
        sign_in(client, cast.otto.email),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert all(WRONG in answer.content.decode() for answer in answers)
    assert not is_signed_in(client)
    assert kinds_since(Entry.objects.count() - 3) == [Kind.SIGN_IN_FAILED] * 3


def test_who_has_no_password_cannot_sign_in(client, cast):
    add_person(actor=cast.ada, email="n@example.com", name="N", title="", zone="UTC", at=now())

    assert sign_in(client, "n@example.com", "").status_code == 422
    assert sign_in(client, "n@example.com", "anything").status_code == 422


@pytest.mark.parametrize("email", ["erin@example.com", "nobody@example.com"])
def test_the_sixth_try_waits_whether_anybody_has_the_account_or_not(client, cast, email):
    for _ in range(5):
        sign_in(client, email, "wrong-password")

    response = sign_in(client, email)

    assert response.status_code == 429
    assert "Too many tries. Wait 15 minutes" in response.content.decode()
    assert not is_signed_in(client)


def test_another_address_does_not_help_and_a_forged_one_changes_nothing(client, cast):
    for number in range(5):
        sign_in(
            client,
            cast.erin.email,
            "wrong-password",
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )

    response = sign_in(client, cast.erin.email, REMOTE_ADDR="192.0.2.7")

    assert response.status_code == 429


def test_one_address_guessing_at_many_accounts_waits_though_its_claims_differ(client, cast):
    for number in range(20):
        sign_in(
            client,
            f"guess{number}@example.com",
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )

    assert sign_in(client, cast.erin.email).status_code == 429
    assert sign_in(client, cast.erin.email, REMOTE_ADDR="192.0.2.7").status_code == 302


@pytest.mark.parametrize(
    "posted",
    [{}, {"login": "x"}, {"login": "a" * 10_000, "password": "b" * 10_000}, {"login": "\x00@x.de"}],
)
def test_nonsense_is_a_field_error(client, cast, posted):
    assert client.post("/sign-in/", posted).status_code == 422


def test_with_an_app_the_code_is_asked_for_before_anything_is_shown(client, cast, phone):
    secret = make_second_factor(cast.hana, at=now())
    phone.wait_for_next_code()

    first = sign_in(client, cast.hana.email)
    between = is_signed_in(client)
    second = client.post("/sign-in/code/", {"code": totp_code(secret)})

    assert first.url == "/sign-in/code/"
    assert not between
    assert second.status_code == 302
    assert is_signed_in(client)
    assert b'"method":"password+code"' in bytes(last_entry().body)


def test_a_recovery_code_signs_in_once(client, cast, phone):
    make_second_factor(cast.hana, at=now())
    code = renew_recovery_codes(user=cast.hana, proof=proof_of(cast.hana, now()), at=now())[0]

    sign_in(client, cast.hana.email)
    once = client.post("/sign-in/code/", {"code": code})
    client.logout()
    sign_in(client, cast.hana.email)
    twice = client.post("/sign-in/code/", {"code": code})

    assert (once.status_code, twice.status_code) == (302, 422)


@pytest.mark.parametrize("posted", [{}, {"code": ""}, {"code": "000000000"}, {"credential": "x"}])
def test_a_wrong_code_is_refused_and_remembered(client, cast, phone, posted):
    make_second_factor(cast.hana, at=now())
    sign_in(client, cast.hana.email)

    response = client.post("/sign-in/code/", posted)

    assert response.status_code == 422
    assert last_entry().kind == Kind.SIGN_IN_FAILED
    assert not is_signed_in(client)


def test_codes_cannot_be_guessed_at(client, cast, phone):
    secret = make_second_factor(cast.hana, at=now())
    phone.wait_for_next_code()
    sign_in(client, cast.hana.email)
    for _ in range(4):
        client.post("/sign-in/code/", {"code": "000000"})

    response = client.post("/sign-in/code/", {"code": totp_code(secret)})

    assert response.status_code == 429


def test_who_leaves_between_password_and_code_does_not_get_in(client, cast, phone):
    secret = make_second_factor(cast.hana, at=now())
    phone.wait_for_next_code()
    sign_in(client, cast.hana.email)
    deactivate_person(actor=cast.ada, user=cast.hana, at=now() + timedelta(seconds=1))

    client.post("/sign-in/code/", {"code": totp_code(secret)})

    assert not is_signed_in(client)


def test_the_code_page_leads_back_without_a_password(client, cast):
    assert client.get("/sign-in/code/").status_code == 302


def test_somebody_else_can_sign_in_instead_of_giving_the_code(client, cast, phone):
    make_second_factor(cast.hana, at=now())
    sign_in(client, cast.hana.email)

    client.post("/sign-out/")

    assert sign_in(client, cast.erin.email).url == "/"


def test_signing_out_ends_the_session_and_is_remembered(client, cast):
    sign_in(client, cast.erin.email)

    response = client.post("/sign-out/")

    assert response.url == "/sign-in/"
    assert not is_signed_in(client)
    assert last_entry().kind == Kind.SIGNED_OUT
    assert not UserSession.objects.filter(user=cast.erin).exists()


def test_a_form_sent_after_the_session_ended_is_given_back_and_leads_back_to_its_page(client, cast):
    sign_in(client, cast.erin.email)
    client.post("/sign-out/")
    ours = {"origin": "http://testserver", "referer": "http://testserver/notes/new/"}
    typed = {"title": "Night shifts", "text": "Nobody plans them.", "password": PASSWORD}

    given_back = client.post("/notes/new/", typed, headers=ours | {"host": "testserver"})

    body = given_back.content.decode()
    assert given_back.status_code == 401
    assert "Nobody plans them." in body
    assert PASSWORD not in body
    way_in = "/sign-in/?next=%2Fnotes%2Fnew%2F"
    assert f'href="{way_in}"' in body
    signs_in = {"login": cast.erin.email, "password": PASSWORD}
    assert client.post(way_in, signs_in).url == "/notes/new/"
    assert client.get("/notes/new/").status_code == 200


def test_a_link_cannot_sign_anybody_out(client, cast):
    client.force_login(cast.erin)

    response = client.get("/sign-out/")

    assert response.status_code == 405
    assert 'href="/"' in response.content.decode()
    assert is_signed_in(client)


def test_a_new_session_key_comes_with_the_sign_in(client, cast):
    client.get("/sign-in/")
    session = client.session
    session["before"] = "1"
    session.save()
    client.cookies["sessionid"] = session.session_key
    before = session.session_key

    sign_in(client, cast.erin.email)

    assert client.session.session_key != before


def test_the_chosen_colours_come_with_the_sign_in(client, cast):
    cast.erin.theme = "dark"
    cast.erin.save(update_fields=["theme"])

    assert sign_in(client, cast.erin.email).cookies["theme"].value == "dark"


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "usersessions_list",
        "account_inactive",
    ],
)
def test_nothing_of_allauth_is_mounted_that_we_do_not_style(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_before_founding_nobody_gets_in_and_the_page_leads_to_founding(client):
    assert client.get("/sign-in/").url == "/found/"
    assert sign_in(client, "ada@example.com").url == "/found/"


@pytest.fixture
def auditor(cast):
    """Somebody who came to check for a while, and is signed out when that is over."""
    came = now() - timedelta(days=40)
    person = add_person(
        actor=cast.ada,
        email="nora@example.com",
        name="Nora Wu",
        title="Auditor",
        zone="UTC",
        at=came,
        password=PASSWORD,
    )
    take_office(
        actor=cast.ada,
        user=person,
        office=Office.AUDITOR,
        title="Auditor",
        at=came,
        ends_at=now() + timedelta(days=1),
    )
    return person


def test_the_login_of_an_auditor_ends_with_the_term_and_says_so(client, auditor):
    sign_in(client, auditor.email)
    assert is_signed_in(client)
    ended = now() - timedelta(days=2)
    OfficeTerm.objects.filter(user=auditor).update(ends_at=ended)

    signed_out = not is_signed_in(client)
    page = client.post(
        "/sign-in/", {"login": auditor.email, "password": PASSWORD}, follow=True
    ).content.decode()

    assert signed_out
    assert f"Your time as auditor ended on {ended:%-d %B %Y}" in page
    assert not is_signed_in(client)
    assert last_entry().kind == Kind.SIGN_IN_FAILED


def test_a_passkey_opens_no_login_that_is_closed(client, auditor):
    key = give_passkey(auditor, now())
    OfficeTerm.objects.filter(user=auditor).update(ends_at=now() - timedelta(days=2))

    answer = key.sign(challenge_of(client.get("/sign-in/passkey/").json()))
    response = client.post("/sign-in/passkey/", {"assertion": answer})

    assert response.url == "/sign-in/"
    assert not is_signed_in(client)
