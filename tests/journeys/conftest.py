"""Two windows on the running product: one with JavaScript, one without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import browser, watched

__all__ = ["browser"]


@pytest.fixture
def page_js(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    yield from _page(browser, live_server, scripts=True)


@pytest.fixture
def page_nojs(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    yield from _page(browser, live_server, scripts=False)


def _page(browser: Browser, server: LiveServer, *, scripts: bool) -> Iterator[Page]:
    context = browser.new_context(base_url=server.url, java_script_enabled=scripts)
    with watched(context.new_page()) as page:
        yield page
    context.close()
