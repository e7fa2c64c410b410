"""The journal alone: a founded installation, and subscribers of the test's own."""

from collections import defaultdict
from datetime import datetime

import pytest

from journal.models import Installation
from journal.operations import found_installation


def found_here(at: datetime, *, is_demo: bool = False) -> Installation:
    """Begin a journal: two entries, one insert-only row, one sealed text."""
    return found_installation(name="Harrowgate", zone="UTC", currency="EUR", is_demo=is_demo, at=at)


@pytest.fixture
def founded(db, noon) -> Installation:
    """Return the installation, in the test's own transaction."""
    return found_here(noon)


@pytest.fixture(autouse=True)
def only_the_journal(monkeypatch):
    """Leave the product's reactions and further checks out: these tests are about the journal."""
    monkeypatch.setattr("journal.subscriptions._within", defaultdict(list))
    monkeypatch.setattr("journal.subscriptions._on", defaultdict(dict))
    monkeypatch.setattr("journal.verification._further", [])
