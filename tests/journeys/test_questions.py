"""A question: raised beside a contribution, answered at home, shown at the gate, closed."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from journal.clock import now
from tests.gates import make_review
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "Which of these could people grow into within a year?"
ANSWER = "Both, if they are given the mornings for it."
SLOT = "Gaps: fill with AI or grow into?"


def test_a_question_is_raised_answered_shown_at_the_gate_and_closed(enter):
    world, round_ = make_review(now() - timedelta(days=1))
    tariq, petra, hana = (enter(getattr(world.cast, who)) for who in ("tariq", "petra", "hana"))
    gate = f"/gates/{round_.pk}/"

    ask(tariq, world.initiative.code)
    hana.goto(gate)
    aside = hana.get_by_role("region", name="Open questions")
    expect(aside).to_contain_text("People are asked")
    expect(aside).to_contain_text("no part of what is signed")
    steps.told(hana, QUESTION, "question-at-gate")
    answer(petra)
    close(tariq)

    hana.goto(gate)
    expect(hana.get_by_role("region", name="Open questions")).to_have_count(0)
    steps.begin_signing(hana)
    steps.confirm(hana)
    steps.told(hana, "You have signed for People.")


def ask(tariq: Page, code: str) -> None:
    """Beside a contribution of the other side."""
    tariq.goto(f"/initiatives/{code}/")
    tariq.get_by_role("link", name=f"Ask about {SLOT}").click()
    tariq.get_by_label("Your question").fill(QUESTION)
    tariq.get_by_role("button", name="Ask", exact=True).click()
    steps.told(tariq, "Asked. It waits for People.", "question-asked")


def answer(petra: Page) -> None:
    """From home, where it waits."""
    petra.goto("/")
    petra.get_by_role("link", name="Answer “").click()
    petra.get_by_label("Your answer").fill(ANSWER)
    petra.get_by_role("button", name="Answer").click()
    steps.told(petra, "Said. Both sides can read it.", "question-answered")


def close(tariq: Page) -> None:
    """From home, where the answer waits to be read."""
    tariq.goto("/")
    tariq.get_by_role("link", name="Read the answer").click()
    steps.told(tariq, ANSWER)
    tariq.get_by_role("button", name="It is answered: close it").click()
    steps.told(tariq, "Closed. It stays readable here.", "question-closed")
