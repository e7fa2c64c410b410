"""Gates made a while ago, and people who open them now."""

from datetime import timedelta

import pytest

from journal.clock import now
from tests.gates import make_review, make_world


@pytest.fixture
def lately(db):
    """Two days ago: pages read the real clock, so worlds are made before it."""
    return now() - timedelta(days=2)


@pytest.fixture
def draft(lately):
    """An initiative with a lead on each side, and nothing written yet but its problem."""
    return make_world(lately)


@pytest.fixture
def waiting(lately):
    """A world and its first round, sent for signature."""
    return make_review(lately)


@pytest.fixture
def as_(client):
    """Sign somebody in and return the client: as_(cast.hana).get("/")."""

    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in
