"""The page says of each receipt what the program says, word for word, and asks no network."""

import base64
import copy
import json
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from governance.queries.receipts import receipt_of
from journal.checkpoints import checkpoint_due
from receipts import verify_receipt
from receipts.verify_receipt import RefusedError, check
from tests.browser import watched
from tests.receipts.conftest import Opened, sealed
from tests.receipts.test_proofs import eddsa, es256, give_passkeys, rs256
from tests.receipts.test_verify_receipt import (
    BREAKS,
    LIES,
    SPELLINGS,
    acting,
    excused,
    sponsored,
    stand_in,
)

PAGE = Path(verify_receipt.__file__).with_name("verify.html")
DAY_BEFORE = "2026-12-02T12:00:00.000000Z"
SAY = """
async ([body, known]) => {
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  try { return await check(bytes, known); }
  catch (problem) { return problem instanceof Refused ? problem.message : `broken: ${problem}`; }
}
"""
UNEXPECTED = "Something in it is not as a receipt has it"

# As the journeys: a browser that is started amid kept worlds would lose sight of them.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]


@pytest.fixture
def page(browser: Browser):
    context = browser.new_context(offline=True)
    with watched(context.new_page()) as opened_page:
        opened_page.goto(PAGE.as_uri())
        yield opened_page
    context.close()


def said_by_the_page(page: Page, body: bytes, **known: str):
    return page.evaluate(SAY, [base64.b64encode(body).decode(), known])


def said_by_the_program(body: bytes, **known: str):
    try:
        report = check(body, **known)
    except RefusedError as refused:
        return str(refused)
    return vars(report)


def assert_they_agree(page: Page, body: bytes, **known: str) -> None:
    """Compare all that both say; of what is no receipt at all, only that both refuse it."""
    ours, theirs = said_by_the_program(body, **known), said_by_the_page(page, body, **known)
    if isinstance(ours, str) and ours.startswith(UNEXPECTED):
        assert isinstance(theirs, str)
        assert not theirs.startswith("broken")
    else:
        assert theirs == ours


def test_they_agree_on_receipts_that_hold(page, opened: Opened, passed, noon) -> None:
    makers = (es256, eddsa, rs256)
    kinds = [opened.body, *(give_passkeys(copy.deepcopy(opened), *make()) for make in makers)]
    for change in (
        excused,
        acting,
        lambda it: stand_in(it, person="somebody"),
        lambda it: sponsored(it, escalated_at=DAY_BEFORE, reply_until=DAY_BEFORE),
        lambda it: sponsored(
            it,
            escalated_at=DAY_BEFORE,
            reply_until=DAY_BEFORE,
            dissents={"people": "0" * 64},
            earlier_dissents={"people": ["1" * 64, "2" * 64]},
        ),
        lambda it: it.receipt["organisation"].update(
            name="\u00c5\u2028\U0001f600", demonstration=True
        ),
    ):
        one = copy.deepcopy(opened)
        change(one)
        kinds.append(one.body)
    made = checkpoint_due(at=noon + timedelta(hours=2))
    kinds.append(receipt_of(passed.passage))

    for body in kinds:
        assert isinstance(said_by_the_program(body), dict)
        assert_they_agree(page, body)
    key = json.loads(kinds[-1])["keys"][0]["id"]
    assert_they_agree(page, kinds[-1], key=key, checkpoint=made.note)
    for known in (
        f"Mailed:\r\n\r\n{made.note}\n{made.note}",
        "a list",
        "x" * 1_000_000,
        "a\n7\nAA==\n\n\u2014 a b\n",
    ):
        assert_they_agree(page, kinds[-1], checkpoint=known)
    assert_they_agree(page, kinds[-1], key="0" * 16)


def test_they_agree_on_keys_that_follow_one_another(page, rotated) -> None:
    stolen = sealed(json.loads(rotated.body), by=rotated.old)
    for known in ("", rotated.new.key_id, rotated.old.key_id):
        assert_they_agree(page, rotated.body, key=known)
        assert isinstance(said_by_the_page(page, stolen, key=known), str)
        assert_they_agree(page, stolen, key=known)


def test_only_a_key_that_one_knows_makes_the_headline(page, passed, noon, tmp_path) -> None:
    checkpoint_due(at=noon + timedelta(hours=2))
    path = tmp_path / "receipt.json"
    path.write_bytes(receipt_of(passed.passage))
    page.get_by_label("Receipt").set_input_files(path)
    page.get_by_role("button", name="Check it").click()
    page.get_by_text("It holds together. Whose key it is, is yours to compare").wait_for()

    page.get_by_label("key in use").fill(json.loads(path.read_bytes())["keys"][0]["id"])
    page.get_by_role("button", name="Check it").click()
    page.get_by_text("This receipt holds.").wait_for()


def test_they_agree_on_what_is_refused(page, body, opened: Opened) -> None:
    for change in SPELLINGS:
        assert isinstance(said_by_the_program(change(body)), str)
        assert said_by_the_page(page, change(body)).startswith("The ")
    bodies = []
    for change, _ in LIES:
        receipt = json.loads(body)
        change(receipt)
        bodies.append(sealed(receipt))
    for change, _ in BREAKS:
        one = copy.deepcopy(opened)
        change(one)
        bodies.append(one.body)

    for one in bodies:
        assert isinstance(said_by_the_program(one), str)
        assert_they_agree(page, one)
