"""The pause that lasts, and the last drill."""

from datetime import timedelta

from governance.operations.breaches import breach_commitments
from governance.operations.stops import note_standstill, pause_initiative
from governance.queries.stops import drills_among, stops_of
from tests.gates import make_ready, make_round, sign
from tests.governance.operations.test_breaches import passed_with

MINUTE = timedelta(minutes=1)


def drill(world, at) -> None:
    pause_initiative(
        initiative=world.initiative,
        reason="Could we stop it today?",
        actor=world.cast.ivo,
        at=at,
        is_exercise=True,
    )
    world.initiative.refresh_from_db()


def test_what_was_never_stopped_has_neither_pause_nor_drill(world) -> None:
    found = stops_of(world.initiative)

    assert (found.now, found.drill) == (None, None)
    assert drills_among([]) == frozenset()


def test_a_drill_lasts_counts_its_time_and_is_remembered(world, noon) -> None:
    drill(world, noon)
    assert drills_among([world.initiative.pk]) == {world.initiative.pk}
    assert stops_of(world.initiative).now.took_words == ""
    note_standstill(initiative=world.initiative, actor=world.cast.tariq, at=noon + 4 * MINUTE)

    lasting = stops_of(world.initiative)
    assert lasting.now.is_exercise
    assert lasting.now.took_words == "4 minutes"
    assert (lasting.now.by, lasting.now.reason) == ("Ivo Brandt", "Could we stop it today?")

    world.initiative.refresh_from_db()
    make_ready(world, "resume", at=noon)
    out = make_round(world, "resume", at=noon)
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, out.pk, at=noon + MINUTE)
    world.initiative.refresh_from_db()
    after = stops_of(world.initiative)
    assert after.now is None
    assert after.drill.took == 4 * MINUTE
    assert drills_among([world.initiative.pk]) == frozenset()


def test_a_condition_that_was_not_kept_is_named_as_the_cause(review, noon) -> None:
    world, round_ = review
    passed_with(world, round_, "pause")
    breach_commitments(at=noon + timedelta(days=400))
    world.initiative.refresh_from_db()

    found = stops_of(world.initiative).now

    assert (found.by, found.reason) == ("", "")
    assert found.broken_on is not None
