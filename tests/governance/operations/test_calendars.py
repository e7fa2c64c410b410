"""Days are the person's own to enter, and the organisation's an administrator's to keep."""

from datetime import date, timedelta

import pytest

from governance.models import Absence, OwnDay
from governance.operations.calendars import (
    CalendarRefusedError,
    come_back,
    drop_day,
    go_away,
    keep_day,
    set_holidays,
)
from governance.queries.calendars import holidays_of
from journal.kinds import Kind
from kernel.refusals import NotVisibleError
from tests.cast import gather
from tests.kept import kept
from tests.people.journal_reading import last_entry


@kept
def cast(noon):
    return gather(noon)


def away(cast, noon, first=7, last=8):
    return go_away(
        starts_on=date(2026, 12, first), ends_on=date(2026, 12, last), actor=cast.hana, at=noon
    )


def test_holidays_are_chosen_and_changed_and_no_day_of_it_is_hashed_in_clear(cast, noon):
    set_holidays(country="DE", region=" BY ", actor=cast.hana, at=noon)
    set_holidays(country="GB", region="", actor=cast.hana, at=noon)

    assert holidays_of(cast.hana) == ("GB", "")
    assert last_entry().kind == Kind.HOLIDAYS_CHOSEN
    assert b"GB" not in bytes(last_entry().body)


def test_a_country_that_is_not_known_is_refused(cast, noon):
    with pytest.raises(CalendarRefusedError) as refused:
        set_holidays(country="ZZ", region="", actor=cast.hana, at=noon)

    assert [one.field for one in refused.value.blockers] == ["country"]


def test_an_absence_is_entered_once_and_its_days_are_private(cast, noon):
    away(cast, noon)

    assert last_entry().kind == Kind.ABSENCE_ENTERED
    assert b"2026-12-07" not in bytes(last_entry().body)
    with pytest.raises(CalendarRefusedError):
        away(cast, noon, 8, 9)


def test_only_the_person_comes_back_and_only_once(cast, noon):
    row, later = away(cast, noon), noon + timedelta(days=4)

    with pytest.raises(CalendarRefusedError):
        come_back(absence_id=row.pk, actor=cast.ivo, at=later)
    come_back(absence_id=row.pk, actor=cast.hana, at=later)
    with pytest.raises(CalendarRefusedError):
        come_back(absence_id=row.pk, actor=cast.hana, at=later)

    assert Absence.objects.get().back_on == date(2026, 12, 7)
    with pytest.raises(NotVisibleError):
        come_back(absence_id=0, actor=cast.hana, at=later)


def test_an_administrator_keeps_a_day_and_drops_it_again(cast, noon):
    asked = {"day": date(2026, 12, 24), "is_worked": False, "at": noon}
    with pytest.raises(CalendarRefusedError):
        keep_day(actor=cast.hana, name="Eve", **asked)
    with pytest.raises(CalendarRefusedError):
        keep_day(actor=cast.ada, name="Eve\ud800", **asked)
    row = keep_day(actor=cast.ada, name="Eve", **asked)
    with pytest.raises(CalendarRefusedError):
        drop_day(day_id=row.pk, actor=cast.hana, at=noon)

    drop_day(day_id=row.pk, actor=cast.ada, at=noon)

    assert last_entry().kind == Kind.OWN_DAY_DROPPED
    assert not OwnDay.objects.exists()
    with pytest.raises(NotVisibleError):
        drop_day(day_id=row.pk, actor=cast.ada, at=noon)
