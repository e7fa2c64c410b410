"""Gates made a while ago, and people who open them now."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.cast import PASSWORD
from tests.gates import make_ready, make_round, make_world
from tests.kept import kept


@pytest.fixture(scope="session")
def lately():
    """Two days ago: pages read the real clock, so worlds are made before it."""
    return datetime.now(UTC) - timedelta(days=2)


@kept
def draft(lately):
    """An initiative with a lead on each side, and nothing written yet but its problem."""
    return make_world(lately)


@kept
def waiting(draft, lately):
    """A world and its first round, sent for signature."""
    make_ready(draft, "1", at=lately)
    return draft, make_round(draft, at=lately)


@pytest.fixture
def as_(client):
    """Sign somebody in and return the client: as_(cast.hana).get("/")."""

    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def at_gate():
    """The addresses around a round: at_gate(round_, "gate-decide")."""

    def address(round_, name="gate-detail", **more):
        return reverse(f"governance:{name}", kwargs={"pk": round_.pk, **more})

    return address


@pytest.fixture
def decide(as_, at_gate):
    """Open the gate as a signer and send the sign panel: decide(cast.hana, round_, "sign")."""

    def send(person, round_, decision, **typed):
        client = as_(person)
        form = client.get(at_gate(round_)).context["form"]
        shown = {name: form[name].value() for name in ("snapshot", "terms")}
        return client.post(
            at_gate(round_, "gate-decide"),
            {**shown, "decision": decision, "finality": "open", "read": "on", **typed},
        )

    return send


@pytest.fixture
def confirm(client):
    """Give the password where a decision led: confirm(response)."""

    def give(response, password=PASSWORD, **more):
        assert response.status_code == 302, response.content.decode()[:2000]
        return client.post(response.url, {"password": password, **more})

    return give
