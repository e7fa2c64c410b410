"""Reads of rounds: who may drive, what blocks, which round is open, which signatures would go."""

from datetime import timedelta

import pytest

from governance.choices import RoundState
from governance.models import Commitment, Round
from governance.operations.commitments import close_commitment
from governance.operations.proofs import attest
from governance.operations.rounds import open_round, withdraw_round
from governance.operations.stops import pause_initiative
from governance.queries.rounds import (
    get_round,
    is_finally_declined,
    latest_round,
    live_signature_ids,
    may_drive,
    next_number,
    open_hard_commitments,
    open_round_of,
    opening_facts,
    submission_facts,
)
from initiatives.models import Initiative
from kernel.refusals import NotVisibleError
from tests.changes import end_term
from tests.gates import make_world, pass_gate, sign
from tests.governance.operations.test_passing import offer
from tests.governance.operations.test_refusals import decline


def now_of(world) -> Initiative:
    return Initiative.objects.get(pk=world.initiative.pk)


def test_leads_and_the_two_keys_drive(world, noon) -> None:
    drivers = {
        name
        for name, person in vars(world.cast).items()
        if may_drive(person, world.initiative, noon)
    }

    assert drivers == {"hana", "ivo", "petra", "tariq"}


def test_who_left_office_drives_no_more(world, noon) -> None:
    later = noon + timedelta(minutes=1)
    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.ivo), at=later)

    assert not may_drive(world.cast.ivo, world.initiative, later)


def test_a_round_comes_with_its_initiative(review, django_assert_num_queries) -> None:
    world, round_ = review

    with django_assert_num_queries(1):
        assert get_round(round_.pk).initiative.code == world.initiative.code
    with pytest.raises(NotVisibleError):
        get_round(10_000)


def test_the_signatures_that_an_edit_would_void(review, noon) -> None:
    world, round_ = review
    assert live_signature_ids(world.initiative) == []

    first = sign(world.cast.ivo, round_.pk, at=noon)
    assert live_signature_ids(world.initiative) == [first.pk]

    sign(world.cast.hana, round_.pk, at=noon)
    assert live_signature_ids(world.initiative) == []


def test_what_stands_at_the_beginning(world, noon) -> None:
    facts = opening_facts(world.initiative, "1", may_open=True, at=noon)

    assert (facts.gate, facts.stage) == ("1", 1)
    assert facts.may_open
    assert facts.previous_passed
    assert not facts.has_open_round
    assert not facts.has_passed
    assert not facts.finally_declined
    assert facts.reopens_on == ""


def test_what_stands_after_the_first_gate(db, noon) -> None:
    world = make_world(noon)
    before = opening_facts(world.initiative, "2", may_open=False, at=noon)
    pass_gate(world, "1", at=noon)
    open_round(initiative=world.initiative, gate="2", actor=world.cast.ivo, at=noon)

    first = opening_facts(now_of(world), "1", may_open=False, at=noon)
    second = opening_facts(now_of(world), "2", may_open=False, at=noon)

    assert not before.previous_passed
    assert first.has_passed
    assert not first.has_open_round
    assert second.previous_passed
    assert second.has_open_round
    assert not second.may_open


def test_rounds_are_numbered_and_the_newest_is_the_latest(world, noon) -> None:
    assert latest_round(world.initiative, "1") is None
    assert next_number(world.initiative, "1") == 1

    first = open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)
    withdraw_round(round_id=first.pk, actor=world.cast.ivo, at=noon)
    second = open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)

    assert (first.n, second.n) == (1, 2)
    assert latest_round(world.initiative, "1") == second
    assert next_number(world.initiative, "1") == 3
    assert open_round_of(world.initiative) == second


def test_while_paused_the_way_out_comes_first(review, noon) -> None:
    world, round_ = review
    assert open_round_of(world.initiative) == round_
    pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.hana, at=noon
    )

    out = open_round(initiative=world.initiative, gate="resume", actor=world.cast.ivo, at=noon)

    assert open_round_of(world.initiative) == out


def test_with_nothing_open_there_is_no_open_round(world) -> None:
    assert open_round_of(world.initiative) is None


def test_only_a_standing_decline_for_good_is_final(review, noon) -> None:
    world, round_ = review
    assert not is_finally_declined(world.initiative, "1")

    decline(world.cast.hana, round_, noon, is_final=True)

    assert is_finally_declined(world.initiative, "1")
    assert not is_finally_declined(world.initiative, "2")
    Round.objects.filter(pk=round_.pk).update(state=RoundState.ESCALATED)
    assert not is_finally_declined(world.initiative, "1")


def test_hard_conditions_count_until_they_are_closed(review, noon) -> None:
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon))
    assert open_hard_commitments(world.initiative) == 0
    sign(world.cast.ivo, round_.pk, at=noon)
    assert open_hard_commitments(world.initiative) == 1

    close_commitment(
        commitment_id=Commitment.objects.get().pk,
        note="They were all trained.",
        actor=world.cast.hana,
        at=noon,
    )

    assert open_hard_commitments(world.initiative) == 0


def test_what_a_submission_is_judged_by(review, noon) -> None:
    world, round_ = review
    facts = submission_facts(get_round(round_.pk), world.cast.petra, "", noon)

    assert (facts.state, facts.gate) == ("in_review", "1")
    assert facts.may_submit
    assert set(facts.holders) == {"technology", "people"}
    assert not facts.needs_verdict
    assert facts.bar == ()
    assert not submission_facts(get_round(round_.pk), world.cast.erin, "", noon).may_submit


def test_what_is_missing_and_what_grew_old_stand_in_the_bar(world, noon) -> None:
    round_ = open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)
    attest(
        initiative=world.initiative,
        criterion="g1_change_load",
        is_met=True,
        note="Asked the teams.",
        valid_until=noon.date(),
        actor=world.cast.petra,
        at=noon,
    )

    later = submission_facts(round_, world.cast.petra, "", noon + timedelta(days=1))

    codes = [one.code for one in later.bar]
    assert "stale.g1_change_load" in codes
    assert any(code.startswith("criterion.") for code in codes)
