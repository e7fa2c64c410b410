"""How much change a unit carries in a month, against what it can carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum

from metrics.rules.quantities import check_at_least, check_between

FULL = 5.0  # the load that a unit of ordinary readiness can carry in a month
PREPARING, LAUNCHING = 0.3, 1.0
AFTER = (0.8, 0.5, 0.2)  # the first, second and third month after the launch
LOW, HIGH = 0.6, 1.2  # bounds of readiness
YEAR = 12  # months
ORDINARY = 1.0  # readiness where nothing is known
TURNOVER = 30.0  # percent a year at which turnover leaves no readiness
DIGITS = 9  # so that tenths which add up to the capacity do not pass it by their rounding


@dataclass(frozen=True)
class Change:
    """A change that a unit must take in, of AI or not, and the months of its phases.

    `impact` is 1 to 5, `share` the part of the unit affected, 0 to 1. It is prepared from
    `prepared_on`, and comes from `launched_on` to `ended_on` (that month alone if None).
    Raises ValueError outside the bounds and for phases out of order.
    """

    key: str
    impact: float
    share: float
    prepared_on: date
    launched_on: date
    ended_on: date | None = None

    def __post_init__(self) -> None:
        """Judge the bounds and the order."""
        check_between(1, 5, **{f"impact of {self.key}": self.impact})
        check_between(0, 1, **{f"share of {self.key}": self.share})
        if not self.prepared_on <= self.launched_on <= (self.ended_on or self.launched_on):
            raise ValueError(
                f"phases of {self.key}: {self.prepared_on}, {self.launched_on}, {self.ended_on} "
                "are out of order; prepare, launch, end"
            )


@dataclass(frozen=True)
class Readiness:
    """What makes a unit ready, each None where unknown.

    `enablement`: percent of managers enabled; `turnover`: voluntary attrition, percent a year;
    `sentiment`: 0 to 100 after the last launch. Raises ValueError outside the bounds.
    """

    enablement: float | None = None
    turnover: float | None = None
    sentiment: float | None = None

    def __post_init__(self) -> None:
        """Judge the bounds."""
        for field in ("enablement", "sentiment"):
            if (value := getattr(self, field)) is not None:
                check_between(0, 100, **{field: value})
        if self.turnover is not None:
            check_at_least(0, turnover=self.turnover)

    @property
    def factor(self) -> float:
        """0.6 to 1.2: the mean of what is known, ordinary where nothing is."""
        parts = []
        if self.enablement is not None:
            parts.append(self.enablement / 100)
        if self.turnover is not None:
            parts.append(max(0.0, 1 - self.turnover / TURNOVER))
        if self.sentiment is not None:
            parts.append(self.sentiment / 100)
        return LOW + (HIGH - LOW) * fsum(parts) / len(parts) if parts else ORDINARY


@dataclass(frozen=True)
class Part:
    """What one change adds to the load of a month."""

    key: str
    load: float


@dataclass(frozen=True)
class Saturation:
    """The load of a unit in a month: heaviest part first; `ratio` 1.0 is all it can carry."""

    load: float
    capacity: float
    ratio: float
    parts: tuple[Part, ...]

    @property
    def blocks_launch(self) -> bool:
        """Whether more would come than can be taken in: nothing is launched in this month."""
        return self.ratio > 1


def weight(change: Change, month: date) -> float:
    """Return how much of its impact a change has in the month that holds this day, 0 to 1."""
    since = _months(month) - _months(change.ended_on or change.launched_on)
    if since > 0:
        return AFTER[since - 1] if since <= len(AFTER) else 0.0
    if _months(month) >= _months(change.launched_on):
        return LAUNCHING
    return PREPARING if _months(month) >= _months(change.prepared_on) else 0.0


def saturation(
    changes: Iterable[Change], month: date, *, readiness: float = ORDINARY
) -> Saturation:
    """Weigh everything that comes upon one unit in one month, AI and the rest.

    Σ impact * share * weight of the phase, over 5 * readiness. Raises ValueError for a
    readiness outside 0.6 to 1.2.
    """
    check_between(LOW, HIGH, readiness=readiness)
    parts = [Part(one.key, one.impact * one.share * weight(one, month)) for one in changes]
    load = fsum(part.load for part in parts)
    capacity = FULL * readiness
    return Saturation(
        load=load,
        capacity=capacity,
        ratio=round(load / capacity, DIGITS),
        parts=tuple(sorted((p for p in parts if p.load), key=lambda p: (-p.load, p.key))),
    )


def _months(day: date) -> int:
    return day.year * YEAR + day.month
