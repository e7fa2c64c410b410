"""Stepping back from a round, and whom the sponsor may name for it (A1)."""

from datetime import UTC, datetime, timedelta

import pytest

from governance.rules.delegations import (
    Delegate,
    Given,
    Scope,
    WritingFacts,
    blockers_to_delegate,
)
from governance.rules.recusals import (
    Named,
    Naming,
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
    "sponsor": Naming(is_sponsor=True),
    "named": Named(),
    "is_open": True,
    "still_held": True,
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
        ({"sponsor": Naming(is_sponsor=False)}, "not_yours"),
        ({"sponsor": Naming(is_sponsor=True, signs_for=True)}, "signs"),
        ({"sponsor": Naming(is_sponsor=True, has_recused=True)}, "signs"),
        ({"is_open": False}, "state"),
        ({"still_held": False}, "over"),
        ({"named": Named(has_sent=True)}, "own_work"),
        ({"named": Named(has_written=True)}, "own_work"),
        ({"named": Named(has_recused=True)}, "recused"),
        ({"named": Named(others_asked=True)}, "asked"),
        ({"named": Named(side_declined=True)}, "declined"),
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


def given(**changes) -> Given:
    until = NOON + timedelta(days=1)
    days = {"starts_at": NOON, "ends_at": until}
    return Given(**{"side": "people", "to_key": "petra", "scope": Scope(), **days, **changes})


def test_nobody_is_named_where_somebody_named_signs_already():
    here = facts(accepted=[given(round_id=7)], round_id=7)

    assert codes(blockers_to_substitute(here, **FREE)) == ["taken"]


def test_what_the_holder_gave_and_another_round_stand_in_nobodys_way():
    for one in (given(), given(round_id=8)):
        assert codes(blockers_to_substitute(facts(accepted=[one], round_id=7), **FREE)) == []
    assert codes(blockers_to_delegate(facts(accepted=[given(round_id=7)]), reason=WHY)) == []


def test_whoever_signs_for_the_other_side_by_any_delegation_is_not_named():
    other = given(side="technology", to_key="max")

    assert codes(blockers_to_substitute(facts(accepted=[other], round_id=7), **FREE)) == [
        "other_side"
    ]


def test_one_who_stepped_back_is_told_so_once():
    own = facts(delegate=Delegate(key="hana", is_active=True))

    found = codes(blockers_to_substitute(own, **FREE | {"named": Named(has_recused=True)}))

    assert found == ["own"]


def test_a_counter_signer_who_stepped_back_is_stood_in_for_too():
    assert codes(blockers_to_substitute(facts(is_counter_signer=True), **FREE)) == []
