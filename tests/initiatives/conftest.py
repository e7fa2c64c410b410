"""A founded company with its cast and its playbook, and one initiative in it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from initiatives.operations.initiatives import propose
from initiatives.operations.stages import advance_stage
from people.choices import Side
from people.queries import authority_of
from tests.cast import gather
from tests.kept import kept

PROPOSAL = {
    "name": "Dispatch helper",
    "problem": "Dispatchers phone each other for every change of the plan.",
    "affected": "About 40 dispatchers",
    "unit_name": "Dispatch",
}


@pytest.fixture
def noon() -> datetime:
    """A fixed moment: Thursday 3 December 2026, 12:00 UTC."""
    return datetime(2026, 12, 3, 12, tzinfo=UTC)


@kept
def cast(noon):
    return gather(noon)


@kept
def helper(cast, noon):
    """The dispatch helper, led by Petra for People and by Tariq for Technology."""
    return propose(actor=cast.petra, side=Side.PEOPLE, counterpart=cast.tariq, at=noon, **PROPOSAL)


@pytest.fixture
def reach(helper, cast, noon):
    """Move the dispatch helper to a stage: reach(3). Gates are passed above this app."""

    def move(stage: int, at: datetime = noon):
        helper.refresh_from_db()
        for gate in range(helper.stage, stage):
            advance_stage(initiative=helper, gate=gate, actor=cast.hana, at=at)
        return helper

    return move


@pytest.fixture
def may(noon):
    """What somebody may do at noon: may(cast.petra)."""
    return lambda person: authority_of(person, noon)


@pytest.fixture
def upload():
    """A file as a form hands it over: upload(b"...", "name.pdf")."""

    def make(data: bytes, name: str):
        return SimpleNamespace(name=name, chunks=lambda: iter([data[:7], data[7:]]))

    return make
