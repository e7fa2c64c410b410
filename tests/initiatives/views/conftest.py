from datetime import UTC, datetime, timedelta

import pytest

from tests.gates import make_world
from tests.kept import kept


@pytest.fixture(scope="session")
def noon():
    """Ten days ago: pages read the clock, and offices must have begun."""
    return datetime.now(UTC) - timedelta(days=10)


@kept
def world(noon):
    """One initiative, led by Tariq for Technology and by Petra for People."""
    return make_world(noon)


@pytest.fixture
def sign_in(client):
    """Sign somebody in and return the client."""

    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in
