"""Days, as the organisation counts them."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from journal.queries import installation
from kernel.calendars import JANUARY, MONDAY_TO_FRIDAY, quarter_of, quarter_word


def home_zone() -> tzinfo:
    """Return the time zone of the organisation."""
    founded = installation()
    return ZoneInfo(founded.zone) if founded else UTC


def home_day(at: datetime) -> date:
    """Return which day it is at that moment where the organisation is."""
    return at.astimezone(home_zone()).date()


def this_quarter(on: date) -> date:
    """Return the first day of the quarter, by the fiscal year of the organisation."""
    return quarter_of(on, fiscal_month())


def word_of_quarter(quarter: date) -> str:
    """Return a quarter as the organisation calls it."""
    return quarter_word(quarter, fiscal_month())


def working_days() -> str:
    """Return the days of the week on which the organisation works."""
    founded = installation()
    return founded.working_days if founded else MONDAY_TO_FRIDAY


def fiscal_month() -> int:
    """Return the month in which the fiscal year begins."""
    founded = installation()
    return founded.fiscal_month if founded else JANUARY
