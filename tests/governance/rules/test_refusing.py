"""Every no has a reason, a side and a time."""

from datetime import UTC, datetime, timedelta

import pytest

from governance.rules.refusing import (
    blockers_of_text,
    blockers_to_contest,
    blockers_to_explain,
    blockers_to_pause,
    blockers_to_request,
    blockers_to_take_back,
    blockers_to_withdraw_signature,
)

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
REQUEST = {
    "items": {"a": "Show the second source"},
    "criteria": {"a"},
    "state": "in_review",
    "is_seat": True,
}
EXPLAIN = {
    "code": "privacy",
    "codes": {"privacy"},
    "reason": "The assessment does not cover the new data.",
    "is_final": False,
    "reversed_by": "A new assessment",
}
CONTEST = {
    "newer": (),
    "state": "declined",
    "is_other_side": True,
    "until": NOON,
    "at": NOON,
}
PAUSE = {"may_pause": True, "is_paused": False, "is_closed": False, "reason": "Wrong answers"}


@pytest.mark.parametrize(
    ("rule", "good", "change", "code"),
    [
        (blockers_to_request, REQUEST, {"is_seat": False}, "not_yours"),
        (blockers_to_request, REQUEST, {"state": "escalated"}, "state"),
        (blockers_to_request, REQUEST, {"items": {}}, "items"),
        (blockers_to_request, REQUEST, {"items": {"b": "Show the second source"}}, "criterion"),
        (blockers_to_request, REQUEST, {"items": {"a": "Show"}}, "short"),
        (blockers_to_explain, EXPLAIN, {"code": "mood"}, "code"),
        (blockers_to_explain, EXPLAIN, {"reason": "No."}, "short"),
        (blockers_to_explain, EXPLAIN, {"reversed_by": ""}, "reversed_by"),
        (blockers_to_contest, CONTEST, {"is_other_side": False}, "not_yours"),
        (blockers_to_contest, CONTEST, {"state": "escalated"}, "state"),
        (blockers_to_contest, CONTEST, {"newer": {"expired", "draft"}}, "newer"),
        (blockers_to_contest, CONTEST, {"newer": {"in_review"}}, "newer"),
        (blockers_to_contest, CONTEST, {"newer": {"escalated"}}, "newer"),
        (blockers_to_contest, CONTEST, {"newer": {"passed"}}, "newer"),
        (blockers_to_contest, CONTEST, {"is_before": False}, "moved_on"),
        (blockers_to_contest, CONTEST, {"at": NOON + timedelta(seconds=1)}, "late"),
        (blockers_to_pause, PAUSE, {"may_pause": False}, "not_yours"),
        (blockers_to_pause, PAUSE, {"is_paused": True}, "paused"),
        (blockers_to_pause, PAUSE, {"is_closed": True}, "closed"),
        (blockers_to_pause, PAUSE, {"reason": "Stop"}, "short"),
    ],
)
def test_each_guard_names_itself(rule, good, change, code) -> None:
    items = good.get("items")
    call = {key: value for key, value in {**good, **change}.items() if key != "items"}
    arguments = () if items is None else (change.get("items", items),)

    assert not [
        *rule(
            *(() if items is None else (items,)), **{k: v for k, v in good.items() if k != "items"}
        )
    ]
    assert [blocker.code for blocker in rule(*arguments, **call)] == [code]


def test_a_newer_round_that_came_to_nothing_takes_no_days_from_the_other_side() -> None:
    newer = {"withdrawn", "expired", "declined", "returned"}

    assert not [*blockers_to_contest(**{**CONTEST, "newer": newer})]


def test_a_decline_for_good_needs_no_way_back() -> None:
    assert not [*blockers_to_explain(**{**EXPLAIN, "is_final": True, "reversed_by": ""})]


def test_only_the_declining_side_takes_back_and_only_while_disputed() -> None:
    assert not [*blockers_to_take_back(state="escalated", is_decliner=True)]
    void = blockers_to_take_back(state="escalated", is_decliner=True, is_void=True)
    assert [b.code for b in void] == ["state"]
    assert [b.code for b in blockers_to_take_back(state="declined", is_decliner=False)] == [
        "not_yours",
        "state",
    ]


def test_only_the_signer_withdraws_and_only_what_counts() -> None:
    assert not [*blockers_to_withdraw_signature(is_own=True, is_live=True)]
    assert [b.code for b in blockers_to_withdraw_signature(is_own=False, is_live=False)] == [
        "not_yours",
        "state",
    ]


def test_a_text_is_neither_too_short_nor_endless() -> None:
    assert not [*blockers_of_text("x" * 30, field="reason", least=30)]
    assert [b.code for b in blockers_of_text(" " * 40, field="reason", least=30)] == ["short"]
    assert [b.message for b in blockers_of_text(" ", field="reason", least=1)] == ["Say why."]
    assert [b.code for b in blockers_of_text("x" * 5_001, field="reason", least=30)] == ["long"]
