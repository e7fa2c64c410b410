"""The browser, for the gallery of components."""

from tests.browser import browser

__all__ = ["browser"]
