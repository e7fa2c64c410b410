"""Somebody else at the same database: a connection of their own, as the product or as its owner."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

from tests.conftest import owner_settings


@contextmanager
def another_connection(*, owner: bool = False) -> Iterator[CursorWrapper]:
    """Open a second connection; each statement is a transaction of its own."""
    other = connection.copy("other")
    if owner:
        other.settings_dict = {**other.settings_dict, **owner_settings()}
    with closing(other), other.cursor() as cursor:
        yield cursor
