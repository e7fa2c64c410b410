"""The pages of initiatives in a browser: both themes, every width, with real content on them."""

from datetime import timedelta

import pytest

from journal.clock import now
from playbook.editions import current
from tests.gates import fill, make_review, make_world, sign
from tests.journeys.test_every_page import problems_of, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = "<script>alert(1)</script> مرحبا 🎉 =SUM(A1) " + "Arbeitsunfähigkeitsbescheinigung" * 2
READER = (
    "/portfolio/",
    "/portfolio/?view=table",
    "/initiatives/new/?name=Dispatch+helper&problem=Dispatch+helper:+phones",
    "/initiatives/AI-001/",
    "/initiatives/AI-002/?stage=2",
    "/initiatives/AI-001/history/",
    "/initiatives/AI-001/slots/tech_landscape/",
)
LEAD = (
    "/initiatives/AI-002/",
    "/initiatives/AI-001/people/",
    "/initiatives/AI-001/details/",
    "/initiatives/AI-001/facts/",
    "/initiatives/AI-001/slots/success_statement/",
    "/initiatives/AI-001/slots/problem_statement/versions/",
    "/initiatives/AI-001/evidence/?slot=problem_statement",
    "/initiatives/AI-001/evidence/1/withdraw/",
)


@pytest.fixture
def world(db):
    at = now() - timedelta(days=20)
    world, round_ = make_review(at)
    sign(world.cast.ivo, round_.pk, at=at + timedelta(hours=1))
    other = make_world(at, cast=world.cast, name=HOSTILE)
    for slot in current().slots_of(1)[:4]:
        fill(other, slot, at=at + timedelta(days=1))
    return world


def test_what_a_key_holder_reads_of_initiatives(page_js, live_server, world):
    sign_in(page_js, world.cast.hana, live_server.url)

    found = [problem for address in READER for problem in problems_of(page_js, address)]

    assert found == []


def test_what_a_lead_writes_into_initiatives(page_js, live_server, world):
    evidence = world.initiative.evidence.first()
    sign_in(page_js, world.cast.petra, live_server.url)
    addresses = [one.replace("/evidence/1/", f"/evidence/{evidence.pk}/") for one in LEAD]

    found = [problem for address in addresses for problem in problems_of(page_js, address)]

    assert found == []


def test_what_is_alike_appears_while_one_types(page_js, live_server, world):
    sign_in(page_js, world.cast.max, live_server.url)
    page_js.goto("/initiatives/new/")

    page_js.get_by_label("What shall we call it?").press_sequentially("Dispatch helper")

    page_js.get_by_text("One looks like the same problem.").wait_for()
    page_js.get_by_label("People", exact=True).check()
    page_js.get_by_label("What goes wrong today?").press_sequentially("phones ")
    page_js.get_by_role("button", name="Join this one: Dispatch helper").click()
    page_js.wait_for_url("**/initiatives/AI-001/")


def test_a_row_is_added_and_saved_without_javascript(page_nojs, live_server, world):
    sign_in(page_nojs, world.cast.petra, live_server.url)
    page_nojs.goto("/initiatives/AI-002/slots/success_statement/")

    page_nojs.get_by_label("How it is today.", exact=False).first.fill("Phones ring all day")
    page_nojs.get_by_role("button", name="Add a row").click()

    assert page_nojs.locator("[name='slot-from_state']").input_value() == "Phones ring all day"
    page_nojs.keyboard.press("Tab")
    page_nojs.get_by_role("button", name="Save", exact=True).last.click()
    page_nojs.wait_for_url("**/initiatives/AI-002/?stage=1#voices")
    assert "Phones ring all day" in page_nojs.content()
