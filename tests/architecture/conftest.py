"""These tests read the source, or try every page there is: neither shows what is covered."""

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker("untraced")
