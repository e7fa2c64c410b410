"""Days, as the organisation counts them."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from journal.queries import installation


def home_zone() -> tzinfo:
    """Return the time zone of the organisation."""
    founded = installation()
    return ZoneInfo(founded.zone) if founded else UTC


def home_day(at: datetime) -> date:
    """Return which day it is at that moment where the organisation is."""
    return at.astimezone(home_zone()).date()
