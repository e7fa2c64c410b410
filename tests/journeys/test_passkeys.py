"""A passkey from its first day on: added, come in with, signed with. And what to do without."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from governance.models import Signature
from journal.clock import now
from tests.browser import axe_problems
from tests.cast import PASSWORD
from tests.gates import make_review
from tests.journeys import steps
from tests.journeys.conftest import give_session

pytestmark = pytest.mark.django_db(transaction=True)

OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@contextmanager
def finger(page: Page) -> Iterator[None]:
    """Give a window Chromium's own authenticator, with somebody's finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})
    yield
    session.detach()


def test_a_passkey_is_added_and_signs_in_and_signs_a_gate(page_js, live_server, settings):
    settings.BASE_URL = "https://counterpart.example"
    world, _ = make_review(now() - timedelta(days=1))
    give_session(page_js, world.cast.hana, live_server.url)
    page_js.goto("/profile/passkeys/add/")
    expect(page_js.get_by_text("Passkeys work here only under")).to_be_visible()
    assert not axe_problems(page_js)
    settings.BASE_URL = live_server.url
    with finger(page_js):
        add_passkey(page_js)
        page_js.get_by_role("button", name="Account menu").click()
        page_js.get_by_role("button", name="Sign out", exact=True).click()
        come_in(page_js)
        sign(page_js)
    assert Signature.objects.get().step_up["level"] == "L3"


def add_passkey(page: Page) -> None:
    page.goto("/profile/")
    page.get_by_role("link", name="Add a passkey").click()
    steps.heading(page, "Add a passkey.", "passkey-add")
    assert not axe_problems(page)
    page.get_by_label("What you call it").fill("Work laptop")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    steps.told(page, "Your passkey is added.", "passkey-added")
    steps.told(page, "You sign with your passkey.")


def come_in(page: Page) -> None:
    steps.heading(page, "Sign in", "passkey-sign-in")
    page.get_by_role("button", name="Continue with a passkey").click()
    expect(page).to_have_title("Home · Counterpart")


def sign(page: Page) -> None:
    steps.go_and_read(page)
    steps.begin_signing(page)
    assert not axe_problems(page)
    steps.heading(page, steps.WHO, "passkey-step-up")
    expect(page.get_by_label("Your password")).to_have_count(0)
    page.get_by_role("button", name="Use your passkey to sign").click()
    steps.told(page, "You have signed for People.", "passkey-signed")
