"""One gate that waits for both signatures, in a founded company."""

from datetime import UTC, datetime

import pytest

from tests.gates import make_review, make_world


@pytest.fixture
def noon() -> datetime:
    """A fixed moment: Thursday 3 December 2026, 12:00 UTC."""
    return datetime(2026, 12, 3, 12, tzinfo=UTC)


@pytest.fixture
def world(db, noon):
    """An initiative with a lead on each side, and nothing written yet but its problem."""
    return make_world(noon)


@pytest.fixture
def review(db, noon):
    """A world and its first round, sent for signature."""
    return make_review(noon)
