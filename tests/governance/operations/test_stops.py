"""Stopping takes one key, going on takes two."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.choices import RoundState, SigningAct, Way
from governance.models import Passage, Pause, Resumption, Void
from governance.operations.disagreements import raise_disagreement
from governance.operations.refusals import (
    RefusalRefusedError,
    contest_decline,
    decline_gate,
)
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
from tests.gates import fill, make_ready, make_round, pass_gate, presence_of, sign

NO = Wish(
    act=SigningAct.DECLINE,
    code="fairness",
    reason="Nobody can appeal against what it decides about them.",
    is_final=True,
)

SECOND = timedelta(seconds=1)


def pause(world, who, at, reason="Wrong answers reach customers", **how) -> Pause:
    return pause_initiative(
        initiative=world.initiative, reason=reason, actor=getattr(world.cast, who), at=at, **how
    )


def drill(world, who, at) -> Pause:
    return pause(world, who, at, reason="Could we stop it today?", is_exercise=True)


def way_out(world, at):
    """Prepare the way out of a pause, and send it."""
    world.initiative.refresh_from_db()
    make_ready(world, "resume", at=at)
    return make_round(world, "resume", at=at)


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


@pytest.mark.parametrize("who", ["ivo", "hana", "cleo"])
def test_a_drill_keeps_nobody_from_stopping_it_in_earnest_at_once(world, noon, who) -> None:
    begun = drill(world, "hana", noon)
    note_standstill(initiative=world.initiative, actor=world.cast.tariq, at=noon + SECOND)

    stopped = pause(world, who, noon + 2 * SECOND)

    world.initiative.refresh_from_db()
    found = stops_of(world.initiative)
    assert (stopped.replaces, stopped.is_exercise) == (begun, None)
    assert [*Pause.objects.lasting()] == [stopped]
    assert (found.now.is_exercise, found.now.took) == (False, None)
    assert found.drill.took == SECOND
    note_standstill(initiative=world.initiative, actor=world.cast.tariq, at=noon + 3 * SECOND)
    world.initiative.refresh_from_db()
    assert world.initiative.standing == Standing.PAUSED
    pass_gate(world, "resume", at=noon + timedelta(minutes=5))
    world.initiative.refresh_from_db()
    assert world.initiative.standing == Standing.ACTIVE
    assert Resumption.objects.get().pause == stopped
    assert [*verify()] == []


def test_no_drill_begins_while_it_stands_still_and_no_stop_in_earnest_is_replaced(
    world, noon
) -> None:
    drill(world, "hana", noon)
    with pytest.raises(PauseRefusedError) as second:
        drill(world, "ivo", noon)
    with pytest.raises(PauseRefusedError) as lead:
        pause(world, "petra", noon)
    stopped = pause(world, "ivo", noon)

    refused = [second.value.codes]
    for begin in (drill, pause):
        with pytest.raises(PauseRefusedError) as again:
            begin(world, "hana", noon)
        refused.append(again.value.codes)

    assert refused == [("paused",)] * 3
    assert lead.value.codes == ("not_yours",)
    assert [*Pause.objects.lasting()] == [stopped]


def test_what_was_signed_to_end_a_drill_ends_no_pause_in_earnest(review, noon) -> None:
    world, waiting = review
    drill(world, "hana", noon)
    out = way_out(world, noon)
    first = sign(world.cast.ivo, out.pk, at=noon)
    second = presence_of(world.cast.hana, out.pk, at=noon)

    pause(world, "cleo", noon + 20 * SECOND)
    with pytest.raises(SigningRefusedError) as refused:
        sign_gate(presence=second, actor=world.cast.hana, at=noon + 25 * SECOND)

    out.refresh_from_db()
    waiting.refresh_from_db()
    world.initiative.refresh_from_db()
    assert "state" in refused.value.codes
    assert (out.state, waiting.state) == (RoundState.WITHDRAWN, RoundState.IN_REVIEW)
    assert Void.objects.get().signature == first
    assert world.initiative.standing == Standing.PAUSED
    anew = open_round(initiative=world.initiative, gate="resume", actor=world.cast.ivo, at=noon)
    assert anew.n == out.n + 1
    assert [*verify()] == []


def test_a_no_to_ending_a_drill_is_not_contested_once_it_is_stopped_in_earnest(world, noon) -> None:
    drill(world, "hana", noon)
    out = way_out(world, noon)
    no = replace(NO, is_final=False, reversed_by="The drill was too short to tell.")
    meant = presence_of(world.cast.hana, out.pk, at=noon, wish=no)
    at = noon + 20 * SECOND
    declined = decline_gate(presence=meant, actor=world.cast.hana, at=at)
    pause(world, "ivo", at + SECOND)

    with pytest.raises(RefusalRefusedError) as refused:
        contest_decline(
            decline_id=declined.pk,
            reason="It was long enough to tell how long it takes.",
            actor=world.cast.ivo,
            at=at + 2 * SECOND,
        )

    assert refused.value.codes == ("moved_on",)
