"""A signature that somebody else, somebody late or somebody guessing tries to give."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from governance.models import Signature
from journal.clock import now
from journal.operations import move_clock
from tests.browser import screenshot
from tests.cast import PASSWORD
from tests.gates import company, make_review
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

MOST_TRIES = 5


def test_a_confirmation_belongs_to_one_person_and_one_session(enter):
    world, _ = make_review(now() - timedelta(days=1))
    ivo = enter(world.cast.ivo)
    steps.go_and_read(ivo)
    steps.begin_signing(ivo)

    for thief in (enter(world.cast.hana), enter(world.cast.ivo), enter(world.cast.petra)):
        answer = thief.goto(ivo.url)
        assert answer.status in (404, 409)
        expect(thief.get_by_label("Your password")).to_have_count(0)
        screenshot(thief, "stolen-foreign")
    nobody = enter()
    nobody.goto(ivo.url)
    steps.heading(nobody, "Sign in")
    assert not Signature.objects.exists()

    steps.confirm(ivo)
    steps.told(ivo, "You have signed for Technology.")


def test_a_used_confirmation_signs_nothing_more(enter):
    world, _ = make_review(now() - timedelta(days=1))
    ivo = enter(world.cast.ivo)
    steps.go_and_read(ivo)
    steps.begin_signing(ivo)
    used = ivo.url
    steps.confirm(ivo)
    ivo.get_by_text("Withdraw your signature").click()
    ivo.get_by_label("Why").first.fill("I read the wrong round.")
    ivo.get_by_role("button", name="Withdraw it").click()
    steps.told(ivo, "Your half is open again.", "stolen-withdrawn")

    ivo.goto(used)
    expect(ivo.get_by_label("Your password")).to_have_count(0)
    expect(ivo.get_by_role("button", name=steps.CONFIRM)).to_be_visible()
    assert Signature.objects.count() == 1


def test_a_confirmation_lasts_five_minutes(enter):
    cast = company(now() - timedelta(days=2), is_demo=True)
    make_review(now() - timedelta(days=1), cast=cast)
    hana = enter(cast.hana)
    steps.go_and_read(hana)
    steps.begin_signing(hana, "Agreed, with thanks to the night shift.")
    move_clock(by=timedelta(minutes=6), actor=cast.ada, at=now())

    assert submitted(hana, PASSWORD) == 409
    steps.heading(hana, "Nothing was signed.", "stolen-expired")
    steps.told(hana, "Five minutes have passed.")
    expect(hana.get_by_label("In your words")).to_have_value(
        "Agreed, with thanks to the night shift."
    )
    assert not Signature.objects.exists()

    hana.get_by_role("link", name="Read round 1").click()
    steps.begin_signing(hana)
    steps.confirm(hana)
    steps.told(hana, "You have signed for People.")


def test_guessing_ends_with_a_wait(enter):
    world, round_ = make_review(now() - timedelta(days=1))
    hana = enter(world.cast.hana)
    steps.go_and_read(hana)
    steps.begin_signing(hana)

    for guess in range(MOST_TRIES):
        assert submitted(hana, f"a-guess-of-mine-{guess}") == 422
    screenshot(hana, "stolen-wrong")
    assert submitted(hana, PASSWORD) == 429
    steps.told(hana, "Too many tries. Wait", "stolen-throttled")
    assert not Signature.objects.exists()
    round_.refresh_from_db()
    assert round_.state == "in_review"


def submitted(page: Page, password: str) -> int:
    """Confirm with this password; return the status of the answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        steps.confirm(page, password)
    page.wait_for_load_state()
    return answered.value.status
