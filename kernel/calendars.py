"""Civil days of an organisation: its working week, and the quarters of its fiscal year."""

from dataclasses import dataclass
from datetime import date

WEEKDAYS = {
    "1": "Monday",
    "2": "Tuesday",
    "3": "Wednesday",
    "4": "Thursday",
    "5": "Friday",
    "6": "Saturday",
    "7": "Sunday",
}
"""By number as ISO 8601 counts them. A working week is written as these digits in order."""
MONDAY_TO_FRIDAY = "12345"
JANUARY, MONTHS_A_YEAR, MONTHS_A_QUARTER = 1, 12, 3


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What an organisation says of its days: its working week, and when its year begins."""

    working_days: str = MONDAY_TO_FRIDAY
    fiscal_month: int = JANUARY


USUAL = Calendar()


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """The days on which a person works, where that person is.

    `free` are holidays and absences; `worked` are days worked though the week says otherwise.
    """

    zone: str
    working_days: str = MONDAY_TO_FRIDAY
    free: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_worked(self, day: date) -> bool:
        """Tell whether the person works on that day."""
        is_usual = is_working_day(day, self.working_days) or day in self.worked
        return is_usual and day not in self.free


def is_working_week(days: str) -> bool:
    """Tell whether `days` names at least one day, each once and in order: "12345"."""
    return bool(days) and set(days) <= set(WEEKDAYS) and list(days) == sorted(set(days))


def is_working_day(day: date, days: str) -> bool:
    """Tell whether the organisation works on that day of the week."""
    return str(day.isoweekday()) in days


def quarter_of(day: date, fiscal_month: int = JANUARY) -> date:
    """Return the first day of the quarter, of a fiscal year that begins with `fiscal_month`."""
    into = (day.month - fiscal_month) % MONTHS_A_QUARTER
    return _month(day.year * MONTHS_A_YEAR + day.month - 1 - into)


def quarter_after(quarter: date) -> date:
    """Return the first day of the quarter that follows."""
    return _month(quarter.year * MONTHS_A_YEAR + quarter.month - 1 + MONTHS_A_QUARTER)


def quarter_word(quarter: date, fiscal_month: int = JANUARY) -> str:
    """Return a quarter as it is printed: Q1 2027, or Q3 2026/27 of a year that begins in July."""
    months = (quarter.month - fiscal_month) % MONTHS_A_YEAR
    begun = quarter.year if quarter.month >= fiscal_month else quarter.year - 1
    year = str(begun) if fiscal_month == JANUARY else f"{begun}/{(begun + 1) % 100:02}"
    return f"Q{months // MONTHS_A_QUARTER + 1} {year}"


def _month(number: int) -> date:
    return date(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1)
