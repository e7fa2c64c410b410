"""Opening, sending and taking back a round: every guard of T1, T3 and T14."""

from dataclasses import replace

import pytest

from governance.rules.rounds import (
    OpeningFacts,
    SubmissionFacts,
    blockers_to_change_model,
    blockers_to_open,
    blockers_to_submit,
    blockers_to_withdraw,
)
from kernel.refusals import Blocker

OPEN = OpeningFacts(
    gate="2",
    stage=2,
    may_open=True,
    is_closed=False,
    is_paused=False,
    has_open_round=False,
    has_passed=False,
    previous_passed=True,
    finally_declined=False,
)
SEND = SubmissionFacts(
    state="draft",
    gate="1",
    may_submit=True,
    is_paused=False,
    holders={"technology": "ivo", "people": "hana"},
)


def codes(blockers) -> list[str]:
    return [blocker.code for blocker in blockers]


def test_a_round_opens_at_the_end_of_its_stage() -> None:
    assert not codes(blockers_to_open(OPEN))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"may_open": False}, "not_yours"),
        ({"is_closed": True}, "closed"),
        ({"is_paused": True}, "paused"),
        ({"has_open_round": True}, "open_round"),
        ({"has_passed": True}, "passed"),
        ({"previous_passed": False}, "previous"),
        ({"finally_declined": True}, "declined"),
        ({"stage": 1}, "stage"),
        ({"stage": 3}, "stage"),
        ({"gate": "5", "stage": 5}, "stage"),
        ({"reopens_on": "1 March 2027"}, "too_early"),
    ],
)
def test_each_guard_of_opening_names_itself(change, code) -> None:
    assert codes(blockers_to_open(replace(OPEN, **change))) == [code]


def test_the_last_gate_opens_again_after_it_passed() -> None:
    again = replace(OPEN, gate="4", stage=4, has_passed=True)

    assert not codes(blockers_to_open(again))


def test_the_way_out_of_a_pause_opens_only_while_paused() -> None:
    resume = replace(OPEN, gate="resume", is_paused=True, previous_passed=False)

    assert not codes(blockers_to_open(resume))
    assert codes(blockers_to_open(replace(resume, is_paused=False))) == ["not_paused"]


def test_a_ready_round_is_sent() -> None:
    assert not codes(blockers_to_submit(SEND))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "in_review"}, "state"),
        ({"may_submit": False}, "not_yours"),
        ({"is_paused": True}, "paused"),
        ({"holders": {"people": "hana"}}, "vacant.technology"),
        ({"holders": {"technology": "ivo"}}, "vacant.people"),
        ({"holders": {"technology": "hana", "people": "hana"}}, "one_person"),
        ({"open_hard_commitments": 1}, "hard_commitments"),
        ({"needs_verdict": True}, "verdict"),
        ({"bar": (Blocker("criterion.x", "Not met."),)}, "criterion.x"),
    ],
)
def test_each_guard_of_sending_names_itself(change, code) -> None:
    assert codes(blockers_to_submit(replace(SEND, **change))) == [code]


def test_the_number_of_open_conditions_is_said() -> None:
    [one] = blockers_to_submit(replace(SEND, open_hard_commitments=1))
    [three] = blockers_to_submit(replace(SEND, open_hard_commitments=3))

    assert one.message.startswith("1 condition of")
    assert three.message.startswith("3 conditions of")


def test_the_way_out_of_a_pause_is_sent_while_paused() -> None:
    assert not codes(blockers_to_submit(replace(SEND, gate="resume", is_paused=True)))


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_an_undecided_round_is_taken_back(state) -> None:
    assert not codes(blockers_to_withdraw(state=state, may_withdraw=True))


@pytest.mark.parametrize(
    "state", ["escalated", "passed", "returned", "declined", "expired", "withdrawn"]
)
def test_a_decided_or_disputed_round_is_not_taken_back(state) -> None:
    assert codes(blockers_to_withdraw(state=state, may_withdraw=True)) == ["state"]


def test_a_stranger_takes_nothing_back() -> None:
    assert codes(blockers_to_withdraw(state="in_review", may_withdraw=False)) == ["not_yours"]


@pytest.mark.parametrize(
    ("stage", "state", "code"),
    [
        (2, "", []),
        (3, "", ["model_fixed"]),
        (3, "draft", []),
        (4, "in_review", ["model_fixed"]),
        (3, "escalated", ["model_fixed"]),
    ],
)
def test_after_gate_two_the_model_changes_while_a_gate_is_prepared(stage, state, code) -> None:
    assert codes(blockers_to_change_model(stage=stage, state=state)) == code
