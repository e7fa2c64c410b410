"""The CIO is on holiday: somebody signs in the place of the office, and the seal says so."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from journal.clock import now
from journal.verification import verify
from tests.cast import PASSWORD
from tests.gates import make_review
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = "Max Weber for Ivo Brandt"


def test_the_cio_is_on_holiday(enter):
    world, round_ = make_review(now() - timedelta(days=2))
    ivo, delegate, hana = map(enter, (world.cast.ivo, world.cast.max, world.cast.hana))

    ask(ivo)
    take_on(delegate)
    steps.sign(delegate, "As Ivo would.")
    steps.told(delegate, "You have signed for Technology.")
    hana.goto(f"/gates/{round_.pk}/")
    steps.told(hana, BOTH, "holiday-gate")
    steps.sign(hana)

    steps.heading(hana, "Gate 1 is closed", "holiday-sealed")
    expect(hana.locator(".leaf.tech")).to_contain_text(BOTH)
    assert [*verify()] == []


def ask(ivo: Page) -> None:
    """From one's own profile: ask somebody to sign for two weeks."""
    ivo.goto("/profile/")
    ivo.get_by_role("link", name="See or ask").click()
    steps.heading(ivo, "Somebody signs for")
    ivo.get_by_role("link", name="Ask somebody to sign").click()
    steps.heading(ivo, "Who signs for", "holiday-ask")
    ivo.get_by_label("Who signs for you").select_option(label="Max Weber, Dispatch manager")
    ivo.get_by_label("Why").fill("I am on leave, without a telephone.")
    ivo.get_by_label("Your password").fill(PASSWORD)
    ivo.get_by_role("button", name="Ask this person").click()
    steps.told(ivo, "It counts once taken on.", "holiday-asked")


def take_on(delegate: Page) -> None:
    """From home: read what is asked, and take it on."""
    delegate.goto("/")
    steps.heading(delegate, "Ivo Brandt asks you", "holiday-home-asked")
    delegate.get_by_role("link", name="asks you to sign in their place").click()
    steps.heading(delegate, BOTH, "holiday-answer")
    delegate.get_by_role("button", name="I take it on").click()
    steps.told(delegate, "Taken on.")
    delegate.goto("/")
    steps.heading(delegate, "One gate needs your", "holiday-home")
