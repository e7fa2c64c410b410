"""Working time as docs/gates.md tells it: Monday to Friday, nine to five, in the signer's zone."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)
HOURS = timedelta(hours=8)

Period = tuple[datetime, datetime]


def shifts(since: datetime) -> Iterator[Period]:
    """Yield the hours that are worked on each day, from the day of `since` on."""
    day = since.astimezone(ZONE).date()
    while True:
        if day.weekday() < 5:
            yield at_hour(day, 9), at_hour(day, 17)
        day += DAY


def at_hour(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE).astimezone(ZoneInfo("UTC"))


def shared(one: Period, other: Period) -> timedelta:
    return max(timedelta(), min(one[1], other[1]) - max(one[0], other[0]))


def worked(since: datetime, until: datetime, rests: Iterable[Period] = ()) -> timedelta:
    """Return how much working time lies between, without that in which all stood still."""
    done, rests = timedelta(), list(rests)
    for begun, ended in shifts(since):
        if begun >= until:
            return done
        part = max(begun, since), min(ended, until)
        if part[0] < part[1]:
            done += part[1] - part[0] - sum((shared(part, rest) for rest in rests), timedelta())
    raise AssertionError


def after(since: datetime, days: int) -> datetime:
    """Return the moment at which so many working days have been worked."""
    left = days * HOURS
    for opened, ended in shifts(since):
        begun = max(opened, since)
        if begun >= ended:
            continue
        if ended - begun >= left:
            return begun + left
        left -= ended - begun
    raise AssertionError


def last_second(since: datetime, days: int) -> datetime:
    """Return the end of the day that is so many working days later."""
    day = since.astimezone(ZONE).date()
    while days:
        day += DAY
        days -= day.weekday() < 5
    return datetime.combine(day, time(23, 59, 59), ZONE)
