"""Clocks run from nine to five on the days a person works, whatever the zone's clock does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.rules.clocks import LONGEST_REST, NOTHING, WORKING_DAY, reached_at, worked_between
from governance.rules.deadlines import answer_by
from kernel.calendars import WorkCalendar

BERLIN = WorkCalendar(zone="Europe/Berlin")
THURSDAY = datetime(2026, 12, 3, 12, tzinfo=UTC)  # 13:00 in Berlin


def hours(number):
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        ("2026-12-03T08:00", "2026-12-03T18:00", 8),  # before nine and after five nothing counts
        ("2026-12-03T12:00", "2026-12-04T10:00", 6),
        ("2026-12-04T16:00", "2026-12-07T10:00", 2),  # over a weekend
        ("2026-12-05T10:00", "2026-12-06T10:00", 0),
        ("2026-12-03T12:00", "2026-12-03T12:00", 0),
        ("2026-12-04T12:00", "2026-12-03T12:00", 0),  # backwards
    ],
)
def test_only_working_hours_count(start, end, worked):
    zone = ZoneInfo("Europe/Berlin")
    begun, ended = (datetime.fromisoformat(one).replace(tzinfo=zone) for one in (start, end))

    assert worked_between(begun, ended, BERLIN) == hours(worked)


def test_a_clock_is_not_looked_at_for_longer_than_anything_waits():
    year = worked_between(THURSDAY, THURSDAY + timedelta(days=LONGEST_REST), BERLIN)

    assert worked_between(THURSDAY, THURSDAY + timedelta(days=3000), BERLIN) >= year


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Berlin", date(2026, 3, 27)),  # summer time begins on the Sunday after
        ("Europe/Berlin", date(2026, 10, 23)),
        ("America/New_York", date(2026, 3, 6)),
        ("Australia/Lord_Howe", date(2026, 10, 2)),  # by half an hour
        ("Pacific/Apia", date(2011, 12, 29)),  # the 30th never was
        ("UTC", date(2028, 2, 28)),
    ],
)
def test_a_working_day_has_eight_hours_over_every_change_of_the_clock(zone, day):
    calendar = WorkCalendar(zone=zone, working_days="1234567")
    nine = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    reached = reached_at(nine, 5 * WORKING_DAY, calendar)

    assert reached is not None
    assert worked_between(nine, reached, calendar) == 5 * WORKING_DAY
    assert reached.astimezone(ZoneInfo(zone)).hour == 17


def test_on_holidays_and_while_away_the_clock_rests():
    away = WorkCalendar(
        zone="Europe/Berlin", free=frozenset({date(2026, 12, 4), date(2026, 12, 7)})
    )

    assert answer_by(THURSDAY, 2, BERLIN) == date(2026, 12, 7)
    assert answer_by(THURSDAY, 2, away) == date(2026, 12, 9)


def test_a_saturday_that_is_worked_counts_and_a_free_one_of_it_does_not():
    saturday = frozenset({date(2026, 12, 5)})

    assert answer_by(THURSDAY, 2, WorkCalendar(zone="UTC", worked=saturday)) == date(2026, 12, 5)
    kept_free = WorkCalendar(zone="UTC", worked=saturday, free=saturday)
    assert answer_by(THURSDAY, 2, kept_free) == date(2026, 12, 7)


def test_while_the_initiative_is_paused_the_clock_rests():
    pause = (THURSDAY, THURSDAY + timedelta(days=1))

    assert worked_between(THURSDAY, THURSDAY + timedelta(days=1), BERLIN, [pause]) == NOTHING
    assert answer_by(THURSDAY, 2, BERLIN, [pause]) == date(2026, 12, 8)


def test_a_pause_that_begins_after_the_day_moves_it_no_more():
    later = (THURSDAY + timedelta(days=7), THURSDAY + timedelta(days=40))

    assert answer_by(THURSDAY, 2, BERLIN, [later]) == date(2026, 12, 7)


@settings(max_examples=60)
@given(
    length=st.integers(0, 200),
    pauses=st.lists(st.tuples(st.integers(0, 90), st.integers(1, 90)), max_size=3),
)
def test_the_clock_stands_still_for_as_long_as_its_pauses_take(length, pauses):
    begins, rests = THURSDAY, []
    for before, long in pauses:
        begun = begins + hours(before)
        begins = begun + hours(long)
        rests.append((begun, begins))
    end = THURSDAY + hours(length)
    taken = (worked_between(min(a, end), min(b, end), BERLIN) for a, b in rests)

    worked = worked_between(THURSDAY, end, BERLIN)

    assert worked_between(THURSDAY, end, BERLIN, reversed(rests)) == worked - sum(taken, NOTHING)


def test_whoever_never_works_has_no_day():
    never = WorkCalendar(zone="UTC", working_days="")

    assert reached_at(THURSDAY, WORKING_DAY, never) is None
    assert answer_by(THURSDAY, 1, never) is None


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # Hypothesis adds the zone
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Chatham"])
FREE = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=40)


@settings(max_examples=60)
@given(start=MOMENTS, days=st.integers(1, 15), zone=ZONES, free=FREE)
def test_what_is_reached_has_been_worked_and_not_a_moment_sooner(start, days, zone, free):
    calendar = WorkCalendar(zone=zone, free=free)

    reached = reached_at(start, days * WORKING_DAY, calendar)

    assert reached is not None
    assert worked_between(start, reached, calendar) == days * WORKING_DAY
    before = worked_between(start, reached - timedelta(minutes=1), calendar)
    assert before < days * WORKING_DAY


@settings(max_examples=60)
@given(start=MOMENTS, one=st.integers(0, 500), two=st.integers(0, 500), zone=ZONES)
def test_working_time_adds_up(start, one, two, zone):
    calendar = WorkCalendar(zone=zone)
    middle, end = start + hours(one), start + hours(one) + hours(two)

    parts = worked_between(start, middle, calendar) + worked_between(middle, end, calendar)

    assert parts == worked_between(start, end, calendar)
