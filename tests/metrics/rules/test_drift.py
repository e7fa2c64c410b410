"""Drift over fixed bins: the index of known shares, and what may not be compared."""

from math import log, nan
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.rules.drift import Window, psi

COUNTS = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=1, max_size=20
).filter(lambda pairs: min(sum(p) for p in zip(*pairs, strict=True)) >= 200)


def window(counts):
    return Window(tuple(f"bin {number}" for number in range(len(counts))), tuple(counts))


def index(pairs, **settings):
    live, reference = zip(*pairs, strict=True)
    return psi(window(live), window(reference), **settings)


def test_the_index_of_shares_known_by_hand():
    found = index([(600, 500), (400, 500)], epsilon=1e-9)

    assert found == pytest.approx(0.1 * log(0.6 / 0.5) - 0.1 * log(0.4 / 0.5), rel=1e-6)


def test_an_empty_bin_weighs_much_and_not_infinitely():
    found = index([(1000, 900), (0, 100)])

    assert 0.25 < found < 1


@given(COUNTS)
def test_no_drift_is_zero_and_the_direction_of_time_is_of_no_matter(pairs):
    found = index(pairs)

    assert found >= 0
    assert index([(p, p) for p, _ in pairs]) == 0
    assert found == pytest.approx(index([(q, p) for p, q in pairs]), rel=1e-9)


@given(COUNTS, st.integers(2, 50), st.randoms())
def test_neither_scale_nor_order_of_the_bins_moves_it(pairs, times, chance):
    shuffled = chance.sample(pairs, len(pairs))

    assert index([(times * p, q) for p, q in pairs]) == pytest.approx(index(pairs), abs=1e-12)
    assert index(shuffled) == index(pairs)


def test_a_window_with_too_few_cases_tells_nothing():
    assert index([(100, 100), (99, 100)]) is None
    assert index([(100, 100), (100, 99)]) is None
    assert index([(100, 100), (100, 100)]) == 0
    assert index([(5, 5)], least=5) == 0
    assert psi(window(()), window(())) is None


def test_scipy_agrees_on_a_thousand_random_windows():
    chance = Random(2006)
    for _ in range(1000):
        pairs = [
            (chance.randint(1, 900), chance.randint(1, 900)) for _ in range(chance.randint(2, 20))
        ]
        live, reference = zip(*pairs, strict=True)
        both = stats.entropy(live, reference) + stats.entropy(reference, live)

        found = index(pairs, least=1, epsilon=1e-12)
        assert found == pytest.approx(both, rel=1e-6, abs=1e-9), pairs


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda: psi(window((300, 1)), window((300,))), "bins: .* of live, .* of reference; count"),
        (lambda: index([(300, 300)], epsilon=0), "epsilon: 0 cannot be"),
        (lambda: index([(300, 300)], epsilon=nan), "epsilon: nan cannot be"),
        (lambda: index([(300, 300)], least=0), "least: 0 cannot be"),
        (lambda: Window(("a",), (1, 2)), "counts: 2 for 1 bins; give one for each bin"),
        (lambda: Window(("a", "a"), (1, 2)), "bins: .* has one twice"),
        (lambda: Window(("a", "b"), (1, -2)), "the count of b: -2 cannot be"),
    ],
)
def test_what_cannot_be_compared_is_refused(refused, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        refused()
