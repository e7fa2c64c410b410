"""Whose clock runs when: own days before holidays, an absence before both."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.operations.calendars import come_back, go_away, keep_day, set_holidays
from governance.queries.calendars import (
    calendars_of_keys,
    coming_absences,
    holidays_of,
    next_holidays,
    own_days,
)
from people.choices import Side
from tests.cast import gather
from tests.kept import kept


@kept
def cast(noon):
    return gather(noon)


def of_people(noon):
    return calendars_of_keys(noon)[Side.PEOPLE]


def test_one_query_knows_zone_week_holidays_own_days_and_absences_of_both(cast, noon):
    set_holidays(country="DE", region="BY", actor=cast.hana, at=noon)
    go_away(starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 8), actor=cast.hana, at=noon)
    keep_day(day=date(2026, 12, 24), is_worked=False, name="Eve", actor=cast.ada, at=noon)

    with CaptureQueriesContext(connection) as asked:
        found = calendars_of_keys(noon)

    assert sum("officeterm" in one["sql"] for one in asked) == 1
    people, technology = found[Side.PEOPLE], found[Side.TECHNOLOGY]
    assert {date(2026, 12, 7), date(2026, 12, 24), date(2026, 12, 25)} <= people.free
    assert technology.free == {date(2026, 12, 24)}
    assert not people.is_worked(date(2026, 12, 25))
    assert technology.is_worked(date(2026, 12, 25))


def test_an_own_day_goes_before_a_holiday_and_an_absence_before_both(cast, noon):
    set_holidays(country="DE", region="", actor=cast.hana, at=noon)
    for day in (date(2026, 12, 25), date(2026, 12, 26)):
        keep_day(day=day, is_worked=True, name="Peak season", actor=cast.ada, at=noon)
    go_away(starts_on=date(2026, 12, 26), ends_on=date(2026, 12, 27), actor=cast.hana, at=noon)

    calendar = of_people(noon)

    assert calendar.is_worked(date(2026, 12, 25))
    assert not calendar.is_worked(date(2026, 12, 26))


def test_who_is_back_earlier_works_from_that_day_on(cast, noon):
    away = go_away(
        starts_on=date(2026, 12, 4), ends_on=date(2026, 12, 11), actor=cast.hana, at=noon
    )
    assert coming_absences(cast.hana, noon.date()) == [away]
    come_back(absence_id=away.pk, actor=cast.hana, at=noon + timedelta(days=4))

    assert of_people(noon).free == {date(2026, 12, day) for day in (4, 5, 6)}
    assert coming_absences(cast.hana, noon.date()) == []


def test_what_comes_is_listed_by_day(cast, noon):
    keep_day(day=date(2026, 12, 24), is_worked=False, name="Eve", actor=cast.ada, at=noon)

    assert holidays_of(cast.hana) == ("", "")
    assert next_holidays("", "", noon.date()) == []
    assert next_holidays("DE", "", noon.date())[0] == (date(2026, 12, 25), "Christmas Day")
    assert [one.name for one in own_days(noon.date())] == ["Eve"]
