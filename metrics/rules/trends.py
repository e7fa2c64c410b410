"""Whether a short series goes anywhere, and how fast: two statistics that one odd week cannot turn.

Both are exact where they can be: numbers are compared and divided as fractions, so what equals a
limit equals it, whatever order or unit the figures came in.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations
from statistics import median

Real = int | float | Fraction

# Up to this many values, none of them equal, the p-value counts every order they could stand in.
EXACT_UP_TO = 10
FEWEST = 2


@dataclass(frozen=True, kw_only=True)
class MannKendall:
    """How one-sided a series is.

    `score` is S: pairs that rise minus pairs that fall, in time. `p` is the two-sided chance, 0 to
    1, of a score at least as far from zero where order means nothing. A high p proves no flatness.
    """

    score: int
    p: float


def theil_sen_slope(points: Iterable[tuple[Real, Real]]) -> Fraction:
    """Return the Theil-Sen slope of (x, y) points: the median slope of all pairs, in y per x.

    Pairs of one x are left out, the order of the points is of no matter. Theil 1950, Sen 1968.
    Raises ValueError where no two x differ, or a number is not finite.
    """
    known = sorted((Fraction(_finite("x", x)), Fraction(_finite("y", y))) for x, y in points)
    slopes = [
        (later[1] - y) / (later[0] - x) for (x, y), later in combinations(known, 2) if later[0] > x
    ]
    if not slopes:
        raise ValueError(f"points: a slope needs two different x, not {len(known)} of one; add one")
    return median(slopes)


def mann_kendall(values: Iterable[Real]) -> MannKendall:
    """Return S and the two-sided p of a series in its order of time. Mann 1945, Kendall 1975.

    p is exact for ten values at most where none are equal; else it is that of the normal
    distribution, with the variance corrected for ties and S moved by one towards zero. Raises
    ValueError for fewer than two values, or one that is not finite.
    """
    known = [_finite("value", value) for value in values]
    if len(known) < FEWEST:
        raise ValueError(f"values: a trend needs two at least, not {len(known)}; wait for the next")
    score = sum((later > value) - (later < value) for value, later in combinations(known, 2))
    ties = [count for count in Counter(known).values() if count > 1]
    if len(known) <= EXACT_UP_TO and not ties:
        return MannKendall(score=score, p=_counted(len(known), score))
    return MannKendall(score=score, p=_normal(len(known), score, ties))


def _finite(name: str, value: Real) -> Real:
    if not math.isfinite(value):
        raise ValueError(f"{name}: {value} is no number; leave out what is not known")
    return value


def _counted(size: int, score: int) -> float:
    """Return the share of all orders whose score is at least as far from zero."""
    orders = _orders_by_falls(size)
    pairs = len(orders) - 1
    as_far = sum(
        count for falls, count in enumerate(orders) if abs(pairs - 2 * falls) >= abs(score)
    )
    return as_far / math.factorial(size)


def _normal(size: int, score: int, ties: list[int]) -> float:
    if score == 0:
        return 1.0
    variance = (_weight(size) - sum(_weight(count) for count in ties)) / 18
    return math.erfc((abs(score) - 1) / math.sqrt(2 * variance))


def _weight(count: int) -> int:
    return count * (count - 1) * (2 * count + 5)


@cache
def _orders_by_falls(size: int) -> tuple[int, ...]:
    """Return how many orders of `size` different values have 0, 1, 2 … pairs that fall."""
    counts = [1]
    for length in range(2, size + 1):
        wider = [0] * (len(counts) + length - 1)
        for falls, count in enumerate(counts):
            for more in range(length):
                wider[falls + more] += count
        counts = wider
    return tuple(counts)
