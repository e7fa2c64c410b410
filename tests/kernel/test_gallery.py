"""The gallery: every component in a real browser, in both themes, wide and narrow."""

import mimetypes
from collections.abc import Iterator
from pathlib import Path

import pytest
from csp.utils import build_policy
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from kernel.errors import SOMEONE_ELSE, error_page
from tests.browser import axe_problems, overflow, screenshot, watched
from tests.kernel.gallery import gallery

HOST = "http://counterpart.test"
WIDTHS = (320, 390, 800, 1024, 1440, 1920)
pytestmark = pytest.mark.untraced
ERRORS = (400, 403, 404, 409, 422, 429, 500, 503)


@pytest.fixture(autouse=True)
def _own_templates(settings):
    here = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], here]}]


@pytest.fixture
def pages(rf) -> dict[str, str]:
    """Every page that this browser can ask for, by its path."""
    shown = {"/": render_to_string("kernel/gallery.html", gallery())}
    for status in ERRORS:
        request = rf.post("/x/", {"reason": "Because we said so, in two lines."})
        request.id = "0f3a9c21bb7e"
        blockers = (SOMEONE_ELSE,) if status in {409, 422} else ()
        shown[f"/{status}/"] = error_page(request, status, blockers).content.decode()
    return shown


@pytest.fixture(params=["light", "dark"])
def window(request, browser: Browser, pages) -> Iterator[Page]:
    context = browser.new_context(
        color_scheme=request.param, viewport={"width": 1440, "height": 900}
    )
    with watched(context.new_page()) as page:
        page.route(f"{HOST}/**", lambda route: serve(route, pages))
        page.theme = request.param
        yield page
    context.close()


def serve(route: Route, pages: dict[str, str]) -> None:
    path = route.request.url.removeprefix(HOST)
    if path.startswith(settings.STATIC_URL):
        found = finders.find(path.removeprefix(settings.STATIC_URL))
        kind = mimetypes.guess_type(path)[0]
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        return
    headers = {"Content-Security-Policy": build_policy(), "Content-Type": "text/html"}
    route.fulfill(body=pages[path], headers=headers)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_gallery_is_accessible(window, width):
    window.set_viewport_size({"width": width, "height": 900})

    window.goto(f"{HOST}/")

    screenshot(window, f"gallery-{width}-{window.theme}")
    assert axe_problems(window) == []


def test_the_gallery_fits_every_window(window):
    window.goto(f"{HOST}/")

    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 900})
        assert overflow(window) == 0, width


@pytest.mark.parametrize("status", ERRORS)
def test_error_pages_are_accessible(window, status):
    window.goto(f"{HOST}/{status}/")
    screenshot(window, f"error-{status}-{window.theme}")
    found = axe_problems(window)

    window.set_viewport_size({"width": 320, "height": 700})
    screenshot(window, f"error-{status}-{window.theme}-320")

    assert found + axe_problems(window) == []
    assert overflow(window) == 0


def test_the_menus_open_by_keyboard_and_hold_the_way_out(window):
    window.goto(f"{HOST}/")

    window.get_by_role("button", name="Account menu").press("Enter")

    assert window.get_by_role("button", name="Sign out").is_visible()
    screenshot(window, f"menu-{window.theme}")
    assert axe_problems(window) == []
    window.keyboard.press("Escape")
    assert window.get_by_role("button", name="Sign out").is_hidden()


def test_on_a_phone_more_opens_from_the_bottom_bar(window):
    window.set_viewport_size({"width": 390, "height": 800})
    window.goto(f"{HOST}/")

    window.get_by_role("navigation", name="Main, bottom").get_by_role("button").click()

    assert window.get_by_role("link", name="People and offices").is_visible()
    screenshot(window, f"more-{window.theme}")
    window.get_by_role("button", name="Close").click()
    assert window.get_by_role("link", name="People and offices").is_hidden()


def test_the_first_tab_skips_to_the_content(window):
    window.goto(f"{HOST}/")
    window.evaluate("document.activeElement.blur()")

    window.keyboard.press("Tab")
    window.keyboard.press("Enter")

    assert window.evaluate("document.activeElement.closest('main') !== null")


def test_without_scripts_the_menus_still_open(browser, pages):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route(f"{HOST}/**", lambda route: serve(route, pages))
    page.goto(f"{HOST}/")

    page.get_by_role("button", name="Account menu").click()

    assert page.get_by_role("button", name="Sign out").is_visible()
    context.close()


def test_a_problem_is_focused_when_the_page_opens(window):
    window.goto(f"{HOST}/")

    assert window.evaluate("document.activeElement.className") == "error-summary"
