"""The ways out of a pause."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from governance.choices import ALONE, Way
from governance.rules.ways import RulingFacts, blockers_to_rule, goes_on, is_way

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
DUE = RulingFacts(is_sponsor=True, is_paused=True, stage=3, due_at=NOON, at=NOON)
REASON = "Nobody has found the cause, and the teams are needed elsewhere."


def codes(facts=DUE, way="back_to_stage_2", reason=REASON) -> list[str]:
    return [one.code for one in blockers_to_rule(facts, way=way, reason=reason)]


@pytest.mark.parametrize(
    ("way", "stages"),
    [
        ("go_on", {1, 2, 3, 4}),
        ("back_to_stage_1", {2, 3, 4}),
        ("back_to_stage_2", {3, 4}),
        ("back_to_stage_3", {4}),
        ("completed", {1, 2, 3, 4}),
        ("scale", {1, 2, 3, 4}),
    ],
)
def test_one_goes_back_only_to_a_stage_one_has_left(way, stages) -> None:
    assert {stage for stage in (1, 2, 3, 4) if is_way(way, stage=stage)} == stages


def test_only_going_on_goes_on_as_it_did_before_there_were_ways() -> None:
    assert {way for way in ("", *Way) if goes_on(way)} == {"", Way.GO_ON}


@pytest.mark.parametrize("way", ALONE)
def test_the_sponsor_alone_may_send_it_back_or_close_it(way) -> None:
    assert codes(replace(DUE, stage=4), way) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"is_sponsor": False}, "not_yours"),
        ({"is_paused": False}, "not_paused"),
        ({"at": NOON - timedelta(seconds=1)}, "early"),
    ],
)
def test_nobody_else_and_not_before_both_had_their_time(change, code) -> None:
    assert codes(replace(DUE, **change)) == [code]


@pytest.mark.parametrize("way", ["go_on", "", "back_to_stage_3", "scale"])
def test_the_sponsor_never_lets_it_go_on_nor_go_forward(way) -> None:
    assert codes(way=way) == ["way"]


def test_a_reason_that_says_something_is_needed() -> None:
    assert codes(reason="Enough.") == ["short"]
