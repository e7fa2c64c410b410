"""Two browsers in the same second: one wins, the other is told; never two, never half.

Real threads on real connections, from one barrier. What races for a signature is tried in all its
pairs, with its negative control, by `tests/proofs/test_races_of_acts.py`.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from governance.models import GateSide, Snapshot
from governance.operations.halves import Half, Source, fill_half
from governance.operations.rounds import open_round, submit_round, withdraw_round
from initiatives.models import ArtefactVersion, Evidence
from initiatives.operations.contributions import Contribution, StaleContributionsError
from journal.verification import verify
from kernel.refusals import RefusedError
from tests.gates import make_ready, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
TRIALS = 8


def race(*acts: Callable[[], object]) -> list[object]:
    """Run all acts at once; return what each gave, a refusal in place of a result."""
    barrier = Barrier(len(acts))

    def run(one: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=20)
            return one()
        except RefusedError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refusals(results: list[object]) -> list[RefusedError]:
    return [one for one in results if isinstance(one, RefusedError)]


def test_one_half_is_saved_twice_in_the_same_second() -> None:
    """Who comes second is shown both texts, and nothing of theirs is half kept."""
    world = make_world(NOON)

    def saving(person, number: int) -> Callable[[], object]:
        raw = {"fill_with_ai": f"Trial {number}, {person.name}", "grow_people": "Talking"}
        half = Half(
            contributions=[Contribution(slot="gaps_to_fill", raw=raw, expected_version=number)],
            sources=[
                Source(name="source", slot="problem_statement", text=f"{number}: {person.name}")
            ],
        )
        return partial(fill_half, actor=person, initiative=world.initiative, half=half, at=NOON)

    for number in range(TRIALS):
        results = race(saving(world.cast.petra, number), saving(world.cast.hana, number))

        [told] = refusals(results)
        assert isinstance(told, StaleContributionsError)
        [clash] = told.clashes
        version = ArtefactVersion.objects.get(slot="gaps_to_fill", n=number + 1)
        [source] = Evidence.objects.order_by("pk")[number:]
        assert source.added_by == version.author
        assert version.author.name not in clash.mine.texts["fill_with_ai"]
    assert [*verify()] == []


def test_a_round_is_sent_twice_in_the_same_second() -> None:
    world = make_world(NOON)
    make_ready(world, "1", at=NOON)
    for _ in range(TRIALS):
        draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=NOON)
        sending = partial(submit_round, round_id=draft.pk, at=NOON)

        results = race(
            partial(sending, actor=world.cast.petra), partial(sending, actor=world.cast.tariq)
        )

        assert len(refusals(results)) == 1
        assert Snapshot.objects.filter(round=draft).count() == 1
        assert GateSide.objects.filter(round=draft).count() == 2
        withdraw_round(round_id=draft.pk, actor=world.cast.petra, at=NOON)
