"""Days that count: expiry, the time to contest, and when a result is looked at again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kernel.calendars import MONDAY_TO_FRIDAY, is_working_day

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
    day = declined_at.astimezone(ZoneInfo(zone))
    counted = 0
    while counted < CONTEST_DAYS:
        day += timedelta(days=1)
        if is_working_day(day, working_days):
            counted += 1
    return day.replace(hour=23, minute=59, second=59, microsecond=0)
