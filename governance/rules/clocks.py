"""Clocks that run while a signer works: nine to five on the days of that person's calendar (E1)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kernel.calendars import WorkCalendar

OPENS, CLOSES = time(9), time(17)
WORKING_DAY = timedelta(hours=8)
DAY = timedelta(days=1)
NOTHING = timedelta()
# Whoever works on none of so many days has no clock that runs: the round expires long before.
LONGEST_REST = 400

Period = tuple[datetime, datetime]


def worked_between(
    start: datetime, end: datetime, calendar: WorkCalendar, rests: Iterable[Period] = ()
) -> timedelta:
    """Return the working time from `start` to `end`, without that of the `rests`.

    A rest is a pause of the initiative, in which nothing can be signed; they do not overlap.
    """
    total = NOTHING
    for begun, ended in _running(start, calendar, rests):
        if begun >= end:
            break
        total += min(ended, end) - begun
    return total


def reached_at(
    start: datetime, needed: timedelta, calendar: WorkCalendar, rests: Iterable[Period] = ()
) -> datetime | None:
    """Return when `needed` working time has gone by since `start`; None if that is out of sight.

    A rest that begins after it moves it no more.
    """
    left = needed
    for begun, ended in _running(start, calendar, rests):
        if ended - begun >= left:
            return begun + left
        left -= ended - begun
    return None


def _running(
    start: datetime, calendar: WorkCalendar, rests: Iterable[Period] = ()
) -> Iterator[Period]:
    """Yield when the clock runs from `start` on: at work, and in none of the rests."""
    ordered = sorted(rests)
    for opens, closes in _openings(start, calendar):
        begun = max(opens, start)
        for rest_begins, rest_ends in ordered:
            if begun < min(rest_begins, closes):
                yield begun, min(rest_begins, closes)
            begun = max(begun, rest_ends)
        if begun < closes:
            yield begun, closes


def _openings(start: datetime, calendar: WorkCalendar) -> Iterator[Period]:
    """Yield when the person begins and ends work, from the day of `start` on, in UTC."""
    zone = ZoneInfo(calendar.zone)
    first = start.astimezone(zone).date()
    for number in range(LONGEST_REST):
        day = first + number * DAY
        if calendar.is_worked(day):
            yield _moment(day, OPENS, zone), _moment(day, CLOSES, zone)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
