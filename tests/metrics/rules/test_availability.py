"""Availability from events or minutes that are summed up first, and the error budget."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.availability import Events, Minutes, availability

WINDOWS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)).map(
        lambda pair: Events(min(pair), max(pair))
    ),
    max_size=20,
)


@pytest.mark.parametrize(
    ("good", "target", "used"),
    [(99_500, 99.5, 1.0), (99_650, 99.5, 0.7), (99_900, 99.9, 1.0), (99_800, 99.9, 2.0)],
)
def test_the_budget_is_used_up_exactly_at_the_target(good, target, used):
    found = availability([Events(good, 100_000)], target=target)

    assert (found.percent, found.budget_used) == (good / 1000, used)


def test_a_quiet_night_does_not_outweigh_a_busy_day():
    found = availability([Events(90_000, 100_000), Events(10, 10)], target=99.5)

    assert found.percent == pytest.approx(90.001, abs=0.0001)


def test_planned_work_is_left_out_only_where_it_was_announced():
    month = 28 * 24 * 60
    told = Minutes(month, outage=60, planned=120, announced=True)
    silent = Minutes(month, outage=60, planned=120)

    assert availability([told], target=99.5).percent == pytest.approx(100 - 6000 / (month - 120))
    assert availability([silent], target=99.5).percent == pytest.approx(100 - 18000 / month)


def test_without_any_event_nothing_is_known():
    assert availability([], target=99.5) is None
    assert availability([Events(0, 0)], target=99.5) is None
    assert availability([Minutes(60, 0, planned=60, announced=True)], target=99.5) is None


@given(WINDOWS, st.randoms(), st.integers(2, 1000))
def test_order_and_scale_are_of_no_matter(windows, chance, times):
    found = availability(windows, target=99.5)
    more = [Events(one.good * times, one.valid * times) for one in windows]

    assert found == availability(chance.sample(windows, len(windows)), target=99.5)
    assert found == availability(more, target=99.5)
    assert found is None or 0 <= found.percent <= 100


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda: Events(8, 7), "good: 8 is above valid, 7"),
        (lambda: Events(-1, 7), "good: -1 cannot be"),
        (lambda: Minutes(60, outage=40, planned=30), "outage and planned: 70 is above agreed, 60"),
        (lambda: Minutes(60, outage=-1), "outage: -1 cannot be"),
        (lambda: Minutes(60, outage=nan), "outage: nan cannot be"),
        (lambda: Minutes(inf, outage=1), "agreed: inf cannot be"),
        (lambda: availability([], target=100), "target: 100 leaves no budget"),
        (lambda: availability([], target=0), "target: 0 leaves no budget"),
        (lambda: availability([], target=nan), "target: nan leaves no budget"),
    ],
)
def test_what_cannot_be_is_refused(refused, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        refused()
