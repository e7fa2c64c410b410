"""What people do with the product, in its own words: each step uses a page as a person would.

A step ends where the next page stands; nothing here waits for a time, only for what is shown.
"""

from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from people.models import User
from tests.browser import screenshot
from tests.cast import PASSWORD

TABS = 200
# As the pages write it, with the apostrophe of a printer.
WHO = "Confirm it\N{RIGHT SINGLE QUOTATION MARK}s you"
CONFIRM = f"{WHO} and sign"


def sign_in(page: Page, person: User) -> None:
    """Come in by e-mail and password, at the door."""
    page.goto("/")
    heading(page, "Sign in")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("Home · Counterpart")


def heading(page: Page, words: str, picture: str = "") -> Locator:
    """Wait for the page of which this is the heading; keep a picture of it."""
    found = page.get_by_role("heading", level=1).filter(has_text=words)
    expect(found).to_be_visible()
    if picture:
        screenshot(page, picture)
    return found


def told(page: Page, words: str, picture: str = "") -> None:
    """Wait for what the product says; keep a picture of it."""
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
    if picture:
        screenshot(page, picture)


# Writing


def propose(page: Page, answers: Mapping[str, str], *, side: str, counterpart: str) -> None:
    """Start an initiative from the portfolio."""
    page.goto("/portfolio/")
    page.get_by_role("main").get_by_role("link", name="Propose").first.click()
    write_texts(page, answers)
    page.get_by_label(side, exact=True).check()
    page.get_by_label("Who is your counterpart?").select_option(label=counterpart)
    page.get_by_role("button", name="Start this initiative").click()


def write_texts(page: Page, texts: Mapping[str, str]) -> None:
    """Type each text at its label."""
    for label, text in texts.items():
        page.get_by_label(label).fill(text)


def choose(page: Page, choices: Mapping[str, str]) -> None:
    """Choose each answer at its question."""
    for question, answer in choices.items():
        page.get_by_label(question).select_option(label=answer)


def open_slot(page: Page, code: str, label: str, *, stage: int = 1) -> None:
    """Go to an initiative and from there to what `label` asks for."""
    page.goto(f"/initiatives/{code}/?stage={stage}")
    page.get_by_role("link", name=f": {label}").first.click()
    heading(page, label)


def save(page: Page, label: str, *, button: str = "Save") -> None:
    """Press the button that a person sees, not the hidden one that Enter presses."""
    page.get_by_role("complementary", name="Saving").get_by_role("button", name=button).click()
    told(page, f"{label}: saved.")


def add_statement(page: Page, title: str, note: str) -> None:
    """On the page of a slot: add a statement of one's own as evidence."""
    page.get_by_role("button", name="Add evidence").click()
    page.get_by_label("A statement of mine").check()
    page.get_by_label("What it shows").fill(title)
    page.get_by_label("In your words").fill(note)
    page.get_by_role("button", name="Add it").click()
    told(page, "Evidence added.")


# Scoring


def score(page: Page, code: str, **given: str) -> None:
    """Score everything of one's side 4, but what is given by its label, and save."""
    page.goto(f"/initiatives/{code}/scores/")
    for group in page.locator("fieldset.scale").all():
        label = group.locator("legend").inner_text().split(" only ")[0].strip()
        value = given.get(label.replace(" ", "_"), "4")
        group.get_by_role("radio", name=value, exact=True).check(force=True)
    page.get_by_role("button", name="Save the scores").click()


# Preparing a gate


def prepare_gate(page: Page, code: str, gate: str) -> None:
    """From an initiative's page: go to the gate that comes next."""
    page.goto(f"/initiatives/{code}/")
    named = f"Prepare gate {gate}"
    page.get_by_role("button", name=named).or_(page.get_by_role("link", name=named)).click()
    told(page, "in preparation")


def give_word(page: Page, point: str, note: str) -> None:
    """On the page of a gate in preparation: say that a point holds."""
    row = page.get_by_role("listitem").filter(has_text=point).filter(has=page.locator("form"))
    row.get_by_text("Answer this point").click()
    row.get_by_label("Yes, it holds").check()
    row.get_by_label("How you know").fill(note)
    row.get_by_role("button", name="Give your word").click()
    told(page, "Your word is recorded.")


def send(page: Page, *, proposal: str = "") -> None:
    """Freeze the text and send it to both sides."""
    if proposal:
        page.get_by_label(proposal).check()
    page.get_by_role("button", name="Freeze the text and send it").click()
    told(page, "Both sides can read it and sign it now.")


# Deciding


def go_and_read(page: Page) -> None:
    """From home: open the gate that waits for one's signature."""
    page.goto("/")
    page.get_by_role("link", name="Read and sign").first.click()
    expect(page.get_by_role("heading", name="What you are signing")).to_be_visible()


def decide(page: Page, decision: str) -> Locator:
    """On the page of a gate: take one of the four decisions; return the panel it is taken in."""
    panel = page.locator("#sign")
    panel.locator("label.choice").filter(has=page.get_by_text(decision, exact=True)).click()
    return panel


def begin_signing(page: Page, words: str = "") -> None:
    """On the page of a gate: agree to the text, and stand before the question who one is."""
    panel = decide(page, "Sign")
    panel.get_by_label("In your words").fill(words)
    panel.get_by_label("I have read round").check()
    panel.get_by_role("button", name=CONFIRM).click()
    heading(page, WHO)


def confirm(page: Page, password: str = PASSWORD) -> None:
    """Answer who one is, for what was decided."""
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Confirm and").click()


def sign(page: Page, words: str = "") -> None:
    """From home: read the gate that waits, sign it, and confirm who one is."""
    go_and_read(page)
    begin_signing(page, words)
    confirm(page)


def tab_to(page: Page, wanted: Locator) -> None:
    """Move on with the Tab key, and only with it, until `wanted` has the focus."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"The Tab key does not reach {wanted}.")
