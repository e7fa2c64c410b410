"""The first hour of a real organisation: found, four people invited, the first gate sealed."""

import re

import pytest
from playwright.sync_api import Locator, Page

from journal.clock import now
from journal.deliveries import settle_due
from journal.verification import verify
from tests.browser import screenshot
from tests.journeys import steps
from tests.journeys.test_founding import come_in, folder, found, invite, link_of

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["folder"]

PAIR = {
    "petra@example.com": ("Petra Novak", "HR partner in IT"),
    "tariq@example.com": ("Tariq Haddad", "Technical translator in HR"),
}
IDEA = {
    "What shall we call it?": "Answers for dispatchers",
    "What goes wrong today?": "Dispatchers phone each other for every change of plan.",
    "Who has this problem?": "The dispatch desk, about 40 people",
    "In which unit?": "Dispatch",
}
# What still has to be answered, read at once: each look for what is visible looks through the form.
ASKED = """
() => [...document.querySelectorAll("form.with-aside :is(input, textarea, select)")]
  .filter((it) => it.checkVisibility() && (it.type === "radio" ? it.value === "yes" : !it.value))
  .map((it) => ({
    id: it.id,
    kind: it.tagName === "SELECT" ? "select" : it.inputMode || it.type,
    no: [...(it.options || [])].some((one) => one.text === "No"),
  }))
"""


def test_from_nothing_to_a_first_sealed_gate(enter):
    ada = enter()
    found(ada)
    invite(ada, "CHRO, signs for People", "hana@example.com", "Chief People Officer")
    invite(ada, "CIO, signs for Technology", "ivo@example.com", "Chief Information Officer")
    for email, (_, title) in PAIR.items():
        invite_a_lead(ada, email, title)
    settle_due(at=now())
    named = {"hana@example.com": "Hana Okafor", "ivo@example.com": "Ivo Brandt"}
    named |= {email: name for email, (name, _) in PAIR.items()}
    hana, ivo, petra, tariq = (
        come_in(enter(), link_of(ada, email), name) for email, name in named.items()
    )

    code = propose(petra)
    fill_half(tariq, code, "technology")
    fill_half(petra, code, "people")
    fill_half(petra, code, "joint", done="3 still missing here.")
    # What was agreed must differ from today, and the page says so at its place.
    steps.told(petra, "starts where it should end. Agree on a change.", "first-gate-missing")
    for goal, number in zip(petra.get_by_label("Agreed").all(), ("60", "20", "60"), strict=True):
        goal.fill(number)  # correct answers up, time for paperwork down, hours saved up
    save(petra, "have all that the gate asks for.")
    steps.prepare_gate(petra, code, "1")
    screenshot(petra, "first-gate-draft")
    score_apart(petra, tariq, code)
    steps.send(petra)
    steps.sign(ivo, "Good enough to design.")
    steps.told(ivo, "You have signed for Technology.")
    steps.sign(hana)
    steps.heading(hana, "Gate 1 is closed", "first-gate-sealed")
    assert [*verify()] == []


def score_apart(petra: Page, tariq: Page, code: str) -> None:
    """Follow the gate to what it still asks for: the scores of both sides."""
    screenshot(petra, "first-gate-draft")
    petra.get_by_role("link", name="Go to the scores").click()
    steps.heading(petra, "Score it apart")
    steps.score(tariq, code)
    steps.score(petra, code)
    steps.told(petra, "Both sides are shown now, and fixed.")
    steps.prepare_gate(petra, code, "1")


def invite_a_lead(ada: Page, email: str, title: str) -> None:
    ada.goto("/settings/people/invite/")
    ada.get_by_label("Work e-mail").fill(email)
    ada.get_by_label("Title as it is printed").fill(title)
    ada.get_by_role("button", name="Invite").click()
    steps.told(ada, f"A link goes to {email}.")


def propose(petra: Page) -> str:
    steps.propose(
        petra, IDEA, side="People", counterpart="Tariq Haddad, Technical translator in HR"
    )
    steps.heading(petra, "Answers for dispatchers")
    return re.search(r"AI-\d+", petra.url)[0]


def fill_half(page: Page, code: str, side: str, *, done: str = "all that the gate asks") -> None:
    """Answer all that a half asks for, as somebody would who knows it all, and save once."""
    page.goto(f"/initiatives/{code}/halves/{side}/")
    screenshot(page, f"first-gate-{side}")
    for asked in page.evaluate(ASKED):
        answer(page.locator(f"[id='{asked['id']}']"), asked)
    save(page, done)


def save(page: Page, done: str) -> None:
    page.get_by_role("complementary", name="Saving").get_by_role("button", name="Save").click()
    steps.told(page, done)


def answer(control: Locator, asked: dict[str, str]) -> None:
    match asked["kind"]:
        case "radio":
            control.check()
        case "select":
            # "No" to the lines we do not cross; elsewhere whatever is offered first.
            control.select_option(**({"label": "No"} if asked["no"] else {"index": 1}))
        case "date":
            control.fill("2030-06-30")
        case "decimal":
            control.fill("40")
        case _:
            control.fill(f"Seen at the desk in May, and agreed ({asked['id']}).")
