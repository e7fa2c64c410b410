"""The first quarter of an hour: found, invite the two who hold the keys, and both come in."""

import pytest
from playwright.sync_api import Page, expect

from journal.clock import now
from journal.deliveries import settle_due
from journal.transports import FOLDER_BACKEND
from people.operations.founding import founding_code
from tests.browser import screenshot
from tests.cast import PASSWORD
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

ADA = {
    "Founding code": founding_code,
    "Name of the organisation": lambda: "Harrowgate",
    "Currency": lambda: "eur",
    "Your name": lambda: "Ada Administrator",
    "Your work e-mail": lambda: "ada@example.com",
}


@pytest.fixture(autouse=True)
def folder(settings, live_server, tmp_path):
    """Send mails to a folder, and links to where the browsers find this server."""
    settings.EMAIL_BACKEND = FOLDER_BACKEND
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.BASE_URL = live_server.url


def test_from_an_empty_installation_to_two_keys_in_two_hands(enter):
    ada = enter()
    found(ada)
    invite(ada, "CHRO, signs for People", "hana@example.com", "Chief People Officer")
    invite(ada, "CIO, signs for Technology", "ivo@example.com", "Chief Information Officer")
    settle_due(at=now())
    links = {to: link_of(ada, to) for to in ("hana@example.com", "ivo@example.com")}

    hana = come_in(enter(), links["hana@example.com"], "Hana Okafor")
    ivo = come_in(enter(), links["ivo@example.com"], "Ivo Brandt")

    ivo.goto(links["hana@example.com"])
    steps.heading(ivo, "somebody who is not signed", "founding-elsewhere")
    hana.goto("/")
    hana.get_by_role("link", name="Do this next").click()
    steps.heading(hana, "Bring the list you", "founding-list")
    hana.get_by_role("link", name="No list: propose one").click()
    expect(hana).to_have_title("Propose an initiative · Counterpart")
    ada.goto("/settings/people/")
    steps.heading(ada, "Both keys are held.", "founding-held")
    late = enter()
    late.goto(links["ivo@example.com"])
    steps.heading(late, "This link opens nothing", "founding-used")


def found(ada: Page) -> None:
    ada.goto("/")
    steps.heading(ada, "Whose register is", "founding-page")
    for label, typed in ADA.items():
        ada.get_by_label(label).fill(typed())
    ada.get_by_label("Time zone").select_option("Europe/Berlin")
    choose_password(ada)
    ada.get_by_role("button", name="Found it").click()
    expect(ada).to_have_title("Home · Counterpart")
    screenshot(ada, "founding-home")


def invite(ada: Page, office: str, email: str, title: str) -> None:
    """Follow the step at home that is next."""
    ada.goto("/")
    ada.get_by_role("link", name="Do this next").click()
    steps.heading(ada, "Who is to come", "founding-invite")
    expect(ada.get_by_label("Office")).to_have_value(office[:4].strip(", ").lower())
    ada.get_by_label("Work e-mail").fill(email)
    ada.get_by_label("Title as it is printed").fill(title)
    ada.get_by_role("button", name="Invite").click()
    steps.told(ada, f"A link goes to {email}.", "founding-invited")


def link_of(ada: Page, to: str) -> str:
    """Read the mail as an administrator reads it where no mail server is set."""
    ada.goto("/settings/people/")
    ada.get_by_role("link", name="read the mails here").click()
    steps.heading(ada, "No mail server is", "founding-mails")
    mail = ada.get_by_role("listitem").filter(has_text=to)
    return mail.get_by_role("link").get_attribute("href")


def come_in(page: Page, link: str, name: str) -> Page:
    page.goto(link)
    steps.heading(page, "You are", "founding-link")
    page.get_by_label("Your name").fill(name)
    choose_password(page)
    page.get_by_role("button", name="Come in").click()
    expect(page).to_have_title("Home · Counterpart")
    screenshot(page, "founding-in")
    return page


def choose_password(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password once more").fill(PASSWORD)
