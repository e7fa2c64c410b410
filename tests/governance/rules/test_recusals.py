"""Stepping back from a round, and whom the sponsor may name for it (A1)."""

from datetime import UTC, datetime, timedelta

import pytest

from governance.rules.delegations import Delegate, Given, Scope, WritingFacts
from governance.rules.recusals import (
    blockers_of_recused,
    blockers_to_recuse,
    blockers_to_substitute,
)

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
WHY = "My sister sells this to us."
SCOPE = Scope(gates=frozenset({"1"}), initiatives=frozenset({9}))
OPEN = {
    "holds_key": True,
    "state": "in_review",
    "has_recused": False,
    "has_declined": False,
    "reason": WHY,
}
FREE = {
    "is_sponsor": True,
    "is_open": True,
    "still_held": True,
    "has_sent": False,
    "has_written": False,
    "reason": WHY,
}


def facts(**changes) -> WritingFacts:
    return WritingFacts(
        **{
            "side": "people",
            "term_id": 1,
            "writer": "hana",
            "delegate": Delegate(key="max", is_active=True),
            "scope": SCOPE,
            "starts_at": NOON,
            "ends_at": NOON + timedelta(days=14),
            "accepted": (),
            **changes,
        }
    )


def codes(blockers) -> list[str]:
    return [blocker.code for blocker in blockers]


def test_who_stepped_back_is_told_the_way_out():
    [told] = blockers_of_recused({"hana"}, "hana")

    assert told.code == "recused"
    assert told.message.endswith("The sponsor names who signs in your place.")
    assert codes(blockers_of_recused({"hana"}, "ivo")) == []


@pytest.mark.parametrize("state", ["in_review", "escalated"])
def test_a_holder_steps_back_with_a_reason_while_it_is_in_review(state):
    assert codes(blockers_to_recuse(**OPEN | {"state": state})) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"holds_key": False}, "not_yours"),
        ({"has_recused": True}, "recused"),
        ({"state": "passed"}, "state"),
        ({"state": "draft"}, "state"),
        ({"has_declined": True}, "declined"),
        ({"reason": "No."}, "short"),
    ],
)
def test_each_guard_of_stepping_back_names_itself(change, code):
    assert codes(blockers_to_recuse(**OPEN | change)) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"is_sponsor": False}, "not_yours"),
        ({"is_open": False}, "state"),
        ({"still_held": False}, "over"),
        ({"has_sent": True}, "own_work"),
        ({"has_written": True}, "own_work"),
        ({"reason": "So."}, "short"),
    ],
)
def test_the_sponsor_alone_names_somebody_whose_work_it_is_not(change, code):
    assert codes(blockers_to_substitute(facts(), **FREE | change)) == ([code] if code else [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"delegate": Delegate(key="hana", is_active=True)}, "own"),
        ({"delegate": Delegate(key="max", is_active=False)}, "inactive"),
        (
            {"delegate": Delegate(key="ivo", is_active=True, holds_key_of="technology")},
            "other_key",
        ),
        ({"delegate": Delegate(key="cleo", is_active=True, is_sponsor=True)}, "sponsor"),
        (
            {"delegate": Delegate(key="tariq", is_active=True, speaks_otherwise_in=["AI-009"])},
            "other_side",
        ),
    ],
)
def test_what_bars_a_delegate_bars_whom_the_sponsor_names(change, code):
    assert codes(blockers_to_substitute(facts(**change), **FREE)) == [code]


def test_nobody_is_named_where_somebody_signs_already():
    taken = Given(
        side="people",
        to_key="petra",
        starts_at=NOON,
        ends_at=NOON + timedelta(days=1),
        scope=Scope(),
    )

    assert codes(blockers_to_substitute(facts(accepted=[taken]), **FREE)) == ["taken"]


def test_a_counter_signer_who_stepped_back_is_stood_in_for_too():
    assert codes(blockers_to_substitute(facts(is_counter_signer=True), **FREE)) == []
