"""What was promised and not kept: noted once, and what both signed for that case happens."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from governance.choices import Way
from governance.models import Breach, Commitment, Pause
from governance.operations.breaches import breach_commitment, breach_commitments
from governance.operations.commitments import close_commitment
from governance.operations.rounds import open_round, submit_round
from governance.operations.stops import pause_initiative
from governance.rules.terms import Condition
from governance.tasks import breach_due_commitments
from initiatives.choices import Standing
from journal.kinds import Kind
from journal.models import Entry
from journal.verification import verify
from tests.gates import make_ready, make_review, sign
from tests.governance.operations.test_passing import offer

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
DUE = datetime(2027, 1, 2, 12, tzinfo=UTC)
LATE = DUE + timedelta(days=1)


def passed_with(world, round_, *consequences) -> list[Commitment]:
    """Pass the gate under one condition for each consequence, all due on the day of `DUE`."""
    conditions = tuple(
        Condition(
            text=f"Train the night shift first, part {number}",
            evidence="Attendance list",
            owner_id=world.cast.max.pk,
            owner_key=str(world.cast.max.person_key),
            due_on=DUE.date(),
            kind="dated",
            on_breach=consequence,
            asked_by="people",
        )
        for number, consequence in enumerate(consequences, 1)
    )
    wish = offer(world, NOON, conditions=conditions)
    sign(world.cast.hana, round_.pk, at=NOON, wish=wish)
    sign(world.cast.ivo, round_.pk, at=NOON)
    return [*Commitment.objects.order_by("pk")]


def standing(world) -> str:
    world.initiative.refresh_from_db()
    return world.initiative.standing


def test_the_day_it_is_due_it_is_not_late_and_the_day_after_it_is(review) -> None:
    passed_with(*review, "notify")

    assert breach_commitments(at=DUE) == 0
    assert breach_commitments(at=LATE) == 1

    entry = Entry.objects.latest("seq")
    assert (entry.kind, entry.actor_key) == (Kind.COMMITMENT_BREACHED, None)
    assert [*verify()] == []


def test_the_day_ends_when_it_ends_where_the_organisation_is(review) -> None:
    """The organisation is in Berlin, an hour ahead of Greenwich in winter."""
    passed_with(*review, "notify")
    midnight = datetime(2027, 1, 2, 23, tzinfo=UTC)

    assert breach_commitments(at=midnight - timedelta(seconds=1)) == 0
    assert breach_commitments(at=midnight) == 1


def test_it_is_noted_once_however_often_the_clock_looks(review) -> None:
    (owed,) = passed_with(*review, "notify")

    assert [breach_commitments(at=LATE + timedelta(days=day)) for day in range(3)] == [1, 0, 0]
    assert not breach_commitment(commitment_id=owed.pk, at=LATE)
    assert Breach.objects.get().due_on == DUE.date()


def test_what_its_side_called_kept_is_never_broken(review) -> None:
    world, _ = review
    (owed,) = passed_with(*review, "pause")
    close_commitment(
        commitment_id=owed.pk, note="They were all trained.", actor=world.cast.hana, at=DUE
    )

    assert breach_commitments(at=LATE) == 0
    assert not breach_commitment(commitment_id=owed.pk, at=LATE)
    assert standing(world) == Standing.ACTIVE


@pytest.mark.parametrize("consequence", ["notify", "escalate"])
def test_who_is_only_told_is_not_stopped(review, consequence) -> None:
    passed_with(*review, consequence)

    breach_commitments(at=LATE)

    assert standing(review[0]) == Standing.ACTIVE
    assert not Pause.objects.exists()


def test_where_both_signed_a_pause_it_is_paused_and_two_keys_end_it(review) -> None:
    world, _ = review
    passed_with(*review, "pause")

    breach_commitments(at=LATE)

    pause = Pause.objects.get()
    assert standing(world) == Standing.PAUSED
    assert (pause.by, pause.sealed, pause.breach) == (None, None, Breach.objects.get())
    resume = open_round(initiative=world.initiative, gate="resume", actor=world.cast.ivo, at=LATE)
    make_ready(world, "resume", at=LATE)
    submit_round(round_id=resume.pk, actor=world.cast.ivo, at=LATE, verdict=Way.GO_ON)
    sign(world.cast.ivo, resume.pk, at=LATE)
    sign(world.cast.hana, resume.pk, at=LATE)
    assert standing(world) == Standing.ACTIVE
    assert breach_commitments(at=LATE + timedelta(days=9)) == 0, "the same date pauses once"
    assert [*verify()] == []


def test_two_that_pause_make_two_breaches_and_one_pause(review) -> None:
    passed_with(*review, "pause", "pause")

    assert breach_commitments(at=LATE) == 2

    assert Pause.objects.count() == 1
    assert [*verify()] == []


def test_what_somebody_has_paused_already_stays_as_it_is(review) -> None:
    world, _ = review
    passed_with(*review, "pause")
    pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.ivo, at=DUE
    )

    assert breach_commitments(at=LATE) == 1

    assert Pause.objects.get().by == world.cast.ivo


def test_a_drill_keeps_nothing_from_pausing_that_both_signed(review) -> None:
    world, _ = review
    passed_with(*review, "pause")
    drill = pause_initiative(
        initiative=world.initiative,
        reason="Could we stop it?",
        actor=world.cast.ivo,
        at=DUE,
        is_exercise=True,
    )

    breach_commitments(at=LATE)

    [pause] = Pause.objects.lasting()
    assert (pause.breach, pause.replaces) == (Breach.objects.get(), drill)
    assert standing(world) == Standing.PAUSED
    assert [*verify()] == []


def test_before_the_organisation_is_founded_nothing_is_late(db) -> None:
    assert breach_due_commitments() == 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_note_each_breach_once() -> None:
    world, round_ = make_review(NOON)
    owed = passed_with(world, round_, *["pause"] * 8)

    for one in owed:
        barrier = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            looked = [pool.submit(_look, barrier, one.pk) for _ in range(2)]
        assert sorted(one.result() for one in looked) == [False, True]

    assert Breach.objects.count() == len(owed)
    assert Pause.objects.count() == 1
    assert [*verify()] == []


def _look(barrier: Barrier, pk: int) -> bool:
    try:
        barrier.wait(timeout=20)
        return breach_commitment(commitment_id=pk, at=LATE)
    finally:
        connection.close()
