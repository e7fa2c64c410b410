"""Who proposes, who confirms, and that they are two: no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.choices import ChangeKind, ChangeOutcome
from governance.rules.changes import (
    CONFIRMERS,
    PROPOSERS,
    STANDS_FOR,
    AnswerFacts,
    ProposalFacts,
    blockers_to_answer,
    blockers_to_propose,
    has_run_out,
    may_confirm_some,
)
from people.choices import Office

ADA, HANA, NORA = uuid4(), uuid4(), uuid4()
NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
PROPOSAL = ProposalFacts(
    kind=ChangeKind.APPOINTMENT,
    offices=frozenset({Office.ADMINISTRATOR}),
    proposer=ADA,
    concerned=NORA,
    is_proposed=False,
    reason="The board decided so.",
)
ANSWER = AnswerFacts(
    kind=ChangeKind.APPOINTMENT,
    outcome=ChangeOutcome.CONFIRMED,
    offices=frozenset({Office.CHRO}),
    answerer=HANA,
    proposer=ADA,
    proposer_offices=frozenset({Office.ADMINISTRATOR}),
    concerned=NORA,
    is_answered=False,
    has_run_out=False,
)


def codes(blockers):
    return [blocker.code for blocker in blockers]


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({}, []),
        ({"offices": frozenset({Office.SPONSOR})}, []),
        ({"offices": frozenset({Office.SPONSOR}), "kind": ChangeKind.PLAYBOOK}, ["not_entitled"]),
        ({"offices": frozenset({Office.CHRO})}, ["not_entitled"]),
        ({"offices": frozenset()}, ["not_entitled"]),
        ({"concerned": ADA}, []),
        ({"concerned": ADA, "kind": ChangeKind.RECOVERY}, ["own_factor"]),
        ({"is_proposed": True}, ["proposed"]),
        ({"reason": ""}, ["reason"]),
        ({"reason": "w" * 2000}, []),
        ({"reason": "w" * 2001}, ["reason"]),
    ],
)
def test_what_stands_against_a_proposal(overrides, expected):
    assert codes(blockers_to_propose(replace(PROPOSAL, **overrides))) == expected


TAKEN_BACK = {"outcome": ChangeOutcome.TAKEN_BACK}


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({}, []),
        ({"is_answered": True}, ["answered"]),
        ({"has_run_out": True}, ["run_out"]),
        ({"answerer": ADA}, ["same_person"]),
        ({"answerer": NORA}, ["concerns_you"]),
        ({"offices": frozenset({Office.AUDITOR})}, ["not_entitled"]),
        ({"kind": ChangeKind.RECOVERY}, ["not_entitled"]),
        ({"kind": ChangeKind.RECOVERY, "offices": frozenset({Office.SPONSOR})}, []),
        ({"proposer_offices": frozenset()}, ["proposer_left"]),
        ({"proposer_offices": frozenset(), "outcome": ChangeOutcome.REFUSED}, []),
        ({"answerer": ADA, "outcome": ChangeOutcome.REFUSED}, ["same_person"]),
        (TAKEN_BACK, ["not_yours"]),
        ({**TAKEN_BACK, "answerer": ADA, "offices": frozenset()}, []),
    ],
)
def test_what_stands_against_an_answer(overrides, expected):
    assert codes(blockers_to_answer(replace(ANSWER, **overrides))) == expected


someone = st.sampled_from([ADA, HANA, NORA])
some_offices = st.frozensets(st.sampled_from(Office))


@given(
    kind=st.sampled_from(ChangeKind),
    answerer=someone,
    proposer=someone,
    concerned=st.one_of(st.none(), someone),
    offices=some_offices,
    proposer_offices=some_offices,
)
def test_whatever_is_confirmed_was_wanted_by_two_entitled_people(**given_facts):
    facts = replace(ANSWER, **given_facts)

    if not [*blockers_to_answer(facts)]:
        assert facts.answerer not in (facts.proposer, facts.concerned)
        assert facts.offices & CONFIRMERS[facts.kind]
        assert facts.proposer_offices & PROPOSERS[facts.kind]


def test_a_proposal_stands_for_thirty_days():
    last = NOON + STANDS_FOR

    assert not has_run_out(NOON, last - timedelta(microseconds=1))
    assert has_run_out(NOON, last)


@pytest.mark.parametrize(
    ("office", "may"),
    [(Office.CIO, True), (Office.SPONSOR, True), (Office.AUDITOR, False)],
)
def test_changes_wait_only_for_those_who_may_confirm_some(office, may):
    assert may_confirm_some(frozenset({office})) is may
