"""Attrition of affected roles beside comparable ones."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.attrition import Month, annualised, attrition

MONTHS = st.lists(
    st.builds(Month, st.integers(0, 50), st.integers(1, 2000)), min_size=1, max_size=12
)


def test_a_quarter_is_brought_to_a_year():
    quarter = [Month(2, 100), Month(1, 100), Month(0, 100)]

    assert annualised(quarter) == pytest.approx(12.0)


def test_the_difference_is_what_counts():
    found = attrition([Month(3, 240)] * 3, [Month(5, 500)] * 3)

    assert (round(found.affected, 1), round(found.comparison, 1)) == (15.0, 12.0)
    assert found.difference == pytest.approx(3.0)


def test_a_month_nobody_told_of_is_not_one_without_leavers():
    assert annualised([Month(2, 100), Month(2, 100)]) == annualised([Month(2, 100)])


def test_without_people_nothing_is_known():
    assert annualised([]) is None
    assert annualised([Month(0, 0)]) is None
    assert attrition([], [Month(1, 100)]).difference is None
    assert attrition([Month(1, 100)], []).difference is None


@given(MONTHS, st.integers(2, 20), st.randoms())
def test_order_and_scale_are_of_no_matter(months, times, chance):
    more = [Month(one.leavers * times, one.headcount * times) for one in months]

    assert annualised(chance.sample(months, len(months))) == pytest.approx(annualised(months))
    assert annualised(more) == pytest.approx(annualised(months))
    assert attrition(months, months).difference == 0


@pytest.mark.parametrize(
    ("leavers", "headcount", "words"),
    [(-1, 100, "leavers: -1"), (1, -100, "headcount: -100"), (1, nan, "headcount: nan")],
)
def test_what_cannot_be_is_refused(leavers, headcount, words):
    with pytest.raises(ValueError, match=f"^{words} cannot be"):
        Month(leavers, headcount)
