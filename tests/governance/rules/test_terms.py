"""Conditions are complete or refused, and an offer has one way to be bytes."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from governance.rules.terms import Condition, blockers_to_state, terms_body

TODAY = date(2026, 12, 3)
GOOD = Condition(
    text="Train the phone team",
    evidence="Attendance list",
    owner_id=7,
    owner_key="k",
    due_on=TODAY + timedelta(days=30),
    kind="hard",
    on_breach="pause",
    asked_by="people",
)


def found(*conditions) -> list[tuple[str, str]]:
    blockers = blockers_to_state(conditions, today=TODAY, known_owners=frozenset({7}))
    return [(blocker.code, blocker.field) for blocker in blockers]


def test_a_whole_condition_is_accepted() -> None:
    assert found(GOOD, replace(GOOD, kind="dated", on_breach="notify")) == []


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"text": "Train"}, "short", "text"),
        ({"text": "x" * 2_001}, "long", "text"),
        ({"evidence": ""}, "evidence", "evidence"),
        ({"owner_id": 8}, "owner", "owner"),
        ({"due_on": TODAY}, "due", "due_on"),
        ({"kind": "soft"}, "kind", "kind"),
        ({"on_breach": "shout"}, "on_breach", "on_breach"),
    ],
)
def test_each_gap_names_its_field(change, code, field) -> None:
    assert found(GOOD, replace(GOOD, **change)) == [(code, f"conditions.1.{field}")]


def test_an_offer_has_between_one_and_twenty_conditions() -> None:
    assert found() == [("none", "conditions.0.text")]
    assert found(*[GOOD] * 21) == [("many", "conditions.0.text")]


def test_an_offer_has_one_way_to_be_bytes() -> None:
    body = terms_body([{"key": "c1", "owner": "k"}], verdict="scale")

    assert body == terms_body([{"owner": "k", "key": "c1"}], verdict="scale")
    assert body != terms_body([{"key": "c1", "owner": "k"}], verdict="fix")
    assert json.loads(body)["conditions"] == [{"key": "c1", "owner": "k"}]
