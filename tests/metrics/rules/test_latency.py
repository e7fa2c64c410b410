"""Percentiles come from merged histograms and say how exactly a histogram can tell them."""

from itertools import pairwise
from math import ceil, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.latency import Certainty, Histogram, Reading, merged, percentile, share_within

BOUNDS = (100.0, 200.0, 400.0, 800.0, inf)
COUNTS = st.lists(st.integers(0, 3000), min_size=5, max_size=5)
DAY = Histogram(BOUNDS, (500, 300, 100, 80, 20))


def test_p95_of_a_day_lies_inside_its_bin():
    assert percentile(DAY, 95) == Reading(650.0, Certainty.INTERPOLATED)
    assert percentile(DAY, 50) == Reading(100.0, Certainty.EXACT)
    assert percentile(DAY, 25) == Reading(50.0, Certainty.INTERPOLATED)


def test_what_lies_in_the_open_bin_is_only_known_to_be_more():
    assert percentile(DAY, 99) == Reading(800.0, Certainty.AT_LEAST)
    assert share_within(DAY, 2000) == Reading(0.98, Certainty.AT_LEAST)


def test_the_share_under_a_threshold():
    assert share_within(DAY, 800) == Reading(0.98, Certainty.EXACT)
    assert share_within(DAY, 300) == Reading(0.85, Certainty.INTERPOLATED)
    assert share_within(Histogram((100, 200, 400), (1000, 0, 7)), 150).certainty == "exact"
    assert share_within(Histogram((100, 200), (1000, 7)), 500) == Reading(1.0, Certainty.EXACT)


def test_a_percent_written_in_tenths_hits_its_bound():
    assert percentile(Histogram((10, 20), (9990, 10)), 99.9) == Reading(10, Certainty.EXACT)


def test_two_services_are_merged_and_their_percentiles_not_averaged():
    quick, slow = Histogram(BOUNDS, (9000, 0, 0, 0, 0)), Histogram(BOUNDS, (0, 0, 0, 1000, 0))
    both = percentile(merged([quick, slow]), 95)
    averaged = (percentile(quick, 95).value + percentile(slow, 95).value) / 2

    assert both == Reading(600.0, Certainty.INTERPOLATED)
    assert averaged == pytest.approx(437.5)


@given(st.lists(COUNTS, min_size=1, max_size=5), st.randoms(), st.sampled_from([50, 95, 99.9]))
def test_the_order_of_the_sources_is_of_no_matter(rows, chance, percent):
    found = [Histogram(BOUNDS, tuple(row)) for row in rows]
    both = merged(found), merged(chance.sample(found, len(found)))

    assert both[0] == both[1]
    assert percentile(both[0], percent) == percentile(both[1], percent)


@given(st.lists(st.integers(1, 800), min_size=1, max_size=60), st.integers(1, 100))
def test_a_percentile_lies_in_the_bin_of_the_request_at_that_rank(times, percent):
    bins = [*pairwise((0, *BOUNDS))]
    counts = tuple(sum(low < time <= high for time in times) for low, high in bins)
    found = percentile(Histogram(BOUNDS, counts), percent, least=1)
    true = sorted(times)[ceil(percent * len(times) / 100) - 1]

    assert [low < found.value <= high for low, high in bins] == [
        low < true <= high for low, high in bins
    ]


@given(COUNTS, st.integers(1, 100), st.integers(2, 40))
def test_more_of_the_same_moves_nothing_and_a_higher_percent_never_takes_less(row, percent, times):
    row[0] += 1000
    one, many = Histogram(BOUNDS, tuple(row)), Histogram(BOUNDS, tuple(times * n for n in row))
    found = percentile(one, percent)

    assert found == percentile(many, percent)
    assert percentile(one, 1).value <= found.value <= percentile(one, 100).value
    if found.certainty != Certainty.AT_LEAST:
        assert share_within(one, found.value).value == pytest.approx(percent / 100)


def test_too_few_requests_tell_nothing():
    few = Histogram(BOUNDS, (999, 0, 0, 0, 0))

    assert percentile(few, 95) is None
    assert share_within(few, 100) is None
    assert percentile(few, 95, least=999).value == pytest.approx(95)
    assert merged([]) is None


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda: merged([DAY, Histogram((100,), (1,))]), r"bounds: \(100,\) here, .* there; let"),
        (lambda: Histogram((), ()), "counts: 0 for 0 bounds"),
        (lambda: Histogram((1, 2), (1,)), "counts: 1 for 2 bounds"),
        (lambda: Histogram((2, 1), (1, 1)), "bounds: .* do not rise"),
        (lambda: Histogram((0, 1), (1, 1)), "bounds: .* do not rise"),
        (lambda: Histogram((1, nan), (1, 1)), "bounds: .* do not rise"),
        (lambda: Histogram((inf,), (1,)), "bounds: .* do not rise"),
        (lambda: Histogram((1, 2), (1, -1)), "the count up to 2 ms: -1 cannot be"),
        (lambda: percentile(DAY, 0), "percent: 0 cannot be"),
        (lambda: percentile(DAY, 101), "percent: 101 cannot be"),
        (lambda: percentile(DAY, 95, least=0), "least: 0 cannot be"),
        (lambda: share_within(DAY, 0), "threshold: 0 cannot be"),
        (lambda: share_within(DAY, inf), "threshold: inf cannot be"),
        (lambda: share_within(DAY, 5, least=0), "least: 0 cannot be"),
    ],
)
def test_what_cannot_be_read_is_refused(refused, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        refused()
