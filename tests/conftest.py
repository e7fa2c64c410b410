"""Fixtures for all: the database is made by its owner and used as the runtime role."""

import gc
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module

import pytest
from coverage import Coverage
from django.conf import settings
from django.contrib.auth import get_backends
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.template import engines
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as properties

from journal import guards
from tests.browser import browser
from tests.kept import house, pytest_itemcollected

# One browser a process: a second one cannot be started beside it. And a hook of pytest's.
__all__ = ["browser", "pytest_itemcollected"]

# How fast a machine is says nothing about a property; a busy one would fail it.
properties.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("untimed")

# Modules and tests stay to the end: nobody needs to look again and again whether they are garbage.
gc.disable()
gc.set_threshold(10_000, 20, 50)

_owner: dict[str, str] = {}


@contextmanager
def as_owner() -> Iterator[None]:
    """Act on the test database as its owner, then as before."""
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    _connect_as(_owner or before)
    try:
        yield
    finally:
        _connect_as(before)


def owner_settings() -> dict[str, str]:
    """Return as whom a second connection acts when it acts as the owner."""
    return dict(_owner)


def _connect_as(who: dict[str, str]) -> None:
    if who["USER"] != connection.settings_dict["USER"]:
        connection.close()
        connection.settings_dict.update(who)


@contextmanager
def triggers_off() -> Iterator[None]:
    """Let the owner change what nobody may change, and put the guards up again."""
    tables = [*guards.insert_only_tables(), guards.SEALED_TABLE]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables))
    try:
        yield
    finally:
        guards.install()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Hand the finished database to a role that may only do what the product may."""
    role, password = f"rt_{connection.settings_dict['NAME']}"[:60], secrets.token_hex(16)
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            verb = "ALTER" if cursor.fetchone() else "CREATE"
            cursor.execute(f"{verb} ROLE {role} LOGIN PASSWORD '{password}'")
        settings.RUNTIME_ROLE = role
        guards.install()
        _owner.update({name: connection.settings_dict[name] for name in ("USER", "PASSWORD")})
        _connect_as({"USER": role, "PASSWORD": password})
    yield
    with django_db_blocker.unblock():
        house.take_down()
        _connect_as(_owner)


@pytest.fixture
def _kept_worlds(request, django_db_setup, django_db_blocker) -> None:
    """Put up the kept worlds that a test begins with, and take down all others."""
    with django_db_blocker.unblock(), house.visited_by(request.node) as wanted:
        for name in wanted:
            request.getfixturevalue(name)


@pytest.fixture
def _django_db_helper(_kept_worlds, _django_db_helper) -> None:
    """Begin the transaction of a test upon the worlds it begins with."""


@pytest.fixture(scope="class")
def _empty_for_a_test_case(request, django_db_blocker) -> None:
    if request.cls and issubclass(request.cls, TransactionTestCase):
        with django_db_blocker.unblock():
            house.take_down()


@pytest.fixture(autouse=True, scope="class")
def _django_setup_unittest(_empty_for_a_test_case, _django_setup_unittest) -> None:
    """Let Django's own test cases begin with an empty database."""


def _empty_as_owner(_case: TransactionTestCase) -> None:
    """Empty every table that a test filled; Django's flush is slow and refused by the guards."""
    with as_owner(), connection.cursor() as cursor:
        filled = _filled(cursor)
        standing = [guard for guard in guards.expected_triggers() if guard[0] in filled]
        with transaction.atomic():
            _switch(cursor, standing, "DISABLE")
            for table in filled:  # in any order: Django's foreign keys are checked at the end
                cursor.execute(f"DELETE FROM {table}")
        _switch(cursor, standing, "ENABLE ALWAYS")
        if guards.problems():  # which a test may have left
            guards.install()


def _filled(cursor: CursorWrapper) -> list[str]:
    tables = {*connection.introspection.table_names(cursor)} - KEPT_TABLES
    cursor.execute(" UNION ALL ".join(f"(SELECT '{one}' FROM {one} LIMIT 1)" for one in tables))
    return sorted(table for (table,) in cursor.fetchall())


def _switch(cursor: CursorWrapper, triggers: list[tuple[str, str]], how: str) -> None:
    if triggers:
        each = [f"ALTER TABLE {table} {how} TRIGGER {name}" for table, name in triggers]
        cursor.execute("; ".join(each))


KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}
# Django offers no other place to say how a test leaves the database.
TransactionTestCase._fixture_teardown = _empty_as_owner  # noqa: SLF001  # see above


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure no coverage of an `untraced` test: measuring takes as long as the test itself."""
    measuring = Coverage.current() if item.get_closest_marker("untraced") else None
    if measuring is None:
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long ones, so that at the end no worker waits for another."""
    items.sort(key=lambda item: item.get_closest_marker("untraced") is None)


def pytest_collection_finish() -> None:
    """Load what a first request loads while it is measured: the first test may be `untraced`."""
    gc.freeze()
    gc.enable()
    if Coverage.current():
        import_module(settings.ROOT_URLCONF)
        engines.all()
        get_backends()


@pytest.fixture
def noon() -> datetime:
    """A fixed moment: Thursday 3 December 2026, 12:00 UTC."""
    return datetime(2026, 12, 3, 12, tzinfo=UTC)
