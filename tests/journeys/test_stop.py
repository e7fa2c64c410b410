"""Stop within a minute, restart needs two: one key stops a gate half signed, both let it go on."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from governance.models import Pause, Round
from journal.clock import now
from tests.gates import World, make_ready, make_review, sign
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "Dispatchers get routes that nobody can drive."
MINUTE = timedelta(minutes=1)


def test_one_key_stops_within_a_minute_and_two_let_it_go_on(enter):
    world, waiting = make_review(now() - timedelta(days=1))
    sign(world.cast.ivo, waiting.pk, at=now())
    cleo, hana, ivo, petra = (
        enter(getattr(world.cast, name)) for name in ("cleo", "hana", "ivo", "petra")
    )
    begun = now()

    stop(cleo, world)
    assert Pause.objects.get().paused_at - begun < MINUTE
    hana.goto(f"/gates/{waiting.pk}/")
    steps.told(hana, "Nothing can be signed until both sides resume it.", "stop-held")
    expect(hana.get_by_role("button", name=steps.CONFIRM)).to_have_count(0)
    petra.goto(f"/initiatives/{world.initiative.code}/")
    petra.get_by_role("button", name="It stands still now").click()
    steps.told(petra, "Everything stood still after", "stop-still")

    world.initiative.refresh_from_db()
    make_ready(world, "resume", at=now())
    prepare_to_go_on(petra)
    steps.sign(hana)
    steps.told(hana, "You have signed for People.")
    petra.goto(f"/initiatives/{world.initiative.code}/")
    steps.told(petra, "The way out of the pause needs one more signature", "stop-half")
    ivo.goto(f"/gates/{Round.objects.get(gate='resume').pk}/")
    steps.begin_signing(ivo)
    steps.confirm(ivo)
    steps.heading(ivo, "The way out of the pause is closed", "stop-resumed")

    steps.sign(hana)
    steps.heading(hana, "Gate 1 is closed")


def stop(page: Page, world: World) -> None:
    """From the initiative: pause it, with a reason."""
    page.goto(f"/initiatives/{world.initiative.code}/")
    page.get_by_role("link", name="Pause it").click()
    steps.heading(page, "Pause", "stop-asked")
    page.get_by_label("Why").fill(REASON)
    page.get_by_role("button", name="Pause it").click()
    steps.heading(page, world.initiative.name)
    steps.told(page, "Paused since", "stop-paused")


def prepare_to_go_on(page: Page) -> None:
    """From the initiative: prepare the way out, and send it for signature."""
    page.reload()
    page.get_by_role("button", name="Prepare the way out").click()
    steps.told(page, "in preparation", "stop-way-out")
    steps.send(page, proposal="Go on")
