"""From an idea to the first gate: two people write, two people sign, each in their browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from initiatives.models import Initiative
from journal.clock import now
from tests.browser import screenshot
from tests.cast import PASSWORD
from tests.gates import World, company, make_ready
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

IDEA = {
    "What shall we call it?": "Answers for dispatchers",
    "What goes wrong today?": "Dispatchers phone each other for every change of plan.",
    "Who has this problem?": "The dispatch desk, about 40 people",
    "In which unit?": "Dispatch",
}
# What is written in the browser; operations write the rest of the first gate.
BY_HAND = ("problem_statement", "tech_landscape", "gaps_to_fill", "g1_change_load")


def test_from_a_proposal_to_a_sealed_gate(enter):
    cast = company(now() - timedelta(days=1))
    petra, tariq = enter(), enter(cast.tariq)
    steps.sign_in(petra, cast.petra)

    code = propose(petra, cast)
    write_for_people(petra, code)
    write_for_technology(tariq, code)
    write_together(tariq, code)
    prepare_and_send(petra, code)
    sign_first(enter(cast.ivo))
    sign_second_by_keyboard(enter(cast.hana))

    petra.goto(f"/initiatives/{code}/")
    expect(petra.get_by_role("heading", name="Design, in two voices")).to_be_visible()
    expect(petra.get_by_role("link", name="Prepare gate 2")).to_have_count(0)
    expect(petra.get_by_role("button", name="Prepare gate 2")).to_be_visible()
    screenshot(petra, "launch-stage-2")


def propose(petra: Page, cast) -> str:
    steps.propose(
        petra, IDEA, side="People", counterpart="Tariq Haddad, Technical translator in HR"
    )
    steps.heading(petra, "Answers for dispatchers", "launch-proposed")
    initiative = Initiative.objects.get()
    make_ready(World(cast, initiative, now()), "1", at=now(), but=BY_HAND)
    return initiative.code


def write_for_people(petra: Page, code: str) -> None:
    label = "Gaps: fill with AI or grow into?"
    steps.open_slot(petra, code, label)
    texts = {
        "Gaps that AI should fill": "Finding out who is free.",
        "Gaps that our people should grow into": "Talking with customers.",
    }
    steps.write_texts(petra, texts)
    steps.save(petra, label)


def write_for_technology(tariq: Page, code: str) -> None:
    label = "What we have already"
    steps.open_slot(tariq, code, label)
    steps.write_texts(tariq, {"Systems and tools in this work today": "The board, the phone."})
    steps.choose(tariq, {"State of the data": "Usable with work"})
    steps.save(tariq, label)
    # The other half is there to be read, and not to be written.
    steps.open_slot(tariq, code, "Gaps: fill with AI or grow into?")
    steps.told(tariq, "Finding out who is free.")
    expect(tariq.get_by_role("button", name="Save")).to_have_count(0)


def write_together(tariq: Page, code: str) -> None:
    steps.open_slot(tariq, code, "The problem")
    for source in ("Calls counted in May", "Two days beside the desk"):
        steps.add_statement(tariq, source, "Seen by both of us.")
    steps.write_texts(tariq, {"The best answer without AI": "A second screen. Not enough."})
    answer = {"Should AI be used here at all?": "Yes, AI is worth designing for"}
    steps.choose(tariq, answer)
    steps.save(tariq, "The problem")


def prepare_and_send(petra: Page, code: str) -> None:
    steps.prepare_gate(petra, code, "1")
    steps.told(petra, "One thing is still in the way.", "launch-draft")
    steps.give_word(petra, "The teams have room for it", "Asked the team leads on Monday.")
    steps.send(petra)


def sign_first(ivo: Page) -> None:
    steps.sign(ivo, "Good enough to design.")
    steps.told(ivo, "You have signed for Technology.", "launch-first-signature")
    expect(ivo.locator("#sign")).to_contain_text("The other half is still open.")


def sign_second_by_keyboard(hana: Page) -> None:
    """Tab, Space and Enter are enough, from home to the sealed page."""
    hana.goto("/")
    steps.told(hana, "Good enough to design.", "launch-home")
    steps.tab_to(hana, hana.get_by_role("link", name="Read and sign"))
    hana.keyboard.press("Enter")
    steps.told(hana, "Your signature is the second", "launch-gate")
    panel = hana.locator("#sign")
    steps.tab_to(hana, panel.get_by_label("I have read round"))
    hana.keyboard.press("Space")
    steps.tab_to(hana, panel.get_by_role("button", name=steps.CONFIRM))
    hana.keyboard.press("Enter")
    steps.heading(hana, steps.WHO, "launch-step-up")
    expect(hana.get_by_label("Your password")).to_be_focused()
    hana.keyboard.type(PASSWORD)
    hana.keyboard.press("Enter")
    steps.heading(hana, "Gate 1 is closed", "launch-sealed")
    steps.told(hana, "Both halves fit.")
