"""Days that count: expiry, the time to contest, and when a result is looked at again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from governance.rules.clocks import WORKING_DAY, Period, reached_at
from kernel.calendars import MONDAY_TO_FRIDAY, WorkCalendar, is_working_day

# Working days in which both sides should have answered a gate.
ANSWER_DAYS = {"1": 5, "2": 10, "3": 5, "4": 10}
FAST_LANE = "low"
EXPIRY = timedelta(days=30)
CONTEST_DAYS = 5
LOOK_AGAIN = timedelta(days=90)


def expires_at(submitted_at: datetime) -> datetime:
    """Return when a round in review fails closed: 30 calendar days after it was sent (T13)."""
    return submitted_at + EXPIRY


def contest_until(
    declined_at: datetime, zone: str, working_days: str = MONDAY_TO_FRIDAY
) -> datetime:
    """Return the end of the fifth working day after a decline, in the decliner's zone (T7)."""
    last = _working_day_after(declined_at, CONTEST_DAYS, zone, working_days)
    return last.replace(hour=23, minute=59, second=59, microsecond=0)


def is_fast_lane(risk: str) -> bool:
    """Tell whether a gate of this risk is answered in half the time, by the same two signatures."""
    return risk == FAST_LANE


def answer_days(gate: str, risk: str) -> int:
    """Return in how many working days both should have answered (E1); 0 where no time is set."""
    days = ANSWER_DAYS.get(gate, 0)
    return days // 2 if is_fast_lane(risk) else days


def answer_by(
    submitted_at: datetime, days: int, calendar: WorkCalendar, rests: Iterable[Period] = ()
) -> date | None:
    """Return the day for an answer: `days` of working time of whoever answers have gone by (E1).

    None where it is out of sight. The day decides nothing.
    """
    reached = reached_at(submitted_at, days * WORKING_DAY, calendar, rests)
    return reached.astimezone(ZoneInfo(calendar.zone)).date() if reached else None


def _working_day_after(begun: datetime, days: int, zone: str, working_days: str) -> datetime:
    day = begun.astimezone(ZoneInfo(zone))
    counted = 0
    while counted < days:
        day += timedelta(days=1)
        if is_working_day(day, working_days):
            counted += 1
    return day
