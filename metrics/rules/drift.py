"""Has what a model sees moved away from what it learnt on: the population stability index."""

from dataclasses import dataclass
from math import fsum, log

from metrics.rules.quantities import check_at_least

LEAST = 200  # cases in each window; below it chance alone moves the index
EPSILON = 1e-4


@dataclass(frozen=True)
class Window:
    """How many cases of one window fell into each of the fixed bins.

    Raises ValueError where bins and counts are not of one length, where a bin is named twice,
    and for a negative count.
    """

    bins: tuple[str, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        """Judge the shape."""
        if len(self.bins) != len(self.counts):
            raise ValueError(
                f"counts: {len(self.counts)} for {len(self.bins)} bins; give one for each bin"
            )
        if len({*self.bins}) < len(self.bins):
            raise ValueError(f"bins: {self.bins} has one twice; name each bin once")
        for name, count in zip(self.bins, self.counts, strict=True):
            check_at_least(0, **{f"the count of {name}": count})

    @property
    def total(self) -> int:
        """All cases of the window."""
        return sum(self.counts)


def psi(
    live: Window, reference: Window, *, least: int = LEAST, epsilon: float = EPSILON
) -> float | None:
    """Return the population stability index, None with fewer than `least` cases in a window.

    Σ (pᵢ - qᵢ)·ln(pᵢ/qᵢ), p live, q reference; every share is raised by `epsilon` and divided by
    the new sum, so that an empty bin weighs much and not infinitely. It has no unit, is 0 for
    equal shares and never negative. Raises ValueError where the bins are not the same in the same
    order: an index over bins that moved says nothing. As Siddiqi, Credit Risk Scorecards (2006).
    """
    if live.bins != reference.bins:
        raise ValueError(
            f"bins: {live.bins} of live, {reference.bins} of reference; "
            "count both windows over the bins of the reference"
        )
    check_at_least(1, least=least)
    if not 0 < epsilon < 1:
        raise ValueError(f"epsilon: {epsilon} cannot be; give a share between 0 and 1, as 0.0001")
    if min(live.total, reference.total) < least:
        return None
    pairs = zip(_smoothed(live, epsilon), _smoothed(reference, epsilon), strict=True)
    return fsum((p - q) * log(p / q) for p, q in pairs)


def _smoothed(window: Window, epsilon: float) -> list[float]:
    whole = 1 + epsilon * len(window.bins)
    return [(count / window.total + epsilon) / whole for count in window.counts]
