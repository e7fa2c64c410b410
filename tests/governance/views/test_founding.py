import pytest
from django.conf import settings

from journal.kinds import Kind
from journal.models import Entry, Installation
from people.choices import Office
from people.models import OfficeTerm, User
from people.operations.founding import founding_code
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

FOUND = "/found/"


def typed(**changes):
    return {
        "code": founding_code(),
        "organisation": "Harrowgate",
        "zone": "Europe/Berlin",
        "currency": "eur",
        "working_days": ["7", "1", "2", "3", "4"],
        "fiscal_month": "7",
        "name": "Ada Administrator",
        "title": "",
        "email": "ada@example.com",
        "password": PASSWORD,
        "again": PASSWORD,
        **changes,
    }


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/portfolio/", "/profile/"])
def test_every_page_of_an_unfounded_installation_leads_to_founding(client, path):
    response = client.get(path, follow=True)

    assert response.redirect_chain[-1] == (FOUND, 302)
    assert b"Whose register is" in response.content


def test_a_sign_in_is_led_there_too_and_the_watchman_is_not(client):
    assert client.post("/sign-in/", {"login": "a", "password": "b"}).url == FOUND
    assert client.get("/health/").status_code == 200


def test_whoever_came_with_the_cookie_of_an_older_installation_is_led_there(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "0" * 32

    assert client.get("/", follow=True).redirect_chain[-1] == (FOUND, 302)


def test_the_page_founds_and_its_founder_is_in(client):
    response = client.post(FOUND, typed())

    assert (response.status_code, response.url) == (302, "/")
    ours = Installation.objects.get()
    assert (ours.name, ours.zone, ours.currency) == ("Harrowgate", "Europe/Berlin", "EUR")
    assert (ours.working_days, ours.fiscal_month) == ("12347", 7)
    assert OfficeTerm.objects.get().office == Office.ADMINISTRATOR
    assert Entry.objects.filter(kind=Kind.SIGNED_IN).count() == 1
    assert client.get("/").status_code == 200


def test_once_founded_there_is_no_such_page(client):
    client.post(FOUND, typed())
    client.logout()

    assert client.get(FOUND).status_code == 404
    assert client.post(FOUND, typed(email="eve@example.com")).status_code == 404
    assert User.objects.count() == 1


def test_without_the_code_nobody_founds(client):
    response = client.post(FOUND, typed(code="ABCD-EFGH-IJKL-MNOP"))

    assert response.status_code == 422
    assert b"not the founding code" in response.content
    assert not Installation.objects.exists()


def test_the_code_may_be_typed_carelessly(client):
    careless = founding_code().replace("-", " ").lower()

    assert client.post(FOUND, typed(code=careless)).status_code == 302


@pytest.mark.untraced
def test_guessing_codes_is_made_to_wait(client):
    answers = [client.post(FOUND, typed(code=f"guess {n}")).status_code for n in range(21)]

    assert answers == [422] * 20 + [429]
    assert client.post(FOUND, typed()).status_code == 429


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"currency": "1$"}, "three letters"),
        ({"again": "something else here"}, "The two are different."),
        ({"password": "short", "again": "short"}, "too short"),
        ({"zone": "Mars/Olympus"}, "valid choice"),
        ({"email": "ada"}, "valid email"),
        ({"organisation": ""}, "required"),
        ({"working_days": []}, "required"),
        ({"working_days": ["8"]}, "not one of the available choices"),
        ({"fiscal_month": "13"}, "not one of the available choices"),
    ],
)
def test_what_does_not_do_is_said_and_founds_nothing(client, changes, said):
    response = client.post(FOUND, typed(**changes))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Installation.objects.exists()
