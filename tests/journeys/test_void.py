"""The text changes after one signature: the editor is told, and the signer sees what changed."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from governance.models import Signature
from journal.clock import now
from tests.gates import make_review, sign
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

LABEL = "Where the work really gets stuck"
QUESTION = "Where we believe it gets stuck"
NEW = "At the hand-over between the shifts."


def test_a_voided_signer_sees_what_changed_and_signs_again(enter):
    world, round_ = make_review(now() - timedelta(days=1))
    sign(world.cast.ivo, round_.pk, at=now())
    petra, ivo, hana = (enter(getattr(world.cast, name)) for name in ("petra", "ivo", "hana"))

    steps.open_slot(petra, world.initiative.code, LABEL)
    steps.told(
        petra, "Saving a change voids one signature: Ivo Brandt for Technology.", "void-told"
    )
    steps.write_texts(petra, {QUESTION: NEW})
    petra.get_by_label("Send it for signature again right away").check()
    steps.save(petra, LABEL, button="Save and void one signature")
    steps.told(petra, "Sent for signature again.", "void-saved")

    ivo.goto(f"/gates/{round_.pk}/")
    steps.told(ivo, "This round went back", "void-old-round")
    ivo.goto("/")
    steps.told(ivo, "It changed after you signed.", "void-home")
    steps.go_and_read(ivo)
    changes = ivo.get_by_role("table", name="What reads differently, before and now")
    expect(changes.get_by_role("row")).to_have_count(2)
    expect(changes.locator("ins")).to_have_text(NEW)
    expect(changes.locator("del")).to_have_text(f"{QUESTION}: as agreed")
    steps.told(ivo, "One thing has changed", "void-again")
    steps.begin_signing(ivo)
    steps.confirm(ivo)
    steps.told(ivo, "You have signed for Technology.")

    steps.sign(hana)
    steps.heading(hana, "Gate 1 is closed")
    assert Signature.objects.count() == 3


def test_who_was_not_told_of_a_signature_is_told_before_it_is_voided(enter):
    world, round_ = make_review(now() - timedelta(days=1))
    petra = enter(world.cast.petra)
    steps.open_slot(petra, world.initiative.code, LABEL)
    steps.told(petra, "Saving a change takes it back", "void-unsigned")
    expect(petra.get_by_text("Saving a change voids")).to_have_count(0)
    sign(world.cast.ivo, round_.pk, at=now())

    steps.write_texts(petra, {QUESTION: NEW})
    petra.get_by_role("complementary", name="Saving").get_by_role("button", name="Save").click()
    steps.told(petra, "Saving a change voids one signature", "void-late-told")
    expect(petra.get_by_label(QUESTION)).to_have_value(NEW)
    round_.refresh_from_db()
    assert round_.state == "in_review"

    steps.save(petra, LABEL, button="Save and void one signature")
    round_.refresh_from_db()
    assert round_.state == "returned"
