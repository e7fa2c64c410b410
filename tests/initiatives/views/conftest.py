import pytest

from tests.gates import make_world


@pytest.fixture
def world(db, noon):
    """One initiative, led by Tariq for Technology and by Petra for People."""
    return make_world(noon)


@pytest.fixture
def sign_in(client):
    """Sign somebody in and return the client."""

    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in
