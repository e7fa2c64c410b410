"""What cannot have been measured is refused with its name, its value and a way out."""

from math import inf, nan

import pytest

from metrics.rules.quantities import check_at_least, check_between, check_finite, check_part


@pytest.mark.parametrize("value", [-1, -0.001, nan, inf, -inf])
def test_what_is_below_its_least_or_no_number_is_named(value):
    with pytest.raises(ValueError, match=rf"^minutes: {value} cannot be; give a number of 0 or m"):
        check_at_least(0, days=3, minutes=value)


@pytest.mark.parametrize("value", [-0.1, 100.1, nan, inf])
def test_what_lies_outside_its_bounds_is_named(value):
    with pytest.raises(ValueError, match=rf"^trust: {value} cannot be; give .* from 0 to 100$"):
        check_between(0, 100, trust=value)


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_what_is_no_finite_number_is_named(value):
    with pytest.raises(ValueError, match=rf"^hours: {value} cannot be; give a finite number$"):
        check_finite(hours=value)


def test_a_part_above_its_whole_is_named_with_both():
    with pytest.raises(ValueError, match=r"^good: 8 is above valid, 7; count both over the same"):
        check_part("good", 8, of="valid", whole=7)
    with pytest.raises(ValueError, match=r"^good: -1 cannot be"):
        check_part("good", -1, of="valid", whole=7)


def test_what_may_be_passes():
    check_at_least(0, days=0, minutes=0.5)
    check_between(-100, 100, confidence=-100)
    check_between(-100, 100, confidence=100)
    check_finite(hours=-3)
    check_part("good", 7, of="valid", whole=7)
