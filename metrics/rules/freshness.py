"""Which periods count: whole ones only; what is missing stays missing, and what is old is stale.

A day is a date where the organisation is. Nothing here reads a clock.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import floor

from metrics.rules.quantities import check_at_least

# A value may be this many times as old as its cadence is long, counted from the period's end.
FRESH_FOR = 1.5
WEEK = timedelta(days=7)
YEAR_DAYS = 365.25
MONTHS, QUARTER_MONTHS = 12, 3
WRITTEN = re.compile(r"([12][0-9]{3})-(?:W([0-9]{2})|Q([1-4])|([0-9]{2}))")
WAY_OUT = "write a week as 2026-W05, a month as 2026-05, a quarter as 2026-Q2"


class Cadence(StrEnum):
    """How often a metric is measured."""

    WEEK = "w"
    MONTH = "m"
    QUARTER = "q"

    @property
    def days(self) -> float:
        """Its mean length in days."""
        return {"w": 7.0, "m": YEAR_DAYS / MONTHS, "q": YEAR_DAYS / MONTHS * QUARTER_MONTHS}[self]


class Freshness(StrEnum):
    """Whether the last whole period is recent enough. Only a fresh value satisfies a gate."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, order=True)
class Period:
    """A week from Monday, a month or a quarter; raises ValueError where `first` begins none."""

    first: date
    cadence: Cadence

    def __post_init__(self) -> None:
        """Refuse a period that begins on another day than its cadence does."""
        if self.first != _first_of(self.first, self.cadence):
            began = _first_of(self.first, self.cadence)
            raise ValueError(
                f"first: {self.first} begins no period; take {began}, the first day of it"
            )

    @property
    def after(self) -> date:
        """The first day that no longer belongs to it."""
        if self.cadence == Cadence.WEEK:
            return self.first + WEEK
        months = 1 if self.cadence == Cadence.MONTH else QUARTER_MONTHS
        years, month = divmod(self.first.month - 1 + months, MONTHS)
        return date(self.first.year + years, month + 1, 1)

    @property
    def name(self) -> str:
        """How it is written: 2026-W05, 2026-05 or 2026-Q2."""
        if self.cadence == Cadence.WEEK:
            year, week, _ = self.first.isocalendar()
            return f"{year}-W{week:02}"
        if self.cadence == Cadence.MONTH:
            return f"{self.first.year}-{self.first.month:02}"
        return f"{self.first.year}-Q{self.first.month // QUARTER_MONTHS + 1}"


def period_of(day: date, cadence: Cadence) -> Period:
    """Return the period in which a day lies."""
    return Period(_first_of(day, cadence), cadence)


def read_period(text: str) -> Period:
    """Return the period that was written; raise ValueError for any other way of writing one."""
    match = WRITTEN.fullmatch(text)
    if not match:
        raise ValueError(f"period: {text!r} cannot be; {WAY_OUT}")
    year, week, quarter, month = (int(part) if part else 0 for part in match.groups())
    try:
        if week:
            return Period(date.fromisocalendar(year, week, 1), Cadence.WEEK)
        if quarter:
            first = date(year, (quarter - 1) * QUARTER_MONTHS + 1, 1)
            return Period(first, Cadence.QUARTER)
        return Period(date(year, month, 1), Cadence.MONTH)
    except ValueError as error:
        raise ValueError(f"period: {text!r} is in no calendar; {WAY_OUT}") from error


def complete(periods: Iterable[Period], *, today: date) -> tuple[Period, ...]:
    """Return the periods that are over, in order: the only ones that count."""
    return tuple(sorted(one for one in periods if one.after <= today))


def freshness(periods: Iterable[Period], *, today: date, fresh_for: float = FRESH_FOR) -> Freshness:
    """Return whether the last whole period with a value is recent enough.

    Its age is counted in days from its end and may be `fresh_for` times the length of its
    cadence: 10 days for a week, 45 for a month, 136 for a quarter. Raises ValueError where
    `fresh_for` is below 1, since then nothing would stay fresh until its successor is there.
    """
    check_at_least(1, fresh_for=fresh_for)
    whole = complete(periods, today=today)
    if not whole:
        return Freshness.MISSING
    return Freshness.STALE if today >= stale_on(whole, fresh_for=fresh_for) else Freshness.FRESH


def stale_on(periods: Iterable[Period], *, fresh_for: float = FRESH_FOR) -> date:
    """Return the first day on which a value for these periods, at least one, is stale."""
    latest = max(periods, key=lambda one: one.after)
    return latest.after + timedelta(days=floor(latest.cadence.days * fresh_for) + 1)


def missing(periods: Iterable[Period], *, since: Period, today: date) -> tuple[Period, ...]:
    """Return the whole periods from `since` on for which there is no value: grey, never 0."""
    known, gaps, expected = set(periods), [], since
    while expected.after <= today:
        if expected not in known:
            gaps.append(expected)
        expected = Period(expected.after, expected.cadence)
    return tuple(gaps)


def overlapping(periods: Iterable[Period]) -> tuple[tuple[Period, Period], ...]:
    """Return the neighbours in time that share days: twice the same, or a week in its month."""
    ordered = sorted(periods, key=lambda one: (one.first, one.after))
    found, longest = [], ordered[:1]
    for one in ordered[1:]:
        if one.first < longest[0].after:
            found.append((longest[0], one))
        longest = [max(longest[0], one, key=lambda period: period.after)]
    return tuple(found)


def _first_of(day: date, cadence: Cadence) -> date:
    if cadence == Cadence.WEEK:
        return day - timedelta(days=day.weekday())
    months = 1 if cadence == Cadence.MONTH else QUARTER_MONTHS
    return date(day.year, (day.month - 1) // months * months + 1, 1)
