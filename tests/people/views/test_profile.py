import pytest
from allauth.usersessions.models import UserSession
from django.forms import Select
from django.test import Client
from pytest_django.asserts import assertHTMLEqual

from journal.clock import now
from journal.kinds import Kind
from people.forms.fields import LongSelect
from people.operations.identity import has_second_factor
from tests.cast import PASSWORD
from tests.make import make_second_factor, totp_code
from tests.people.journal_reading import last_entry

pytestmark = pytest.mark.django_db

NEW = "another-tally-of-halves"


@pytest.fixture
def erin(client, cast):
    """Erin, signed in here as people do it, so that the session is listed."""
    client.post("/sign-in/", {"login": cast.erin.email, "password": PASSWORD})
    return cast.erin


def elsewhere(person):
    browser = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140"})
    browser.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    return browser


def is_signed_in(browser):
    return browser.get("/profile/").status_code == 200


def profile(person, **changes):
    return {
        "name": person.name,
        "title": person.title,
        "zone": person.zone,
        "theme": person.theme,
        **changes,
    }


def test_a_profile_is_saved_and_its_colours_are_kept_in_this_browser(client, erin):
    response = client.post("/profile/", profile(erin, theme="dark", zone="Asia/Tokyo"))

    erin.refresh_from_db()
    assert response.status_code == 302
    assert (erin.theme, erin.zone) == ("dark", "Asia/Tokyo")
    assert response.cookies["theme"].value == "dark"
    assert b'data-theme="dark"' in client.get("/profile/").content


def test_a_profile_saved_unchanged_leaves_no_entry(client, erin):
    before = last_entry().seq

    assert client.post("/profile/", profile(erin)).status_code == 302
    assert last_entry().seq == before


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 10_000},
        {"name": "a\x00b"},
        {"name": "\u3164"},
        {"zone": "Nowhere/Land"},
        {"theme": "sepia"},
    ],
)
def test_what_does_not_do_is_said_at_its_field_and_kept(client, erin, changes):
    response = client.post("/profile/", profile(erin, **changes))

    assert response.status_code == 422
    assert b"There is a problem" in response.content
    erin.refresh_from_db()
    assert erin.name == "Erin Doyle"


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "=cmd()", "🦉 Eule", "مها", 'O\'Neil "Q"']
)
def test_a_strange_name_is_shown_as_it_is_and_runs_nothing(client, erin, name):
    assert client.post("/profile/", profile(erin, name=name)).status_code == 302

    content = client.get("/profile/").content
    assert b"<script>alert" not in content
    erin.refresh_from_db()
    assert erin.name == name


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client, erin):
    other = elsewhere(erin)

    response = client.post("/profile/password/", {"password": PASSWORD, "new": NEW, "again": NEW})

    assert response.status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert UserSession.objects.filter(user=erin).count() == 1
    assert last_entry().kind == Kind.PASSWORD_CHANGED


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"password": "wrong-password", "new": NEW, "again": NEW},
        {"password": PASSWORD, "new": NEW, "again": "something-else"},
        {"password": PASSWORD, "new": "short", "again": "short"},
        {"password": PASSWORD, "new": PASSWORD, "again": PASSWORD},
    ],
)
def test_a_password_is_not_changed_without_the_old_one_and_a_good_new_one(client, erin, posted):
    response = client.post("/profile/password/", posted)

    assert response.status_code == 422
    erin.refresh_from_db()
    assert erin.check_password(PASSWORD)


def test_guessing_the_old_password_at_the_change_is_throttled(client, erin):
    guess = {"password": "wrong-password", "new": NEW, "again": NEW}
    for _ in range(5):
        client.post("/profile/password/", guess)

    assert client.post("/profile/password/", {**guess, "password": PASSWORD}).status_code == 429


def new_secret(client):
    client.get("/profile/second-factor/add/")
    return client.session["people.new_totp_secret"]


@pytest.mark.usefixtures("phone")
def test_an_app_is_added_and_its_recovery_codes_are_shown_once(client, erin):
    secret = new_secret(client)

    response = client.post(
        "/profile/second-factor/add/", {"code": totp_code(secret), "password": PASSWORD}
    )

    assert response.status_code == 200
    assert b"Recovery codes" in response.content
    assert "no-store" in response["Cache-Control"]
    assert has_second_factor(erin)
    assert "people.new_totp_secret" not in client.session
    assert client.get("/profile/second-factor/add/").status_code == 302


def test_the_page_shows_one_secret_until_it_is_used(client, erin):
    assert new_secret(client) == new_secret(client)


@pytest.mark.usefixtures("phone")
@pytest.mark.parametrize("field", ["code", "password"])
def test_an_app_is_not_added_without_both(client, erin, field):
    posted = {"code": totp_code(new_secret(client)), "password": PASSWORD}

    response = client.post("/profile/second-factor/add/", {**posted, field: "wrong"})

    assert response.status_code == 422
    assert not has_second_factor(erin)


@pytest.mark.parametrize("address", ["remove", "codes"])
def test_removing_the_app_and_new_codes_take_password_and_code(client, erin, phone, address):
    secret = make_second_factor(erin, at=now())
    phone.wait_for_next_code()
    page = f"/profile/second-factor/{address}/"

    without = client.post(page, {"password": PASSWORD, "code": "000000"})
    posted = client.post(page, {"password": PASSWORD, "code": totp_code(secret)})

    assert without.status_code == 422
    assert posted.status_code == (302 if address == "remove" else 200)
    assert has_second_factor(erin) == (address == "codes")


@pytest.mark.parametrize("address", ["remove", "codes"])
def test_without_an_app_these_pages_lead_back(client, erin, address):
    assert client.get(f"/profile/second-factor/{address}/").url == "/profile/"


def test_sessions_are_listed_and_one_can_be_ended(client, erin):
    other = elsewhere(erin)
    listed = client.get("/profile/").content.decode()
    theirs = UserSession.objects.get(session_key=other.session.session_key)

    response = client.post(f"/profile/sessions/{theirs.pk}/end/")

    assert "Firefox on Linux" in listed
    assert "2\xa0sessions" in listed
    assert response.status_code == 302
    assert not is_signed_in(other)
    assert is_signed_in(client)


def test_somebody_elses_session_is_not_there_to_end(client, erin, cast):
    other = elsewhere(cast.hana)
    theirs = UserSession.objects.get(user=cast.hana)

    assert client.post(f"/profile/sessions/{theirs.pk}/end/").status_code == 404
    assert is_signed_in(other)


def test_signing_out_everywhere_ends_every_session_here_too(client, erin):
    other = elsewhere(erin)

    response = client.post("/profile/sessions/end/")

    assert response.url == "/sign-in/"
    assert not is_signed_in(client)
    assert not is_signed_in(other)


def test_a_cached_session_is_worthless_after_signing_out_everywhere(client, erin):
    """A reader may cache a session again while it is being ended: its fingerprint is wrong."""
    kept = dict(client.session.items())
    client.post("/profile/sessions/end/")
    again = Client()
    session = again.session
    session.update(kept)
    session.save()
    again.cookies["sessionid"] = session.session_key

    assert not is_signed_in(again)


@pytest.mark.parametrize("chosen", ["Europe/Berlin", "<b>", "", None])
def test_the_list_of_zones_reads_as_djangos_own_would(chosen):
    choices, attrs = [("", "None"), ("Europe/Berlin", "Berlin"), ("<b>", "<i>")], {"id": "id_zone"}

    found = LongSelect(choices=choices).render("zone", chosen, attrs)

    assertHTMLEqual(found, Select(choices=choices).render("zone", chosen, attrs))
