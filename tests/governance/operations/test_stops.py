"""Stopping takes one key, going on takes two."""

import pytest

from governance.choices import RoundState
from governance.models import Pause, Resumption
from governance.operations.rounds import open_round, submit_round
from governance.operations.stops import PauseRefusedError, pause_initiative
from initiatives.choices import Standing
from journal.verification import verify
from tests.gates import make_ready, sign


def pause(world, who, at, reason="Wrong answers reach customers") -> Pause:
    return pause_initiative(
        initiative=world.initiative, reason=reason, actor=getattr(world.cast, who), at=at
    )


@pytest.mark.parametrize("who", ["ivo", "hana", "cleo"])
def test_either_key_and_the_sponsor_stop_at_once(world, noon, who) -> None:
    pause(world, who, noon)

    world.initiative.refresh_from_db()
    assert world.initiative.standing == Standing.PAUSED


@pytest.mark.parametrize("who", ["petra", "tariq", "kim", "audrey", "ada", "erin", "otto"])
def test_nobody_else_stops(world, noon, who) -> None:
    with pytest.raises(PauseRefusedError):
        pause(world, who, noon)


def test_a_stop_needs_a_reason_and_happens_once(world, noon) -> None:
    with pytest.raises(PauseRefusedError):
        pause(world, "ivo", noon, reason="")
    pause(world, "ivo", noon)
    with pytest.raises(PauseRefusedError) as refused:
        pause(world, "hana", noon)

    assert refused.value.codes == ("paused",)


def test_both_keys_end_a_pause_and_the_waiting_round_goes_on(review, noon) -> None:
    world, waiting = review
    signature = sign(world.cast.ivo, waiting.pk, at=noon)
    pause(world, "hana", noon)
    world.initiative.refresh_from_db()

    resume = open_round(initiative=world.initiative, gate="resume", actor=world.cast.ivo, at=noon)
    make_ready(world, "resume", at=noon)
    submit_round(round_id=resume.pk, actor=world.cast.ivo, at=noon)
    sign(world.cast.ivo, resume.pk, at=noon)
    world.initiative.refresh_from_db()
    assert world.initiative.standing == Standing.PAUSED
    sign(world.cast.hana, resume.pk, at=noon)

    world.initiative.refresh_from_db()
    waiting.refresh_from_db()
    assert world.initiative.standing == Standing.ACTIVE
    assert Resumption.objects.get().round == resume
    assert waiting.state == RoundState.IN_REVIEW
    assert not hasattr(signature, "void")
    sign(world.cast.hana, waiting.pk, at=noon)
    waiting.refresh_from_db()
    assert waiting.state == RoundState.PASSED
    assert [*verify()] == []


def test_work_goes_on_while_paused(world, noon) -> None:
    pause(world, "ivo", noon)

    make_ready(world, "1", at=noon)
