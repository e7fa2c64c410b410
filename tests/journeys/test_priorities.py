"""Two sides score apart in two browsers, both are shown at once, and the quarter takes it on."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from journal.clock import now
from tests.browser import screenshot
from tests.gates import company, make_world
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

TALK = "We count the hours of one depot first, and look again."


def test_scored_apart_shown_together_ranked_and_shortlisted(enter):
    at = now() - timedelta(days=1)
    world = make_world(at, cast=company(at))
    tariq, petra = enter(world.cast.tariq), enter(world.cast.petra)

    steps.score(tariq, "AI-001", Value="1")
    steps.told(tariq, "Saved. The other side sees none of it yet.", "scores-waiting")
    petra.goto("/priorities/")
    steps.told(petra, "6 of 6")
    expect(petra.locator("body")).not_to_contain_text("Both sides are shown")
    petra.get_by_role("link", name="Dispatch helper").click()
    steps.heading(petra, "Score it apart", "scores-form")
    steps.told(petra, "both are shown and fixed")
    expect(petra.locator("input[type=radio]:checked")).to_have_count(0)

    steps.score(petra, "AI-001", Value="5")
    steps.told(petra, "Both sides are shown now, and fixed.", "scores-shown")
    steps.heading(petra, "One wide difference")
    talk_over(petra)
    tariq.reload()
    steps.told(tariq, TALK)
    expect(tariq.get_by_role("button", name="Save the scores")).to_have_count(0)

    hana, ivo = enter(world.cast.hana), enter(world.cast.ivo)
    shortlist(ivo)
    agree(hana)
    hana.goto("/portfolio/")
    steps.told(hana, "Shortlisted for")


def talk_over(page: Page) -> None:
    page.get_by_label("What you talked over").fill(TALK)
    page.get_by_role("button", name="Keep it").click()
    steps.told(page, TALK, "scores-talked")


def shortlist(page: Page) -> None:
    page.goto("/priorities/")
    steps.heading(page, "One scored.", "priorities")
    expect(page.get_by_role("link", name="1. Dispatch helper: Technology sees it")).to_be_visible()
    page.get_by_role("link", name="Shortlist a quarter").click()
    page.get_by_label("1. Dispatch helper, AI-001").check()
    page.get_by_role("button", name="Propose it to the other side").click()
    steps.told(page, "Proposed. It counts once the other side agrees.")
    expect(page.get_by_role("button", name="Give your word")).to_have_count(0)


def agree(page: Page) -> None:
    page.goto("/priorities/shortlist/")
    page.get_by_label("We agree").check()
    page.get_by_role("button", name="Give your word").click()
    steps.told(page, "Agreed by both.", "shortlist-agreed")
    screenshot(page, "shortlist")
