"""Worlds that are made once, and kept while tests that begin with them follow one another.

    @kept
    def review(noon):
        return make_review(noon)

is a fixture. Its world lies in a transaction below that of the test, which is rolled back onto it,
and each test gets a copy of its own of what was returned. One kept fixture may build on another:
they lie upon each other like storeys. What a test does not begin with is taken down before it, so
the database holds what it asked for and nothing else; a test that commits has its world made anew.

A kept fixture may ask for other kept ones and for what is the same each time, as a moment; not for
`db`, `settings` or `monkeypatch`. Its tests need not ask for `db` either.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction


@dataclass(frozen=True)
class Storey:
    """One kept world: who made it from what, its transaction, and what was returned."""

    make: Callable[..., Any]
    given: dict[str, Any]
    block: transaction.Atomic
    thing: Any


@dataclass
class House:
    """What stands now, and how far up in it the test has come."""

    storeys: list[Storey] = field(default_factory=list)
    height: int = 0
    is_open: bool = False

    @contextmanager
    def visited_by(self, item: pytest.Item) -> Iterator[list[str]]:
        """Give the names of what the test begins with; nothing else stands afterwards."""
        self.height, self.is_open = 0, not commits(item)
        try:
            yield kept_fixtures(item) if self.is_open else []
        finally:
            self.is_open = False
            self.take_down(to=self.height)

    def rise(self, make: Callable[..., Any], given: dict[str, Any]) -> Any:
        """Return what the next storey holds; build it if another one stands there, or none."""
        fixed = {name: one for name, one in given.items() if name not in NAMES}
        here = self.storeys[self.height] if self.height < len(self.storeys) else None
        if here is None or (here.make, here.given) != (make, fixed):
            self.take_down(to=self.height)
            here = self._build(make, given, fixed)
        self.height += 1
        return deepcopy(here.thing)

    def _build(
        self, make: Callable[..., Any], given: dict[str, Any], fixed: dict[str, Any]
    ) -> Storey:
        block = transaction.atomic()
        block._from_testcase = True  # noqa: SLF001  # acts begin in it, as in Django's TestCase
        block.__enter__()
        self.storeys.append(Storey(make, fixed, block, None))
        thing = make(**given)
        connection.check_constraints()
        self.storeys[-1] = Storey(make, fixed, block, thing)
        return self.storeys[-1]

    def take_down(self, to: int = 0) -> None:
        """Undo every storey above `to`."""
        if connection.closed_in_transaction:
            to = 0  # a test lost the connection, and with it all that was built
        while len(self.storeys) > to:
            block = self.storeys.pop().block
            connection.needs_rollback = True
            block.__exit__(None, None, None)


house = House()
NAMES: set[str] = set()


def kept(make: Callable[..., Any]) -> Any:
    """Make a fixture whose world is kept for the tests that follow."""

    def made(**given: Any) -> Any:
        return house.rise(make, given) if house.is_open else make(**given)

    made.__name__, made.__doc__ = make.__name__, make.__doc__
    made.__signature__ = inspect.signature(make)
    made.is_kept = True
    NAMES.add(make.__name__)
    return pytest.fixture(made)


def commits(item: pytest.Item) -> bool:
    """Tell whether a test ends transactions of its own."""
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        return True
    return not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


def kept_fixtures(item: pytest.Item) -> list[str]:
    """Name the kept fixtures that a test begins with; not what rests on a fixture of its own."""
    found = item._fixtureinfo.name2fixturedefs  # noqa: SLF001  # pytest has no other way

    def asks_for_database(name: str) -> bool:
        asked = found[name][-1].argnames if name in found else ()
        return name == "db" or any(asks_for_database(one) for one in asked)

    return [
        name
        for name, all_ in found.items()
        if hasattr(all_[-1].func, "is_kept") and not asks_for_database(name)
    ]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give the database to a test that begins with a kept world."""
    if kept_fixtures(item) and not item.get_closest_marker("django_db"):
        item.add_marker(pytest.mark.django_db)
