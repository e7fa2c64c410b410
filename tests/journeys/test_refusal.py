"""Saying no: changes are asked for and met; a decline is explained, and taken back."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from governance.choices import RoundState
from journal.clock import now
from tests.gates import make_review, sign
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

POINT = "The teams have room for it in the planned quarter, or the date has moved."
WISH = "Ask the night shift too, and say when."
REPAIRED = "Nothing but the new rota, which starts in May."


def test_what_was_asked_for_is_repaired_and_signed(enter):
    world, round_ = make_review(now() - timedelta(days=1))
    hana, petra, code = enter(world.cast.hana), enter(world.cast.petra), world.initiative.code

    ask_for_changes(hana)
    repair_and_send(petra, code)

    steps.go_and_read(hana)
    expect(hana.locator("ins").filter(has_text=REPAIRED).first).to_be_visible()
    steps.told(hana, WISH, "refusal-round-2")
    steps.begin_signing(hana)
    steps.confirm(hana)
    steps.told(hana, "You have signed for People.")
    ivo = enter(world.cast.ivo)
    steps.sign(ivo)
    steps.heading(ivo, "Gate 1 is closed", "refusal-passed")
    round_.refresh_from_db()
    assert round_.state == RoundState.RETURNED


def ask_for_changes(hana: Page) -> None:
    steps.go_and_read(hana)
    panel = steps.decide(hana, "Ask for changes")
    panel.get_by_role("combobox", name="Point").first.select_option(label=POINT)
    panel.get_by_label("What would satisfy you").first.fill(WISH)
    panel.get_by_role("button", name="Send", exact=True).click()
    steps.told(hana, "Sent back.", "refusal-sent-back")


def repair_and_send(petra: Page, code: str) -> None:
    steps.open_slot(petra, code, "Room for change now")
    steps.write_texts(petra, {"What else is changing for them": REPAIRED})
    steps.choose(petra, {"Asked for by": "Hana Okafor"})
    steps.save(petra, "Room for change now")
    steps.prepare_gate(petra, code, "1")
    steps.told(petra, WISH, "refusal-asked")
    steps.send(petra)


def test_a_decline_is_explained_and_taken_back(enter):
    world, round_ = make_review(now() - timedelta(days=1))
    sign(world.cast.ivo, round_.pk, at=now())
    hana, ivo = enter(world.cast.hana), enter(world.cast.ivo)

    steps.go_and_read(hana)
    panel = steps.decide(hana, "Decline")
    panel.get_by_role("button", name="Send", exact=True).click()
    steps.told(hana, "Nothing was signed yet", "refusal-incomplete")
    panel.get_by_label("What it is about").select_option(label="Evidence is missing")
    panel.get_by_label("Why").fill("We counted calls in May only, and May is a quiet month.")
    panel.get_by_label("What would change your mind").fill("A count of November.")
    panel.get_by_role("button", name="Send", exact=True).click()
    steps.heading(hana, steps.WHO, "refusal-step-up")
    steps.confirm(hana)
    steps.told(hana, "The sides disagree", "refusal-declined")

    ivo.goto(f"/gates/{round_.pk}/")
    steps.told(ivo, "We counted calls in May only", "refusal-declined-ivo")
    expect(ivo.get_by_role("button", name=steps.CONFIRM)).to_have_count(0)

    hana.get_by_label("Why").first.fill("The count of November is here.")
    hana.get_by_role("button", name="Take it back").first.click()
    steps.told(hana, "The decline is taken back.", "refusal-taken-back")
    steps.sign(hana)
    steps.heading(hana, "Gate 1 is closed")
