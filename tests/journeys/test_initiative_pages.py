"""What only a browser shows of initiatives: hostile names, typing, tables without JavaScript."""

from datetime import timedelta

import pytest

from initiatives.operations.memberships import end_membership
from journal.clock import now
from playbook.editions import current
from tests.gates import fill, make_world
from tests.journeys.conftest import give_session
from tests.journeys.test_every_page import problems_of

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = "<script>alert(1)</script> مرحبا 🎉 =SUM(A1) " + "Arbeitsunfähigkeitsbescheinigung" * 2
PLACES = (
    "/portfolio/",
    "/portfolio/?view=table",
    "/initiatives/AI-001/",
    "/initiatives/AI-001/slots/problem_statement/versions/",
)


@pytest.fixture
def world(transactional_db):
    at = now() - timedelta(days=20)
    world = make_world(at, name=HOSTILE)
    for slot in current().slots_of(1)[:2]:
        fill(world, slot, at=at + timedelta(days=1))
    return world


def test_a_hostile_name_neither_runs_nor_breaks_a_page(page_js, live_server, world):
    give_session(page_js, world.cast.petra, live_server.url)

    found = [problem for place in PLACES for problem in problems_of(page_js, place)]

    assert found == []


def test_what_is_alike_appears_while_one_types_and_is_joined(page_js, live_server, world):
    alike = make_world(now() - timedelta(days=2), cast=world.cast, name="Dispatch helper")
    lead = alike.initiative.memberships.current().get(user=world.cast.tariq)
    end_membership(actor=world.cast.tariq, membership=lead, at=now())
    give_session(page_js, world.cast.max, live_server.url)
    page_js.goto("/initiatives/new/")

    page_js.get_by_label("What shall we call it?").press_sequentially("Dispatch helper")

    page_js.get_by_text("One looks like the same problem.").wait_for()
    page_js.get_by_role("button", name="Join for Technology").click()
    page_js.wait_for_url("**/initiatives/AI-002/")


def test_a_row_is_added_and_saved_without_javascript(page_nojs, live_server, world):
    give_session(page_nojs, world.cast.petra, live_server.url)
    page_nojs.goto("/initiatives/AI-001/slots/success_statement/")

    page_nojs.locator("[name='slot-from_state']").fill("Phones ring all day")
    page_nojs.get_by_role("button", name="Add a row").click()

    assert page_nojs.locator("[name='slot-from_state']").input_value() == "Phones ring all day"
    page_nojs.get_by_role("button", name="Save", exact=True).last.click()
    page_nojs.wait_for_url("**/initiatives/AI-001/?stage=1#voices")
    assert "Phones ring all day" in page_nojs.content()
