"""The list that a company keeps comes in, and coming again it changes nothing."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from initiatives.models import Initiative
from journal.clock import now
from journal.deliveries import settle_due
from tests.cast import gather
from tests.initiatives.lists import make_list, rows
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 12
WORD = next(row[6] for row in rows(ROWS) if row[6])
LIST = {"name": "inventory.csv", "mimeType": "text/csv", "buffer": make_list(ROWS)}


@pytest.fixture
def ada(transactional_db, enter):  # the database she is in
    return enter(gather(now() - timedelta(days=30)).ada)


def test_a_list_comes_in_and_again_nothing_is_new(ada, request):
    ada.goto("/portfolio/")
    ada.get_by_role("main").get_by_role("link", name="Bring a list").click()
    bring(ada)
    steps.heading(ada, "Which column is", "import-columns")
    expect(ada.get_by_label("Name", exact=True)).to_have_value("Title")
    ada.get_by_label("Who is affected").select_option(label="No column")
    ada.get_by_label(WORD, exact=True).select_option(label="4 Measurement, in use")
    ada.get_by_role("button", name="Look at the rows").click()
    steps.heading(ada, f"{ROWS} rows can come", "import-preview")
    ada.get_by_role("button", name=f"Bring in {ROWS} rows").click()
    steps.heading(ada, f"0 of {ROWS} rows are", "import-progress")

    settle_due(at=now())

    if "no-scripts" in request.node.name:
        ada.get_by_role("link", name="Look again").click()
    steps.heading(ada, f"{ROWS} rows are initiatives", "import-result")
    ada.get_by_role("link", name="See them in the portfolio").click()
    one = Initiative.objects.order_by("number")[7]
    ada.get_by_label("Name, code or lead", exact=True).fill(f"{one.number:03d}")
    ada.get_by_label("Name, code or lead", exact=True).press("Enter")
    expect(ada.get_by_role("link", name=one.name)).to_be_visible()

    ada.goto("/imports/new/")
    bring(ada)
    steps.heading(ada, f"{ROWS} rows already here, nothing to", "import-again")
    assert Initiative.objects.count() == ROWS


def bring(ada: Page) -> None:
    ada.get_by_label("The list").set_input_files(LIST)
    ada.get_by_role("button", name="Read it").click()
