"""How long requests take: percentiles of merged histograms, never a mean of percentiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, pairwise
from math import isinf

from metrics.rules.quantities import check_at_least

LEAST = 1000  # requests


class Certainty(StrEnum):
    """How exactly a histogram can tell it."""

    EXACT = "exact"
    INTERPOLATED = "interpolated"
    AT_LEAST = "at_least"  # It lies in the last, open bin: it is this or more.


@dataclass(frozen=True)
class Reading:
    """A figure read from a histogram, in ms or as a share from 0 to 1."""

    value: float
    certainty: Certainty


@dataclass(frozen=True)
class Histogram:
    """Requests by time taken: counts[i] took more than bounds[i-1] and at most bounds[i] ms.

    The counts are those of each bin, not running totals. The last bound may be infinite.
    Raises ValueError where bounds do not rise from above 0, where there is not one count for
    each bound, and for a negative count.
    """

    bounds: tuple[float, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        """Judge the shape."""
        if not self.bounds or len(self.bounds) != len(self.counts):
            raise ValueError(
                f"counts: {len(self.counts)} for {len(self.bounds)} bounds; "
                "give one for each bound, and at least one bound"
            )
        if not all(low < high for low, high in pairwise((0, *self.bounds))) or isinf(
            self.bounds[0]
        ):
            raise ValueError(
                f"bounds: {self.bounds} do not rise; give ms from above 0 on, "
                "only the last may be infinite, after a finite one"
            )
        for bound, count in zip(self.bounds, self.counts, strict=True):
            check_at_least(0, **{f"the count up to {bound} ms": count})

    @property
    def total(self) -> int:
        """All requests."""
        return sum(self.counts)


def merged(histograms: Sequence[Histogram]) -> Histogram | None:
    """Return the histogram of all requests together, None of none.

    Raises ValueError where bounds differ: bins that were cut elsewhere cannot be added.
    """
    if not histograms:
        return None
    bounds = histograms[0].bounds
    for other in histograms:
        if other.bounds != bounds:
            raise ValueError(
                f"bounds: {other.bounds} here, {bounds} there; "
                "let every source count over the same bounds"
            )
    columns = zip(*(one.counts for one in histograms), strict=True)
    return Histogram(bounds, tuple(sum(column) for column in columns))


def percentile(histogram: Histogram, percent: float, *, least: int = LEAST) -> Reading | None:
    """Return the time in ms within which `percent` of the requests ended.

    The smallest such time, a straight line drawn through each bin from its lower bound (0 for
    the first). In the open bin it is only known to be more than the last finite bound. None with
    fewer than `least` requests; ValueError for a percent that is not above 0 and at most 100.
    """
    if not 0 < percent <= 100:  # noqa: PLR2004
        raise ValueError(
            f"percent: {percent} cannot be; give a number above 0 and up to 100, as 95"
        )
    check_at_least(1, least=least)
    total = histogram.total
    if total < least:
        return None
    running = [*accumulate(histogram.counts)]
    rank = Fraction(str(percent)) * total / 100
    at = next(i for i, below in enumerate(running) if below >= rank)
    lower, upper = (0, *histogram.bounds)[at], histogram.bounds[at]
    if isinf(upper):
        return Reading(lower, Certainty.AT_LEAST)
    if running[at] == rank:
        return Reading(upper, Certainty.EXACT)
    missing = float((running[at] - rank) / histogram.counts[at])
    return Reading(upper - (upper - lower) * missing, Certainty.INTERPOLATED)


def share_within(histogram: Histogram, threshold: float, *, least: int = LEAST) -> Reading | None:
    """Return the share of requests, from 0 to 1, that took at most `threshold` ms.

    Exact at a bound, a straight line between two; beyond the last finite bound it is at least
    the share up to there. None with fewer than `least` requests, ValueError for a threshold
    that is not above 0.
    """
    if not 0 < threshold < float("inf"):
        raise ValueError(f"threshold: {threshold} cannot be; give ms above 0")
    check_at_least(1, least=least)
    if histogram.total < least:
        return None
    return _read(histogram, threshold)


def _read(histogram: Histogram, threshold: float) -> Reading:
    below, lower = 0.0, 0.0
    for upper, count in zip(histogram.bounds, histogram.counts, strict=True):
        if threshold < upper:
            inside = 0.0 if isinf(upper) else count * (threshold - lower) / (upper - lower)
            share = (below + inside) / histogram.total
            if not count or threshold == lower:
                return Reading(share, Certainty.EXACT)
            return Reading(share, Certainty.AT_LEAST if isinf(upper) else Certainty.INTERPOLATED)
        below, lower = below + count, upper
    return Reading(below / histogram.total, Certainty.EXACT)
