"""Letting somebody sign: days, persons, scopes, and what bars a delegate at a round (D-1, D-2)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.absences import FURTHEST
from governance.rules.delegations import (
    MOST_DAYS,
    Delegate,
    Given,
    PeriodFacts,
    Scope,
    StandInFacts,
    WritingFacts,
    blockers_of_period,
    blockers_to_accept,
    blockers_to_answer,
    blockers_to_delegate,
    blockers_to_revoke,
    blockers_to_stand_in,
)

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WHY = "I am away on leave."
MAX = Delegate(key="max", is_active=True)
GIVEN = Given(side="technology", to_key="otto", starts_at=NOON, ends_at=NOON + DAY, scope=Scope())
FACTS = WritingFacts(
    side="technology",
    term_id=1,
    writer="ivo",
    delegate=MAX,
    scope=Scope(),
    starts_at=NOON,
    ends_at=NOON + 14 * DAY,
    accepted=(),
)
MINE = StandInFacts(is_in_force=True, covers=True)


def codes(blockers) -> list[str]:
    return [blocker.code for blocker in blockers]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (0, 0, []),
        (0, 89, []),
        (5, 94, []),
        (0, 90, ["long"]),
        (-1, 3, ["past"]),
        (0, -1, ["past"]),
        (3, 2, ["order"]),
        (-1, -2, ["past", "order"]),
        (FURTHEST, FURTHEST, []),
        (FURTHEST, FURTHEST + 1, ["far"]),
    ],
)
def test_it_lasts_ninety_days_at_most_and_begins_today_at_the_earliest(first, last, found):
    today = date(2026, 12, 3)

    judged = blockers_of_period(
        PeriodFacts(first=today + first * DAY, last=today + last * DAY, today=today)
    )

    assert codes(judged) == found


def test_the_holder_of_a_key_lets_somebody_sign_who_speaks_for_nobody_else():
    assert codes(blockers_to_delegate(FACTS, reason=WHY)) == []
    assert codes(blockers_to_accept(FACTS)) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"delegate": replace(MAX, is_active=False)}, "inactive"),
        ({"delegate": replace(MAX, key="ivo", holds_key_of="technology")}, "own"),
        ({"delegate": replace(MAX, holds_key_of="people")}, "other_key"),
        ({"delegate": replace(MAX, is_sponsor=True)}, "sponsor"),
        ({"delegate": replace(MAX, is_auditor=True)}, "auditor"),
        ({"delegate": replace(MAX, speaks_otherwise_in=["AI-001", "AI-004"])}, "other_side"),
        ({"accepted": [GIVEN]}, "taken"),
        ({"accepted": [replace(GIVEN, side="people", to_key="max")]}, "other_side"),
    ],
)
def test_what_bars_a_delegate_bars_writing_it_and_taking_it_on(change, code):
    facts = replace(FACTS, **change)

    assert codes(blockers_to_delegate(facts, reason=WHY)) == [code]
    assert codes(blockers_to_accept(facts)) == [code]


def test_without_a_key_or_a_reason_nothing_is_given():
    assert codes(blockers_to_delegate(replace(FACTS, side=""), reason="Away")) == [
        "not_yours",
        "short",
    ]


@pytest.mark.parametrize(
    "other",
    [
        replace(GIVEN, side="people"),
        replace(GIVEN, starts_at=NOON - DAY, ends_at=NOON),
        replace(GIVEN, starts_at=NOON + 14 * DAY, ends_at=NOON + 15 * DAY),
    ],
)
def test_another_side_and_other_days_stand_in_nobodys_way(other):
    assert codes(blockers_to_delegate(replace(FACTS, accepted=[other]), reason=WHY)) == []


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (Scope(), Scope(gates=frozenset({"1"})), True),
        (Scope(gates=frozenset({"1"})), Scope(gates=frozenset({"2"})), False),
        (Scope(gates=frozenset({"1"})), Scope(initiatives=frozenset({7})), True),
        (Scope(initiatives=frozenset({7, 8})), Scope(initiatives=frozenset({8})), True),
        (Scope(risks=frozenset({"low"})), Scope(risks=frozenset({"high"})), False),
    ],
)
def test_two_delegates_share_days_where_their_gates_never_meet(one, other, meets):
    facts = replace(FACTS, scope=one, accepted=[replace(GIVEN, scope=other)])

    assert one.meets(other) is other.meets(one) is meets
    assert codes(blockers_to_delegate(facts, reason=WHY)) == (["taken"] if meets else [])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"answerer": "otto"}, ["not_yours"]),
        ({"is_open": False}, ["state"]),
        ({"still_held": False}, ["over"]),
        ({"at": NOON + 14 * DAY}, ["over"]),
        ({"is_decided": True}, ["over"]),
    ],
)
def test_only_the_delegate_answers_once_and_in_time(change, found):
    asked = {"answerer": "max", "is_open": True, "still_held": True, "at": NOON, **change}

    assert codes(blockers_to_answer(FACTS, **asked)) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"may_revoke": False}, ["not_yours"]),
        ({"may_revoke": False, "is_named": True}, ["not_yours"]),
        ({"is_over": True}, ["over"]),
        ({"is_decided": True}, ["over"]),
        ({"is_over": True, "is_decided": True}, ["over"]),
        ({"reason": " "}, ["short"]),
    ],
)
def test_who_may_end_it_says_why(change, found):
    asked = {"may_revoke": True, "is_over": False, "reason": "I am back.", **change}

    assert codes(blockers_to_revoke(**asked)) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"is_in_force": False}, ["authority"]),
        ({"covers": False}, ["authority"]),
        ({"is_of_recused": True}, ["recused"]),
        ({"is_sponsor": True}, ["sponsor"]),
        ({"is_auditor": True}, ["auditor"]),
        ({"speaks_otherwise": True}, ["other_side"]),
        ({"has_sent": True}, ["own_work"]),
        ({"has_written": True}, ["own_work"]),
    ],
)
def test_a_delegate_signs_nothing_of_his_own_and_for_one_side(change, found):
    assert codes(blockers_to_stand_in(replace(MINE, **change))) == found


@given(st.integers(-3, 200), st.integers(-3, 200))
def test_no_period_that_is_let_through_is_longer_than_ninety_days(first, length):
    today = date(2026, 12, 3)
    facts = PeriodFacts(first=today + first * DAY, last=today + (first + length) * DAY, today=today)

    if not codes(blockers_of_period(facts)):
        assert first >= 0
        assert 1 <= (facts.last - facts.first).days + 1 <= MOST_DAYS
