"""Hours saved, told by two sources that must agree: what people report, what systems measure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import copysign, fsum, sqrt

from metrics.rules.quantities import check_at_least, check_between, check_finite

UNCALIBRATED = 0.5
SAMPLE = 30  # timed tasks that a calibration rests on
FRESH = timedelta(days=183)  # six months
MEDIUM, HIGH = 0.5, 0.7  # from this ratio of the two sources on


class Agreement(StrEnum):
    """How near the two sources come to each other; one alone is never green."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    SINGLE_SOURCE = "single_source"


@dataclass(frozen=True)
class Segment:
    """What a group reports: minutes saved per active day after checking and fixing, its median."""

    median_minutes: float
    active_days: float

    def __post_init__(self) -> None:
        """Raise ValueError for days below 0; minutes may be lost, so they may be below 0."""
        check_finite(median_minutes=self.median_minutes)
        check_at_least(0, active_days=self.active_days)


@dataclass(frozen=True)
class Task:
    """A kind of task done with AI: how many, and the minutes each took before and takes now."""

    completed: int
    baseline_minutes: float
    with_ai_minutes: float

    def __post_init__(self) -> None:
        """Raise ValueError for a count or a time below 0."""
        check_at_least(
            0,
            completed=self.completed,
            baseline_minutes=self.baseline_minutes,
            with_ai_minutes=self.with_ai_minutes,
        )


@dataclass(frozen=True)
class Sample:
    """A timed sample: minutes saved as measured, and as the same people reported them."""

    measured: float
    reported: float
    tasks: int
    taken_on: date

    def __post_init__(self) -> None:
        """Raise ValueError for what is no finite number and for a negative count."""
        check_finite(measured=self.measured, reported=self.reported)
        check_at_least(0, tasks=self.tasks)


@dataclass(frozen=True)
class Calibration:
    """What a reported hour is worth; `measured` is False for the default, shown as such."""

    factor: float = UNCALIBRATED
    measured: bool = False


@dataclass(frozen=True)
class Effort:
    """Hours of the month that the saving cost: checking and rework, and learning the tool.

    Raises ValueError for hours below 0.
    """

    checking: float = 0.0
    learning: float = 0.0

    def __post_init__(self) -> None:
        """Judge the hours."""
        check_at_least(0, checking=self.checking, learning=self.learning)


@dataclass(frozen=True)
class Saving:
    """Hours per month; `productive` is None where nobody told what freed time went into.

    `ratio` of the lower source to the higher runs from 0 to 1, None with a single source.
    """

    gross: float
    net: float
    productive: float | None
    ratio: float | None
    agreement: Agreement


def reported_hours(segments: Iterable[Segment]) -> float | None:
    """Return S raw: the hours that people report, None where nobody was asked."""
    minutes = [one.median_minutes * one.active_days for one in segments]
    return fsum(minutes) / 60 if minutes else None


def measured_hours(tasks: Iterable[Task]) -> float | None:
    """Return T: the hours by timed tasks, None where none was timed."""
    minutes = [one.completed * (one.baseline_minutes - one.with_ai_minutes) for one in tasks]
    return fsum(minutes) / 60 if minutes else None


def calibration(sample: Sample | None, *, on: date) -> Calibration:
    """Return κ, measured / reported, of a sample that is large and fresh; else the default.

    A sample from after `on`, or one whose people reported no gain, tells nothing either.
    """
    if sample is None or sample.tasks < SAMPLE or sample.reported <= 0:
        return Calibration()
    if not timedelta(0) <= on - sample.taken_on <= FRESH:
        return Calibration()
    return Calibration(sample.measured / sample.reported, measured=True)


def saving(
    reported: float | None, measured: float | None, effort: Effort, *, reinvested: float | None
) -> Saving | None:
    """Join what was reported (S, calibrated) and what was measured (T), hours per month.

    Sources that agree meet in their geometric mean, others in the lower one. `reinvested` is the
    share, from 0 to 1, of freed time spent on priority work. None without any source; raises
    ValueError for figures that are not finite and a share outside its bounds.
    """
    known = [hours for hours in (reported, measured) if hours is not None]
    for hours in known:
        check_finite(hours=hours)
    if reinvested is not None:
        check_between(0, 1, reinvested=reinvested)
    if not known:
        return None
    ratio = _ratio(*known) if len(known) > 1 else None
    gross = _gross(known, ratio)
    net = gross - effort.checking - effort.learning
    return Saving(
        gross=gross,
        net=net,
        productive=None if reinvested is None else max(net, 0.0) * reinvested,
        ratio=ratio,
        agreement=_agreement(ratio),
    )


def _ratio(one: float, other: float) -> float:
    """Return min / max: 1 for equals, 0 where one gains and the other does not."""
    if one == other:
        return 1.0
    if min(one, other) < 0 < max(one, other):
        return 0.0
    low, high = sorted((abs(one), abs(other)))
    return low / high


def _gross(known: list[float], ratio: float | None) -> float:
    if ratio is None or ratio < MEDIUM:
        return min(known)
    return copysign(sqrt(abs(known[0])) * sqrt(abs(known[1])), known[0])


def _agreement(ratio: float | None) -> Agreement:
    if ratio is None:
        return Agreement.SINGLE_SOURCE
    if ratio >= HIGH:
        return Agreement.HIGH
    return Agreement.MEDIUM if ratio >= MEDIUM else Agreement.LOW
