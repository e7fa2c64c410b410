"""A decision is checked by somebody who has two files and no network."""

import base64
import random
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from journal.checkpoints import checkpoint_due
from journal.clock import now
from tests.browser import axe_problems, overflow, screenshot, watched
from tests.gates import make_review, sign
from tests.journeys import steps
from tests.journeys.conftest import give_session

pytestmark = pytest.mark.django_db(transaction=True)

MUTANTS = 60
HOLDS = "It holds together. Whose key it is, is yours to compare"
REFUSED = "Refused. Do not rely on this file."
# Each changed file goes through the page's own check; what it does not refuse is named.
JUDGE = """
async ([body, changes]) => {
  const accepted = [];
  for (const [place, bits] of changes) {
    const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
    bytes[place] ^= bits;
    try { await check(bytes); accepted.push([place, bits]); }
    catch (problem) { if (!(problem instanceof Refused)) accepted.push(String(problem)); }
  }
  return accepted;
}
"""


def test_a_receipt_is_checked_offline(page_js: Page, browser: Browser, live_server, tmp_path):
    start = now() - timedelta(days=2)
    world, round_ = make_review(start)
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=start)
    checkpoint_due(at=start + timedelta(hours=1))
    give_session(page_js, world.cast.audrey, live_server.url)

    page_js.goto(f"/gates/{round_.pk}/signed/")
    page_js.get_by_role("link", name="Receipt that anybody can check").click()
    steps.heading(page_js, "Gate 1 of AI-001, signed by both.", "receipt")
    receipt = taken(page_js, "Download the receipt", tmp_path)
    verifier = taken(page_js, "verify.html", tmp_path)

    context = browser.new_context(offline=True, viewport={"width": 390, "height": 900})
    with watched(context.new_page()) as alone:
        alone.goto(verifier.as_uri())
        checked(alone, receipt, HOLDS, "receipt-holds")
        steps.told(alone, "Technology: Ivo Brandt, Chief Information Officer")
        steps.told(alone, "Two sides and two different people approved it")
        assert axe_problems(alone) == []
        assert overflow(alone) == 0
        body = receipt.read_bytes()
        receipt.write_bytes(body.replace(b"Ivo Brandt", b"Ivo Brands"))
        checked(alone, receipt, REFUSED, "receipt-refused")
        assert alone.evaluate(JUDGE, [coded(body), changes(body)]) == []
        assert alone.evaluate(JUDGE, [coded(body), [[0, 0]]]) == [[0, 0]], "unchanged, it holds"
    context.close()


def taken(page: Page, link: str, folder: Path) -> Path:
    """Download what a link leads to."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=link).click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def checked(page: Page, receipt: Path, verdict: str, picture: str) -> None:
    """Choose a file and read the verdict."""
    page.get_by_label("Receipt").set_input_files(receipt)
    page.get_by_role("button", name="Check it").click()
    steps.told(page, verdict)
    screenshot(page, picture)


def coded(body: bytes) -> str:
    return base64.b64encode(body).decode()


def changes(body: bytes) -> list[list[int]]:
    """Name places, and which bits to turn there."""
    chance = random.Random(7)
    return [[chance.randrange(len(body)), chance.randrange(1, 256)] for _ in range(MUTANTS)]
