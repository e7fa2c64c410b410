"""Working days, seen from any day of the week."""

from datetime import UTC, date, datetime, time

import pytest

from demonstration.days import Calendar

THURSDAY = date(2026, 12, 3)
SATURDAY = date(2026, 12, 5)


@pytest.mark.parametrize(
    ("today", "number", "day"),
    [
        (THURSDAY, 0, THURSDAY),
        (THURSDAY, -1, date(2026, 12, 2)),
        (THURSDAY, -4, date(2026, 11, 27)),
        (THURSDAY, 2, date(2026, 12, 7)),
        (SATURDAY, -1, date(2026, 12, 4)),
        (SATURDAY, 1, date(2026, 12, 7)),
        (SATURDAY, -5, date(2026, 11, 30)),
    ],
)
def test_weekends_are_left_out(today, number, day):
    assert Calendar(today).day(number) == day


def test_a_moment_lies_in_the_hours_of_whoever_acts():
    calendar = Calendar(THURSDAY)
    there = calendar.moment(-2, time(16, 42), "Europe/Berlin")
    here = calendar.moment(-2, time(16, 42), "America/Chicago")
    assert there == datetime(2026, 12, 1, 15, 42, tzinfo=UTC)
    assert here == datetime(2026, 12, 1, 22, 42, tzinfo=UTC)


def test_days_in_texts_are_written_out():
    calendar = Calendar(THURSDAY)
    assert calendar.told("Agreed on {-4}, due {+2}.") == (
        "Agreed on 27 November 2026, due 7 December 2026."
    )
    assert calendar.told("0.80 {x} stays") == "0.80 {x} stays"
    assert calendar.all_told({"g1": "by {+2}"}) == {"g1": "by 7 December 2026"}
