"""The working week and the fiscal year, over every month a year may begin with."""

from datetime import date, timedelta

import pytest

from kernel.calendars import (
    is_working_day,
    is_working_week,
    quarter_after,
    quarter_of,
    quarter_word,
)

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "holds"),
    [("12345", True), ("71", False), ("7", True), ("", False), ("11", False), ("128", False)],
)
def test_a_working_week_names_each_day_once_and_in_order(days, holds):
    assert is_working_week(days) is holds


def test_a_day_is_worked_on_by_its_name():
    assert not is_working_day(SUNDAY, "12345")
    assert is_working_day(SUNDAY, "12347")
    assert is_working_day(SUNDAY + timedelta(days=1), "12345")


@pytest.mark.parametrize(
    ("day", "month", "first", "word"),
    [
        (date(2027, 2, 14), 1, date(2027, 1, 1), "Q1 2027"),
        (date(2026, 12, 31), 1, date(2026, 10, 1), "Q4 2026"),
        (date(2027, 1, 5), 7, date(2027, 1, 1), "Q3 2026/27"),
        (date(2027, 7, 1), 7, date(2027, 7, 1), "Q1 2027/28"),
        (date(2027, 1, 5), 2, date(2026, 11, 1), "Q4 2026/27"),
        (date(2099, 12, 5), 10, date(2099, 10, 1), "Q1 2099/00"),
    ],
)
def test_a_quarter_is_counted_from_the_first_month_of_the_fiscal_year(day, month, first, word):
    assert quarter_of(day, month) == first
    assert quarter_word(first, month) == word


@pytest.mark.parametrize("month", range(1, 13))
def test_the_quarters_of_every_fiscal_year_follow_each_other_without_a_gap(month):
    day, quarter = date(2026, 1, 1), quarter_of(date(2026, 1, 1), month)
    while day < date(2028, 3, 1):
        if day == quarter_after(quarter):
            quarter = day
        assert quarter_of(day, month) == quarter
        day += timedelta(days=1)
