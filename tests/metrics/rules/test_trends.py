"""Whether a short series goes anywhere."""

import math
import random
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from metrics.rules.trends import mann_kendall, theil_sen_slope

VALUES = st.lists(st.integers(-50, 50), min_size=2, max_size=12)
POINTS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(-50, 50)),
    min_size=2,
    max_size=12,
    unique_by=lambda point: point[0],
)


def test_one_odd_week_does_not_turn_the_slope() -> None:
    climb = [(day, day // 7) for day in range(0, 56, 7)]

    assert theil_sen_slope([*climb[:3], (21, -40), *climb[4:]]) == Fraction(1, 7)


def test_equal_days_make_no_pair() -> None:
    assert theil_sen_slope([(0, 1), (0, 9), (2, 5)]) == 0


@pytest.mark.parametrize("points", [[], [(3, 1)], [(3, 1), (3, 2)]])
def test_a_slope_needs_two_days(points) -> None:
    with pytest.raises(ValueError, match="two different x"):
        theil_sen_slope(points)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused_by_name(value) -> None:
    with pytest.raises(ValueError, match=r"y: .* is no number; leave out"):
        theil_sen_slope([(0, 1.5), (1, value)])
    with pytest.raises(ValueError, match=r"value: .* is no number; leave out"):
        mann_kendall([1, value])


@pytest.mark.parametrize("values", [[], [4]])
def test_a_trend_needs_two_values(values) -> None:
    with pytest.raises(ValueError, match="two at least"):
        mann_kendall(values)


@pytest.mark.parametrize(
    ("values", "score", "p"),
    [
        ([1, 2, 3, 4], 6, 2 / 24),
        ([1, 2], 1, 1.0),
        ([5, 5], 0, 1.0),
        ([4, 1, 3, 2], -2, 18 / 24),
        ([1, 3, 2, 4, 5, 6, 7, 8, 10, 9], 41, 2 * (1 + 9 + 44) / math.factorial(10)),
        ([2, 1, 1, 1], -3, 0.371),
        ([4, 3, 2, 1, 0, -1, -2, -3, -4, -5, -6], -55, 2.6236e-05),
    ],
)
def test_the_chance_of_a_score(values, score, p) -> None:
    found = mann_kendall(values)

    assert (found.score, found.p) == (score, pytest.approx(p, abs=5e-4 if p > 0.3 else 1e-9))


@pytest.mark.parametrize("size", [2, 3, 5])
def test_the_exact_chance_counts_every_order(size) -> None:
    orders = [*permutations(range(size))]
    scores = [mann_kendall(order).score for order in orders]

    for order, score in zip(orders[:40], scores, strict=False):
        as_far = sum(abs(other) >= abs(score) for other in scores)
        assert mann_kendall(order).p == as_far / len(orders)


def test_scipy_agrees_on_a_thousand_random_series() -> None:
    chance = random.Random(1945)
    for number in range(1000):
        size = chance.randint(3, 16)
        values = [
            chance.choice([chance.randint(0, 9), chance.randint(0, 800) / 8]) for _ in range(size)
        ]
        days = sorted(chance.sample(range(400), size))
        found = mann_kendall(values)
        is_exact = size <= 10 and len(set(values)) == size
        theirs = stats.kendalltau(range(size), values, method="exact" if is_exact else "asymptotic")

        slope = stats.theilslopes(values, days).slope
        assert float(theil_sen_slope(zip(days, values, strict=True))) == pytest.approx(slope), (
            number
        )
        assert found.p == pytest.approx(theirs.pvalue if is_exact else _moved(found, theirs)), (
            number
        )
        assert math.copysign(1, found.score or 1) == math.copysign(1, theirs.statistic or 1), number


def _moved(found, theirs) -> float:
    """Return their p with the score moved by one towards zero, which they do not do."""
    if not found.score:
        return 1.0
    deviation = abs(found.score) / stats.norm.isf(theirs.pvalue / 2)
    return 2 * stats.norm.sf((abs(found.score) - 1) / deviation)


@settings(max_examples=50)
@given(POINTS, st.randoms())
def test_the_order_of_the_points_is_of_no_matter(points, chance) -> None:
    mixed = chance.sample(points, len(points))

    assert theil_sen_slope(mixed) == theil_sen_slope(points)


@settings(max_examples=50)
@given(POINTS, st.integers(1, 9), st.integers(-9, 9))
def test_a_slope_scales_with_its_values_and_ignores_their_height(points, factor, height) -> None:
    moved = [(x, factor * y + height) for x, y in points]

    assert theil_sen_slope(moved) == factor * theil_sen_slope(points)


@settings(max_examples=50)
@given(VALUES, st.integers(1, 9), st.integers(-9, 9))
def test_a_trend_ignores_unit_and_height(values, factor, height) -> None:
    assert mann_kendall([factor * value + height for value in values]) == mann_kendall(values)


@settings(max_examples=50)
@given(VALUES)
def test_backwards_a_trend_is_its_opposite(values) -> None:
    forth, back = mann_kendall(values), mann_kendall(values[::-1])

    assert (back.score, back.p) == (-forth.score, forth.p)
    assert 0 <= forth.p <= 1


@settings(max_examples=50)
@given(VALUES, st.lists(st.floats(-0.49, 0.49), min_size=12, max_size=12))
def test_noise_smaller_than_the_steps_changes_no_score_without_ties(values, noise) -> None:
    steps = [*dict.fromkeys(values)]
    noisy = [value + off for value, off in zip(steps, noise, strict=False)]

    if len(steps) > 1:
        assert mann_kendall(noisy) == mann_kendall(steps)


@settings(max_examples=50)
@given(st.integers(-9, 9), st.integers(2, 40))
def test_what_never_changes_has_neither_trend_nor_slope(value, size) -> None:
    found = mann_kendall([value] * size)

    assert (found.score, found.p) == (0, 1.0)
    assert theil_sen_slope(enumerate([value] * size)) == 0
