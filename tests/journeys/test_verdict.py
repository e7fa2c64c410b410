"""The fourth gate: three are passed, the result is read, and what to do about it is agreed."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from governance.models import Round
from initiatives.queries.days import home_day
from journal.clock import now
from tests.browser import screenshot
from tests.gates import make_ready, make_world, pass_gate
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

CONDITION = {
    "What must be done": "Train the night shift before anybody else gets it.",
    "What will show it": "The list of who took part.",
}


def test_the_result_is_judged_and_held(enter):
    start = now() - timedelta(days=120)
    world = make_world(start)
    for gate in ("1", "2", "3"):
        pass_gate(world, gate, at=start + timedelta(days=10 * int(gate)))
    make_ready(world, "4", at=now() - timedelta(days=1))
    petra, ivo, hana = (enter(getattr(world.cast, name)) for name in ("petra", "ivo", "hana"))
    code = world.initiative.code

    steps.prepare_gate(petra, code, "4")
    screenshot(petra, "verdict-draft")
    steps.send(petra, proposal="Scale it")
    offer_to_hold(hana)

    steps.go_and_read(ivo)
    steps.told(ivo, "Proposed: hold it.", "verdict-gate")
    steps.begin_signing(ivo)
    steps.confirm(ivo)
    steps.heading(ivo, "Gate 4 is closed", "verdict-sealed")
    steps.told(ivo, "The result is agreed.")
    steps.told(ivo, CONDITION["What must be done"])
    assert Round.objects.get(gate="4").passage.verdict == "hold"

    ivo.goto(f"/initiatives/{code}/")
    expect(ivo.get_by_role("button", name="Prepare gate")).to_have_count(0)
    screenshot(ivo, "verdict-after")


def offer_to_hold(hana: Page) -> None:
    """Sign with a condition, for another verdict than the one proposed."""
    steps.go_and_read(hana)
    panel = steps.decide(hana, "Sign with conditions")
    panel.get_by_label("Propose instead").select_option(label="Hold it")
    for label, text in CONDITION.items():
        panel.get_by_label(label).first.fill(text)
    panel.get_by_label("By whom").first.select_option(label="Petra Novak")
    due = home_day(now() + timedelta(days=30)).isoformat()
    panel.get_by_label("By when").first.fill(due)
    panel.get_by_label("I have read round").check()
    screenshot(hana, "verdict-conditions")
    panel.get_by_role("button", name=steps.CONFIRM).click()
    steps.heading(hana, steps.WHO, "verdict-step-up")
    steps.told(hana, "Hold")
    steps.confirm(hana)
    steps.told(hana, "You have signed for People.", "verdict-offered")
