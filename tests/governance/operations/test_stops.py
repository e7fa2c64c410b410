"""Stopping takes one key, going on takes two."""

from datetime import timedelta

import pytest

from governance.choices import RoundState, SigningAct, Way
from governance.models import Passage, Pause, Resumption
from governance.operations.disagreements import raise_disagreement
from governance.operations.refusals import decline_gate
from governance.operations.rounds import (
    RoundRefusedError,
    open_round,
    submit_round,
    withdraw_round,
)
from governance.operations.signatures import SigningRefusedError, sign_gate
from governance.operations.stops import (
    PauseRefusedError,
    StandstillRefusedError,
    note_standstill,
    pause_initiative,
)
from governance.queries.stops import stops_of
from governance.rules.wishes import Wish
from initiatives.choices import Standing
from initiatives.operations.questions import ask_question
from journal.verification import verify
from playbook.editions import current
from tests.gates import fill, make_ready, presence_of, sign

NO = Wish(
    act=SigningAct.DECLINE,
    code="fairness",
    reason="Nobody can appeal against what it decides about them.",
    is_final=True,
)


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
    submit_round(round_id=resume.pk, actor=world.cast.ivo, at=noon, verdict=Way.GO_ON)
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


def test_reading_evidence_questions_and_dissent_go_on_while_paused(review, noon) -> None:
    world, round_ = review
    pause(world, "ivo", noon)
    world.initiative.refresh_from_db()

    fill(world, current().slot("tech_landscape"), at=noon, salt="looked at again")
    ask_question(
        actor=world.cast.petra,
        initiative=world.initiative,
        slot="tech_landscape",
        criterion="",
        text="Which of these stands still now?",
        at=noon,
    )
    raise_disagreement(
        actor=world.cast.petra,
        round_id=round_.pk,
        subject="Who may restart it",
        position="Nobody before the dispatchers were heard.",
        due_on=(noon + timedelta(days=8)).date(),
        at=noon,
    )

    assert stops_of(world.initiative).now.by == "Ivo Brandt"


def test_nothing_is_sent_signed_declined_or_passed_while_paused(review, noon) -> None:
    world, round_ = review
    cast = world.cast
    meant = {
        word: presence_of(cast.hana, round_.pk, at=noon, wish=wish)
        for word, wish in {"sign": Wish(act=SigningAct.APPROVE), "decline": NO}.items()
    }
    sign(cast.ivo, round_.pk, at=noon)
    pause(world, "cleo", noon)
    world.initiative.refresh_from_db()
    at = noon + timedelta(seconds=20)

    with pytest.raises(SigningRefusedError) as signed:
        sign_gate(presence=meant["sign"], actor=cast.hana, at=at)
    with pytest.raises(SigningRefusedError) as declined:
        decline_gate(presence=meant["decline"], actor=cast.hana, at=at)
    withdraw_round(round_id=round_.pk, actor=cast.petra, at=at)
    with pytest.raises(RoundRefusedError) as opened:
        open_round(initiative=world.initiative, gate="1", actor=cast.petra, at=at)

    for refused in (signed, declined, opened):
        assert "paused" in refused.value.codes
    assert not Passage.objects.exists()


def test_a_round_prepared_before_the_pause_is_not_sent_during_it(world, noon) -> None:
    make_ready(world, "1", at=noon)
    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)
    pause(world, "hana", noon)

    with pytest.raises(RoundRefusedError) as refused:
        submit_round(round_id=draft.pk, actor=world.cast.petra, at=noon)

    assert refused.value.codes == ("paused",)


def test_how_long_stopping_took_is_said_once_and_by_no_stranger(world, noon) -> None:
    with pytest.raises(StandstillRefusedError):
        note_standstill(initiative=world.initiative, actor=world.cast.hana, at=noon)
    pause(world, "ivo", noon)
    with pytest.raises(StandstillRefusedError) as stranger:
        note_standstill(initiative=world.initiative, actor=world.cast.otto, at=noon)

    note_standstill(initiative=world.initiative, actor=world.cast.tariq, at=noon)
    with pytest.raises(StandstillRefusedError) as again:
        note_standstill(initiative=world.initiative, actor=world.cast.cleo, at=noon)

    assert stranger.value.codes == ("not_yours",)
    assert again.value.codes == ("noted",)
    assert [*verify()] == []
