"""Search from the head of every page: by keyboard alone, and without JavaScript."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from journal.clock import now
from tests.browser import axe_problems
from tests.gates import make_world
from tests.journeys import steps
from tests.journeys.conftest import give_session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    first = make_world(now() - timedelta(days=3))
    make_world(now() - timedelta(days=2), cast=first.cast, name="Dispatch board")
    return first


def test_arrows_choose_and_escape_leaves(world, page_js, live_server):
    give_session(page_js, world.cast.hana, live_server.url)
    page_js.goto("/portfolio/")
    field = page_js.get_by_role("combobox", name="Search")
    options = page_js.get_by_role("option")

    open_and_type(page_js, "disp")
    expect(options.first).to_be_visible()
    expect(page_js.get_by_role("status").filter(has_text="suggestion")).not_to_be_empty()
    assert axe_problems(page_js) == []
    for place in (0, 1):
        page_js.keyboard.press("ArrowDown")
        expect(options.nth(place)).to_have_attribute("aria-selected", "true")
    page_js.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("disp")
    page_js.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(field).not_to_be_focused()


def test_enter_goes_to_what_is_chosen_or_to_the_code(world, page_js, live_server):
    give_session(page_js, world.cast.hana, live_server.url)
    page_js.goto("/portfolio/")

    open_and_type(page_js, "disp")
    expect(page_js.get_by_role("option").first).to_be_visible()
    page_js.keyboard.press("ArrowUp")
    page_js.keyboard.press("Enter")
    steps.heading(page_js, "found for")
    page_js.goto("/")
    open_and_type(page_js, "2")
    page_js.keyboard.press("Enter")
    steps.heading(page_js, "Dispatch board")


def open_and_type(page, text):
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    page.keyboard.type(text)


def test_a_slash_in_a_field_is_a_slash(world, page_js, live_server):
    give_session(page_js, world.cast.hana, live_server.url)
    page_js.goto("/portfolio/?view=table")
    page_js.get_by_label("Name, code or lead").click()

    page_js.keyboard.type("a/b")

    expect(page_js.get_by_label("Name, code or lead")).to_have_value("a/b")


def test_without_javascript_it_is_a_form(world, page_nojs, live_server):
    give_session(page_nojs, world.cast.hana, live_server.url)
    page_nojs.goto("/")

    page_nojs.get_by_label("Search by code, name or words").fill("dispatch")
    page_nojs.keyboard.press("Enter")
    steps.heading(page_nojs, "found for “dispatch”")
    page_nojs.get_by_role("link", name="Dispatch board").first.click()
    steps.heading(page_nojs, "Dispatch board")
    page_nojs.get_by_label("Search by code, name or words").fill("ai-1")
    page_nojs.keyboard.press("Enter")
    steps.heading(page_nojs, "Dispatch helper")
