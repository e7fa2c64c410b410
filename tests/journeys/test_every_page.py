"""Every page, as its reader sees it: WCAG 2.2 AA in both themes, and no window too narrow."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from journal.clock import now
from people.models import User
from tests.browser import axe_problems, overflow, screenshot
from tests.cast import gather

WIDTHS = (320, 390, 768, 1024, 1440, 1920)
# (who looks, address). A page with something in it is worth more than an empty one.
NOWHERE = "/nowhere/"
VISITOR = ("/sign-in/", NOWHERE)
EVERYONE = ("/profile/", "/profile/password/", "/profile/second-factor/add/", "/settings/people/")
ADMINISTRATOR = ("/settings/people/", "/settings/people/appoint/", "/settings/people/add/")

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, user: User, url: str) -> None:
    """Come in with a session of our own making; the sign-in page has its own journey."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


def problems_of(page: Page, address: str) -> list[str]:
    found = []
    name = address.strip("/").replace("/", "-") or "home"
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": 1440, "height": 900})
        answer = page.goto(address)
        if answer.status != (404 if address == NOWHERE else 200):
            return [f"{address}: {answer.status}"]
        screenshot(page, f"page-{name}-{theme}")
        found += [f"{address} {theme}: {problem}" for problem in axe_problems(page)]
        page.set_viewport_size({"width": 390, "height": 844})
        found += [f"{address} {theme} 390: {problem}" for problem in axe_problems(page)]
        screenshot(page, f"page-{name}-{theme}-390")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if wide := overflow(page):
            found.append(f"{address} {width}: {wide} px too wide")
    return found


def test_what_a_visitor_sees(page_js):
    found = [problem for address in VISITOR for problem in problems_of(page_js, address)]

    assert found == []


def test_what_a_key_holder_sees(page_js, live_server):
    cast = gather(now() - timedelta(days=30))
    sign_in(page_js, cast.hana, live_server.url)

    found = [problem for address in EVERYONE for problem in problems_of(page_js, address)]

    assert found == []


def test_what_an_administrator_sees(page_js, live_server):
    cast = gather(now() - timedelta(days=30))
    sign_in(page_js, cast.ada, live_server.url)

    found = [problem for address in ADMINISTRATOR for problem in problems_of(page_js, address)]

    assert found == []
