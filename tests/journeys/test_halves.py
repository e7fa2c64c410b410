"""A lead fills in the half of a stage on one page, and what both bring on the next."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from journal.clock import now
from tests.browser import screenshot
from tests.gates import company, make_ready, make_world
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

BY_HAND = ("problem_statement", "gaps_to_fill", "g1_change_load")


def test_a_half_is_one_page_and_one_save(enter):
    at = now() - timedelta(days=1)
    world = make_world(at, cast=company(at))
    make_ready(world, "1", at=at, but=BY_HAND)
    code = world.initiative.code
    petra = enter(world.cast.petra)

    petra.goto(f"/initiatives/{code}/")
    petra.get_by_role("link", name="Fill in People").click()
    steps.heading(petra, "half of gate")
    refuse_half_a_half(petra)
    fill_for_people(petra)
    fill_together(petra)

    steps.prepare_gate(petra, code, "1")
    steps.send(petra)


def refuse_half_a_half(petra: Page) -> None:
    """A word without its reason keeps all of it back, and everything that was typed."""
    texts = {"Gaps that AI should fill": "Finding out who is free.", "How you know": " "}
    steps.write_texts(petra, texts)
    petra.get_by_label("Yes, it holds").check()
    press_save(petra)
    steps.told(petra, "Nothing was saved yet", "halves-refused")
    expect(petra.get_by_label("Gaps that AI should fill")).to_have_value("Finding out who is free.")
    expect(petra.get_by_label("Yes, it holds")).to_be_checked()


def fill_for_people(petra: Page) -> None:
    texts = {
        "Gaps that our people should grow into": "Talking with customers.",
        "How you know": "Asked the team leads on Monday.",
    }
    steps.write_texts(petra, texts)
    press_save(petra)
    steps.told(petra, "Saved. People have all that the gate asks for.")


def fill_together(petra: Page) -> None:
    steps.heading(petra, "What both bring to gate")
    steps.write_texts(
        petra,
        {
            "Source 1": "https://numbers.example/may",
            "Source 2": "Two days beside the desk in May.",
            "The best answer without AI": "A second screen. Not enough.",
        },
    )
    steps.choose(petra, {"Should AI be used here at all?": "Yes, AI is worth designing for"})
    screenshot(petra, "halves-together")
    press_save(petra)
    steps.told(petra, "Saved. Both together have all that the gate asks for.")


def press_save(page: Page) -> None:
    page.get_by_role("complementary", name="Saving").get_by_role("button", name="Save").click()
