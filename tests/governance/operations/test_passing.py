"""Four gates to a verdict: stages move, conditions become commitments, a launch is signed."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from governance.choices import RoundState, SigningAct
from governance.models import Commitment, Passage
from governance.operations.ceremony import WishRefusedError
from governance.operations.commitments import ClosureRefusedError, close_commitment
from governance.operations.rounds import RoundRefusedError, open_round, submit_round
from governance.operations.signatures import SigningStaleError, sign_gate
from governance.rules.terms import Condition
from governance.rules.wishes import Wish
from initiatives.choices import Standing
from initiatives.models import Fact
from journal.verification import verify
from kernel.refusals import NotVisibleError
from tests.gates import make_ready, make_round, make_world, pass_gate, presence_of, sign

TRAINED = "They were all trained."


def offer(world, at, **changes) -> Wish:
    condition = Condition(
        text="Train the night shift first",
        evidence="Attendance list",
        owner_id=world.cast.max.pk,
        owner_key=str(world.cast.max.person_key),
        due_on=(at + timedelta(days=30)).date(),
        kind="hard",
        on_breach="escalate",
        asked_by="people",
    )
    return Wish(**{"act": SigningAct.APPROVE_WITH_TERMS, "conditions": (condition,), **changes})


def test_an_offer_is_new_terms_and_its_first_signature(review, noon) -> None:
    world, round_ = review
    first = sign(world.cast.ivo, round_.pk, at=noon)

    made = sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon))

    round_.refresh_from_db()
    assert first.void.cause == "terms_changed"
    assert round_.state == RoundState.IN_REVIEW
    assert made.terms_digest == round_.terms.latest("n").digest


def test_both_sign_the_same_conditions_and_they_are_owed(review, noon) -> None:
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon))

    sign(world.cast.ivo, round_.pk, at=noon)

    owed = Commitment.objects.get()
    assert (owed.owner, owed.kind, owed.asked_by) == (world.cast.max, "hard", "people")
    assert "night shift" in owed.sealed.text
    assert [*verify()] == []


def test_a_signature_for_the_old_terms_is_refused(review, noon) -> None:
    world, round_ = review
    old = presence_of(world.cast.ivo, round_.pk, at=noon)
    sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon))

    with pytest.raises(SigningStaleError) as refused:
        sign_gate(presence=old, actor=world.cast.ivo, at=noon + timedelta(seconds=40))

    assert refused.value.codes == ("terms",)


def test_two_offers_at_once_are_not_both_made(review, noon) -> None:
    world, round_ = review
    late = presence_of(world.cast.ivo, round_.pk, at=noon, wish=offer(world, noon))
    sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon))

    with pytest.raises(SigningStaleError):
        sign_gate(presence=late, actor=world.cast.ivo, at=noon + timedelta(seconds=40))


def test_kept_conditions_stay_and_dropped_ones_go(review, noon) -> None:
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon))
    [key] = [one["key"] for one in conditions(round_)]

    sign(world.cast.ivo, round_.pk, at=noon, wish=offer(world, noon, keeps=(key,)))
    kept = [one["key"] for one in conditions(round_)]
    sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon, keeps=()))

    assert kept[0] == key
    assert len(kept) == 2
    assert len(conditions(round_)) == 1


def conditions(round_) -> list[dict[str, str]]:
    return json.loads(bytes(round_.terms.latest("n").body))["conditions"]


def test_an_offer_without_conditions_is_none(review, noon) -> None:
    world, round_ = review

    with pytest.raises(WishRefusedError):
        presence_of(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon, conditions=()))


def test_a_condition_is_due_after_today_where_the_organisation_is(review, noon) -> None:
    world, round_ = review
    night, wish = noon.replace(hour=23, minute=30), offer(world, noon)
    tomorrow = replace(wish.conditions[0], due_on=(noon + timedelta(days=1)).date())

    with pytest.raises(WishRefusedError) as refused:
        presence_of(
            world.cast.hana, round_.pk, at=night, wish=replace(wish, conditions=(tomorrow,))
        )

    assert refused.value.codes == ("due",)


def test_an_open_hard_condition_holds_up_the_next_gate(review, noon) -> None:
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon))
    sign(world.cast.ivo, round_.pk, at=noon)
    world.initiative.refresh_from_db()
    make_ready(world, "2", at=noon)
    second = open_round(initiative=world.initiative, gate="2", actor=world.cast.ivo, at=noon)
    owed = Commitment.objects.get()

    with pytest.raises(RoundRefusedError) as refused:
        submit_round(round_id=second.pk, actor=world.cast.ivo, at=noon)
    assert refused.value.codes == ("hard_commitments",)
    for who in (world.cast.ivo, world.cast.max):
        with pytest.raises(ClosureRefusedError):
            close_commitment(commitment_id=owed.pk, note=TRAINED, actor=who, at=noon)
    close_commitment(commitment_id=owed.pk, note=TRAINED, actor=world.cast.hana, at=noon)
    submit_round(round_id=second.pk, actor=world.cast.ivo, at=noon)

    second.refresh_from_db()
    assert second.state == RoundState.IN_REVIEW


def test_an_unknown_commitment_is_not_there(world, noon) -> None:
    with pytest.raises(NotVisibleError):
        close_commitment(commitment_id=10_000, note=TRAINED, actor=world.cast.ivo, at=noon)


def test_three_gates_lead_to_measurement_and_a_fourth_to_a_verdict(db, noon) -> None:
    world = make_world(noon)

    for gate in ("1", "2", "3"):
        assert pass_gate(world, gate, at=noon).state == RoundState.PASSED
    launched = Fact.objects.get(kind="launch_set")
    last = pass_gate(world, "4", at=noon, verdict="scale")

    assert world.initiative.stage == 4
    assert launched.happened_on == (noon + timedelta(days=60)).date()
    assert Passage.objects.get(round=last).verdict == "scale"
    assert [*verify()] == []


def test_retiring_closes_the_initiative(db, noon) -> None:
    world = make_world(noon)
    for gate in ("1", "2", "3"):
        pass_gate(world, gate, at=noon)

    pass_gate(world, "4", at=noon, verdict="retire")

    assert world.initiative.standing == Standing.CLOSED


def test_a_result_is_looked_at_again_after_ninety_days(db, noon) -> None:
    world = make_world(noon)
    for gate in ("1", "2", "3"):
        pass_gate(world, gate, at=noon)
    pass_gate(world, "4", at=noon, verdict="fix")

    with pytest.raises(RoundRefusedError) as refused:
        open_round(
            initiative=world.initiative,
            gate="4",
            actor=world.cast.ivo,
            at=noon + timedelta(days=89),
        )
    assert refused.value.codes == ("too_early",)
    assert "3 March 2027" in refused.value.blockers[0].message
    morning = noon + timedelta(days=90, hours=-4)
    again = open_round(initiative=world.initiative, gate="4", actor=world.cast.ivo, at=morning)

    assert again.n == 2


def test_the_last_gate_asks_for_a_verdict(db, noon) -> None:
    world = make_world(noon)
    for gate in ("1", "2", "3"):
        pass_gate(world, gate, at=noon)
    make_ready(world, "4", at=noon)

    with pytest.raises(RoundRefusedError) as refused:
        make_round(world, "4", at=noon, verdict="maybe")

    assert "verdict" in refused.value.codes
