"""Intervals and exact tests, held against sums of whole numbers and published figures."""

from fractions import Fraction
from math import comb, inf, nan
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.rules.proportions import Interval, Table, fisher, wilson

COUNTS = st.integers(0, 60)


def counted(table):
    """Return p as the sum of whole numbers, without any rounding."""
    chosen, everybody = table.selected + table.other_selected, table.total + table.other_total
    least, most = max(0, chosen - table.other_total), min(chosen, table.total)
    ways = {
        k: comb(table.total, k) * comb(table.other_total, chosen - k)
        for k in range(least, most + 1)
    }
    rare = sum(way for way in ways.values() if way <= ways[table.selected])
    return float(Fraction(rare, comb(everybody, chosen)))


@st.composite
def tables(draw, counts=COUNTS):
    total, other = draw(counts), draw(counts)
    return Table(draw(st.integers(0, total)), total, draw(st.integers(0, other)), other)


@given(tables())
def test_fishers_test_is_the_sum_over_all_tables_that_are_not_likelier(table):
    assert fisher(table) == pytest.approx(counted(table), rel=1e-9, abs=1e-300)


@given(tables())
def test_neither_the_order_of_the_groups_nor_what_is_called_selected_moves_p(table):
    swapped = Table(table.other_selected, table.other_total, table.selected, table.total)
    turned = Table(
        table.total - table.selected,
        table.total,
        table.other_total - table.other_selected,
        table.other_total,
    )

    assert fisher(swapped) == pytest.approx(fisher(table), rel=1e-9)
    assert fisher(turned) == pytest.approx(fisher(table), rel=1e-9)


def test_the_tea_taster_who_knew_three_of_four():
    assert fisher(Table(3, 4, 1, 4)) == pytest.approx(34 / 70)


def test_an_empty_margin_tells_nothing():
    assert fisher(Table(0, 0, 3, 9)) == 1.0
    assert fisher(Table(0, 5, 0, 9)) == 1.0
    assert fisher(Table(0, 0, 0, 0)) == 1.0


def test_twenty_million_decisions_neither_overflow_nor_take_long():
    equal = Table(5_000_000, 10_000_000, 5_000_000, 10_000_000)
    apart = Table(0, 1_000_000, 1_000_000, 1_000_000)

    assert fisher(equal) == pytest.approx(1.0)
    assert fisher(apart) == 0.0
    assert fisher(Table(1_000_000, 1_000_000, 0, 1_000_000)) == 0.0


@pytest.mark.parametrize(
    ("successes", "trials", "lower", "upper"),
    [  # Newcombe (1998), Statistics in Medicine 17, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_that_of_the_published_examples(successes, trials, lower, upper):
    found = wilson(successes, trials)

    assert (round(found.lower, 4), round(found.upper, 4)) == (lower, upper)


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.floats(0.5, 0.999))
def test_an_interval_holds_its_share_and_mirrors_the_failures(one, other, confidence):
    successes, trials = min(one, other), max(one, other)
    found = wilson(successes, trials, confidence=confidence)
    failed = wilson(trials - successes, trials, confidence=confidence)

    assert 0 <= found.lower <= successes / trials <= found.upper <= 1
    assert found.lower == pytest.approx(1 - failed.upper, abs=1e-9)


@given(st.integers(1, 300), st.integers(2, 50))
def test_more_of_the_same_is_surer(trials, times):
    successes = trials // 3
    few, many = wilson(successes, trials), wilson(successes * times, trials * times)

    assert few.lower <= many.lower <= many.upper <= few.upper


def test_nothing_tried_is_unknown_and_all_or_none_reach_the_end():
    assert wilson(0, 0) is None
    assert wilson(0, 7).lower == 0.0
    assert wilson(7, 7) == Interval(wilson(7, 7).lower, 1.0)


def test_scipy_agrees_on_a_thousand_random_tables_and_shares():
    chance = Random(1922)
    for _ in range(1000):
        total, other = (chance.randint(1, chance.choice([9, 90, 900])) for _ in "ab")
        table = Table(chance.randint(0, total), total, chance.randint(0, other), other)
        rows = [
            [table.selected, total - table.selected],
            [table.other_selected, other - table.other_selected],
        ]
        level = chance.choice([0.8, 0.95, 0.99])
        theirs = stats.binomtest(table.selected, total).proportion_ci(level, method="wilson")
        found = wilson(table.selected, total, confidence=level)

        assert fisher(table) == pytest.approx(stats.fisher_exact(rows).pvalue, rel=1e-9), table
        assert (found.lower, found.upper) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda: wilson(8, 7), "successes: 8 is above trials, 7"),
        (lambda: wilson(-1, 7), "successes: -1 cannot be"),
        (lambda: wilson(1, 7, confidence=1), "confidence: 1 cannot be; give a share"),
        (lambda: wilson(1, 7, confidence=nan), "confidence: nan"),
        (lambda: wilson(1, inf), "trials: inf"),
        (lambda: Table(5, 4, 1, 2), "selected: 5 is above total, 4"),
        (lambda: Table(1, 4, 3, 2), "other_selected: 3 is above other_total, 2"),
    ],
)
def test_what_cannot_have_been_counted_is_refused(refused, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        refused()
