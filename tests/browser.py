"""Chromium for the tests: launch it, watch it, ask axe, take a picture.

`CHROMIUM` names another browser. `SCREENSHOTS` names a folder that keeps the pictures; without it
none are taken, for they take longer than what they show.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.kept import house

# Playwright's synchronous face runs a loop in this thread, and Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# The rules that judge colours: whether the rest holds is the same in every theme.
COLOURS = ("color-contrast", "link-in-text-block")
# Only what was found is worded, and no sheet is fetched for a rule that is not asked for: the one
# and the other take axe half as long again as its looking.
OPTIONS = {
    "runOnly": {"type": "tag", "values": RULES},
    "resultTypes": ["violations"],
    "selectors": False,
    "preload": {"assets": ["media"]},
}
LOOK = """
([exclude, options]) => axe.run({exclude}, options).then(({violations}) => violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)))
"""
PICTURES = os.environ.get("SCREENSHOTS", "")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium, or playwright's own where there is none."""
    on_path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    found = os.environ.get("CHROMIUM") or on_path
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="session")
def browser(django_db_blocker) -> Iterator[Browser]:
    # Beside playwright's loop Django opens connections anew; what the old ones hold would stay so.
    with django_db_blocker.unblock():
        house.take_down()
        connections.close_all()
    with chromium() as started:
        yield started


@contextmanager
def watched(page: Page) -> Iterator[Page]:
    """Fail when the page broke a script, a style or the content security policy."""
    problems: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A refused act answers 4xx; the browser reports every such answer as an error.
        if message.type == "error" and "Failed to load resource" not in message.text:
            problems.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    assert not problems, problems


def axe_problems(page: Page, *, colours_only: bool = False, without: str = "") -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line per rule and element.

    `without` names by its selector what was looked at on another page already.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe_script())
    rules = {"runOnly": {"type": "rule", "values": COLOURS}} if colours_only else {}
    return page.evaluate(LOOK, [[without] if without else [], OPTIONS | rules])


@cache
def axe_script() -> str:
    return Axe().axe_script


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def screenshot(page: Page, name: str) -> None:
    """Keep a picture of the whole page, where somebody asked for pictures."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
