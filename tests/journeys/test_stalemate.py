"""The two disagree and the sponsor sends it back: both are heard, and what they said stays."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from governance.models import Round
from journal.clock import now
from journal.verification import verify
from tests.browser import axe_problems, screenshot
from tests.gates import make_review
from tests.governance.stalemates import DISSENT, REASON, fall_silent
from tests.journeys import steps
from tests.journeys.conftest import give_session

pytestmark = pytest.mark.django_db(transaction=True)

VIEW = "We hold that the appeal can be built while the pilot runs, and have signed."


def test_the_two_disagree_and_the_sponsor_recycles(page_js, page_nojs, live_server):
    sent = now() - timedelta(days=25)
    world, round_ = make_review(sent)
    fall_silent(world, round_, at=sent)
    gate = f"/gates/{round_.pk}/"

    give_session(page_nojs, world.cast.hana, live_server.url)
    state(page_nojs, gate, DISSENT, "stalemate-people")
    give_session(page_js, world.cast.ivo, live_server.url)
    state(page_js, gate, VIEW, "stalemate-technology")
    give_session(page_js, world.cast.cleo, live_server.url)
    send_back(page_js)

    expect(page_js.get_by_text("What the sponsor decided")).to_be_visible()
    both_are_heard(page_js)
    page_nojs.goto(gate)
    steps.told(page_nojs, REASON, "stalemate-afterwards")
    both_are_heard(page_nojs)
    page_nojs.get_by_role("link", name="Go to round 2").click()
    steps.told(page_nojs, "in preparation")
    assert Round.objects.get(n=2).state == "draft"
    assert [*verify()] == []


def state(page: Page, gate: str, words: str, picture: str) -> None:
    """On the page of the gate: say for one's side how it sees the matter."""
    page.goto(gate)
    steps.told(page, "People have not answered.")
    page.get_by_label("How your side sees it").fill(words)
    page.get_by_role("button", name="State it for").click()
    steps.told(page, "It stays with whatever is decided.", picture)


def send_back(page: Page) -> None:
    """From home: read both sides, decide, and confirm who one is."""
    page.goto("/")
    page.get_by_role("link", name="Read both and decide").first.click()
    both_are_heard(page)
    assert axe_problems(page) == []
    screenshot(page, "stalemate-sponsor")
    page.get_by_label("Send it back").check()
    page.get_by_label("Why").fill(REASON)
    page.get_by_role("button", name=f"{steps.WHO} and decide").click()
    steps.heading(page, steps.WHO, "stalemate-step-up")
    steps.confirm(page)


def both_are_heard(page: Page) -> None:
    """What each side stated stands in its own half."""
    expect(page.locator(".two-voice .leaf.tech")).to_contain_text(VIEW)
    expect(page.locator(".two-voice .leaf.people")).to_contain_text(DISSENT)
