"""Windows on the running product: with JavaScript and without, one for each person."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.browser import watched

Enter = Callable[[User | None], Page]


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker("untraced")


@pytest.fixture
def page_js(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with ExitStack() as stack:
        yield _window(stack, browser, live_server, scripts=True)


@pytest.fixture
def page_nojs(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with ExitStack() as stack:
        yield _window(stack, browser, live_server, scripts=False)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def enter(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Enter]:
    """Give each person a browser of their own, signed in; of nobody, one that is not."""
    with ExitStack() as stack:

        def open_window(person: User | None = None) -> Page:
            page = _window(stack, browser, live_server, scripts=request.param)
            if person is not None:
                give_session(page, person, live_server.url)
            return page

        yield open_window


def give_session(page: Page, person: User, url: str) -> None:
    """Come in with a session of our own making; the sign-in page has its own journey."""
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


def _window(stack: ExitStack, browser: Browser, server: LiveServer, *, scripts: bool) -> Page:
    context = browser.new_context(
        base_url=server.url,
        java_script_enabled=scripts,
        viewport={"width": 1440, "height": 900},
        # Motion takes a third of the browser's time, and is broken off under load.
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    stack.callback(context.close)
    return stack.enter_context(watched(context.new_page()))
