"""Acting for ninety days at most, and a counter-signer beside one person with both titles."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from governance.rules.holdings import HoldingFacts, blockers_to_hold

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
ACTING = HoldingFacts(capacity="acting", side="people", at=NOON, ends_at=NOON + timedelta(days=90))
COUNTER = HoldingFacts(capacity="counter_signer", side="people", at=NOON, other_key_is_held=True)


def codes(facts) -> list[str]:
    return [blocker.code for blocker in blockers_to_hold(facts)]


def test_in_office_nothing_more_is_asked():
    assert codes(replace(ACTING, capacity="seat", side="", ends_at=None)) == []
    assert codes(ACTING) == codes(COUNTER) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(ACTING, ends_at=None), "acting"),
        (replace(ACTING, ends_at=NOON + timedelta(days=91)), "acting"),
        (replace(ACTING, side=""), "capacity"),
        (replace(COUNTER, other_key_is_held=False), "counter_signer"),
        (replace(COUNTER, other_key_ends_at=NOON), "outlasts"),
        (replace(COUNTER, other_key_ends_at=NOON, ends_at=NOON + timedelta(1)), "outlasts"),
        (replace(COUNTER, speaks_otherwise_in=["AI-001"]), "other_side"),
        (replace(ACTING, speaks_otherwise_in=["AI-001"]), "other_side"),
    ],
)
def test_what_keeps_a_key_from_being_held_like_that(facts, code):
    assert codes(facts) == [code]


def test_a_counter_signer_stays_as_long_as_the_one_beside_them():
    last = NOON + timedelta(days=30)

    assert codes(replace(COUNTER, other_key_ends_at=last, ends_at=last)) == []
    assert codes(replace(COUNTER, ends_at=last)) == []
