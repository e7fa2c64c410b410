"""Two sides complete in the same second: both are shown, once; two keys agree, once.

Real threads on real connections. The same trial without the lock must break (negative control).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from initiatives.models import Initiative, Reveal, Score, Scoring, Shortlist, ShortlistAnswer
from initiatives.operations import opportunities
from initiatives.operations.opportunities import give_scores
from initiatives.operations.shortlists import answer_shortlist, propose_shortlist
from journal.verification import verify
from kernel.refusals import RefusedError
from people.choices import Side
from playbook.editions import current
from tests.gates import company, make_world, score

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
TRIALS = 6
QUARTER = date(2027, 1, 1)


def race(*acts: Callable[[], object]) -> list[object]:
    """Run all acts at once; return what each gave, a refusal or a fault in place of a result."""
    barrier = Barrier(len(acts))

    def run(one: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=20)
            return one()
        except Exception as fault:  # noqa: BLE001  # the trial without a lock may break anyhow
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def completions(world, at):
    """Return how each side gives everything it has to give."""
    return [
        partial(
            give_scores,
            actor=world.writer(side),
            initiative=world.initiative,
            values={one.key: 4 for one in current().scoring.of(side)},
            n=1,
            at=at,
        )
        for side in Side
    ]


@pytest.fixture
def worlds(noon):
    cast = company(noon)
    return [make_world(noon, cast=cast, name=f"Helper {n}") for n in range(TRIALS)]


def test_two_sides_that_complete_at_once_are_shown_once(worlds, noon):
    for world in worlds:
        results = race(*completions(world, noon))

        assert not [one for one in results if isinstance(one, Exception)]
        assert Scoring.objects.filter(initiative=world.initiative).count() == 1
        assert Reveal.objects.filter(scoring__initiative=world.initiative).count() == 1
        assert Score.objects.filter(scoring__initiative=world.initiative).count() == 12
    assert list(verify()) == []


def test_without_the_lock_the_trial_breaks(worlds, noon, monkeypatch):
    """Both sides open the scoring, or neither sees the other complete."""
    monkeypatch.setattr(opportunities, "locked", lambda pk: Initiative.objects.get(pk=pk))
    broken = 0
    for world in worlds:
        results = race(*completions(world, noon))
        faults = [one for one in results if isinstance(one, Exception)]
        shown = Reveal.objects.filter(scoring__initiative=world.initiative).count()
        broken += bool(faults) or shown != 1

    assert broken


def test_two_people_of_one_side_at_once_both_count_in_some_order(worlds, noon):
    world = worlds[0]
    acts = [
        partial(
            give_scores,
            actor=person,
            initiative=world.initiative,
            values={"pain": value},
            n=1,
            at=noon,
        )
        for person, value in ((world.cast.petra, 1), (world.cast.hana, 5))
    ]

    race(*acts)

    assert sorted(Score.objects.values_list("value", flat=True)) == [1, 5]
    assert Scoring.objects.count() == 1


def test_two_lists_and_two_answers_at_once_are_taken_one_after_the_other(worlds, noon):
    first, second = worlds[:2]
    for world in (first, second):
        score(world, at=noon)
    cast = first.cast
    lists = race(
        *(
            partial(
                propose_shortlist,
                actor=person,
                quarter=QUARTER,
                chosen=[world.initiative.pk],
                at=noon,
            )
            for person, world in ((cast.ivo, first), (cast.hana, second))
        )
    )
    newest = Shortlist.objects.latest("n")
    other = cast.hana if newest.side == Side.TECHNOLOGY else cast.ivo
    answers = race(
        *[partial(answer_shortlist, actor=other, shortlist_id=newest.pk, is_agreed=True, at=noon)]
        * 2
    )

    assert sorted(one.n for one in lists) == [1, 2]
    assert ShortlistAnswer.objects.count() == 1
    assert [one.codes for one in answers if isinstance(one, RefusedError)] == [("answered",)]
