"""Counts of people, and percentages as they are written."""

from decimal import Decimal
from fractions import Fraction

import pytest

from metrics.rules.counts import (
    percentage,
    refuse_miscounts,
    refuse_repeats,
    share,
)


@pytest.mark.parametrize("target", [66.7, Decimal("66.70"), Fraction(667, 10)])
def test_a_target_is_taken_as_it_is_written(target) -> None:
    assert percentage(target) == Fraction(667, 10)


@pytest.mark.parametrize("target", [0, -1, 100.1, float("nan"), float("inf"), Decimal("NaN")])
def test_a_target_nobody_can_reach_or_miss_is_refused(target) -> None:
    with pytest.raises(ValueError, match="is no percentage to reach; choose above 0 to 100"):
        percentage(target)


def test_all_is_a_target() -> None:
    assert percentage(100) == 100


def test_a_share_is_exact() -> None:
    assert share(1, 3) == Fraction(100, 3)


@pytest.mark.parametrize(
    ("active", "eligible", "words"),
    [
        (-1, 5, "active: -1 counts no people"),
        (1, -5, "eligible: -5 counts no people"),
        (62.5, 100, "active: 62.5 counts no people; give a whole number"),
        (6, 5, "active: 6 of 5 eligible; count only those eligible"),
    ],
)
def test_what_counts_no_people_is_refused_by_name(active, eligible, words) -> None:
    with pytest.raises(ValueError, match=words):
        refuse_miscounts(active, eligible)


def test_nobody_of_nobody_is_a_count() -> None:
    refuse_miscounts(0, 0)
    refuse_miscounts(5, 5)


def test_a_key_that_comes_twice_is_refused() -> None:
    refuse_repeats("role", ["a", "b"])
    with pytest.raises(ValueError, match="role: b comes twice; keep the newest figure"):
        refuse_repeats("role", ["a", "b", "b"])
