import pytest

from journal.clock import now
from people.factors import passkeys_of
from people.models import Passkey, StolenReport
from tests.authenticator import give_passkey
from tests.cast import PASSWORD
from tests.make import make_second_factor

pytestmark = pytest.mark.django_db

OWN = "/profile/stolen/"


@pytest.fixture
def hana(client, cast):
    client.force_login(cast.hana)
    return client


def test_the_page_says_what_happens_and_then_it_does(hana, cast):
    give_passkey(cast.hana, now())
    passkey = Passkey.objects.get()

    page = hana.get(OWN).content.decode()
    response = hana.post(OWN, {"means": f"passkey-{passkey.pk}"})

    assert "Every signature of yours on a gate that is not decided yet is void" in page
    assert "“Laptop”" in page
    assert response.url == "/sign-in/"
    assert "opens nothing more" in hana.get("/sign-in/").content.decode()
    assert passkeys_of(cast.hana) == []
    assert hana.get("/profile/").status_code == 302
    cast.hana.refresh_from_db()
    hana.force_login(cast.hana)
    assert "Two people let you add one again" in hana.get("/profile/").content.decode()


def test_who_has_nothing_to_lose_is_told_so(hana):
    page = hana.get(OWN).content.decode()

    assert "neither a passkey nor an app" in page
    assert hana.post(OWN, {"means": "password"}).status_code == 422


@pytest.mark.usefixtures("phone")
def test_an_app_is_reported(hana, cast):
    make_second_factor(cast.hana, at=now())

    assert hana.post(OWN, {"means": "app"}).url == "/sign-in/"
    assert StolenReport.objects.get().means == "app"


def test_somebody_elses_passkey_is_not_on_the_list(hana, cast):
    give_passkey(cast.ivo, now())

    assert hana.post(OWN, {"means": f"passkey-{Passkey.objects.get().pk}"}).status_code == 422


def test_an_administrator_reports_it_for_somebody(client, cast):
    give_passkey(cast.hana, now())
    client.force_login(cast.ada)
    place = f"/settings/people/{cast.hana.pk}/stolen/"

    page = client.get(place).content.decode()
    response = client.post(place, {"means": f"passkey-{Passkey.objects.get().pk}"})

    assert "Passkey 1 of 1" in page
    assert "Laptop" not in page
    assert response.url == "/settings/people/"
    assert StolenReport.objects.get().by == cast.ada


def test_an_administrator_shuts_nobody_out_for_good(client, cast):
    client.force_login(cast.ada)

    response = client.post(f"/settings/people/{cast.hana.pk}/stolen/", {"means": "password"})

    assert response.status_code == 422
    assert "could not come in again" in response.content.decode()


def test_an_administrator_reports_what_is_their_own_on_their_own_page(client, cast):
    client.force_login(cast.ada)

    response = client.post(f"/settings/people/{cast.ada.pk}/stolen/", {"means": "password"})

    assert response.url == "/profile/stolen/"
    assert not StolenReport.objects.exists()


def test_a_known_password_is_changed_and_said_so(hana, cast):
    new = "another-tally-of-halves"

    hana.post(
        "/profile/password/",
        {"password": PASSWORD, "new": new, "again": new, "is_stolen": "on"},
    )

    assert StolenReport.objects.get().means == "password"
