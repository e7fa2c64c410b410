"""One gate that waits for both signatures, in a founded company."""

from datetime import UTC, datetime

import pytest

from tests.gates import make_ready, make_round, make_world
from tests.kept import kept


@pytest.fixture
def noon() -> datetime:
    """A fixed moment: Thursday 3 December 2026, 12:00 UTC."""
    return datetime(2026, 12, 3, 12, tzinfo=UTC)


@kept
def world(noon):
    """An initiative with a lead on each side, and nothing written yet but its problem."""
    return make_world(noon)


@kept
def review(world, noon):
    """A world and its first round, sent for signature."""
    make_ready(world, "1", at=noon)
    return world, make_round(world, at=noon)
