"""The table at work, with JavaScript and without: narrow it, keep the view, act on many rows."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from journal.clock import now
from tests.gates import make_world
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    first = make_world(now() - timedelta(days=3))
    make_world(now() - timedelta(days=2), cast=first.cast, name="Invoice reader")
    return first.cast


def tick(page, *codes):
    for code in codes:
        page.get_by_label(f"Choose {code}").check()


def test_rows_are_tagged_found_again_and_the_view_is_kept(enter, cast):
    page = enter(cast.hana)
    page.goto("/portfolio/?view=table")
    tick(page, "AI-001", "AI-002")
    page.get_by_role("button", name="Do something with the chosen ones").click()
    steps.heading(page, "Two initiatives chosen.")
    page.get_by_role("combobox", name="Tag").fill("works council")
    page.get_by_role("button", name="Add the tag").click()
    steps.heading(page, "Two done.")
    page.get_by_role("link", name="Back to the table").click()

    page.get_by_text("More filters").click()
    page.get_by_label("Tag", exact=True).select_option("works council")
    page.get_by_role("button", name="Filter").click()
    # Choosing asked once and the button once more: what is shown last stays.
    expect(page).to_have_url(re.compile("tag=works"))
    expect(page.locator(".htmx-request")).to_have_count(0)
    expect(page.get_by_text("initiatives found")).to_be_visible()
    page.get_by_text("Keep this view").click()
    page.locator("#keep-name").fill("Council")
    page.get_by_role("button", name="Keep it").click()
    steps.told(page, "Kept as “Council”.")
    expect(page.get_by_role("link", name="Council", exact=True)).to_be_visible()


def test_what_is_archived_is_out_of_sight_and_comes_back(enter, cast):
    page = enter(cast.ada)
    page.goto("/portfolio/?view=table")
    tick(page, "AI-002")
    page.get_by_role("button", name="Do something with the chosen ones").click()
    page.get_by_role("button", name="Archive").click()
    steps.heading(page, "One done.")
    page.get_by_role("link", name="Back to the table").click()
    expect(page.get_by_role("link", name="Dispatch helper")).to_be_visible()
    expect(page.get_by_role("link", name="Invoice reader")).to_have_count(0)

    page.goto("/portfolio/?view=table&standing=archived")
    tick(page, "AI-002")
    page.get_by_role("button", name="Do something with the chosen ones").click()
    page.get_by_role("button", name="Bring back").click()
    steps.heading(page, "One done.")
    page.goto("/portfolio/")
    expect(page.get_by_role("link", name="Invoice reader")).to_be_visible()
