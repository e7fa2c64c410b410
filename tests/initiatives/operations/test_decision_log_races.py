"""One log brought twice in the same second, under other bytes: each decision comes in once.

Real threads on real connections. The same trial without the lock must break (negative control).
"""

from functools import partial
from threading import Barrier

import pytest

from initiatives.models import Initiative, LoggedDecision
from initiatives.operations import decision_logs
from initiatives.operations.decision_logs import BroughtAlreadyError, bring_decisions
from initiatives.queries.decision_logs import here_already
from journal.verification import verify
from tests.gates import company, make_world
from tests.initiatives.decision_files import LINES, line, log
from tests.initiatives.operations.test_scoring_races import race

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
TRIALS = 4


@pytest.fixture
def worlds(noon):
    cast = company(noon)
    return [make_world(noon, cast=cast, name=f"Helper {n}") for n in range(TRIALS)]


def both(world, at):
    """Return how each lead brings the same lines, one of them with an empty line at the end."""
    content = log(*(line(when="2026-01-05", subject=one[2]) for one in LINES))
    return [
        partial(
            bring_decisions,
            actor=actor,
            initiative=world.initiative,
            name="log.csv",
            content=content + more,
            at=at,
        )
        for actor, more in ((world.cast.tariq, b""), (world.cast.petra, b"\r\n"))
    ]


def rows_of(world):
    return LoggedDecision.objects.filter(log__initiative=world.initiative).count()


def test_a_log_that_two_bring_at_once_comes_in_once(worlds, noon):
    for world in worlds:
        results = race(*both(world, noon))

        assert rows_of(world) == len(LINES)
        assert [type(one) for one in results if isinstance(one, Exception)] == [BroughtAlreadyError]
    assert list(verify()) == []


def test_without_the_lock_the_trial_breaks(worlds, noon, monkeypatch):
    both_have_looked, world = Barrier(2), worlds[0]

    def look(*asked):
        found = here_already(*asked)
        both_have_looked.wait(timeout=20)
        return found

    monkeypatch.setattr(decision_logs, "locked", lambda pk: Initiative.objects.get(pk=pk))
    monkeypatch.setattr(decision_logs, "here_already", look)
    race(*both(world, noon))

    assert rows_of(world) == 2 * len(LINES)
