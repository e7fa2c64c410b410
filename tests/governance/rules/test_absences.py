"""Who may be away when, and which days are kept."""

from datetime import date, timedelta

import pytest

from governance.rules.absences import (
    FURTHEST,
    LONGEST,
    blockers_to_come_back,
    blockers_to_drop_day,
    blockers_to_go_away,
    blockers_to_keep_day,
    blockers_to_set_holidays,
)

TODAY = date(2026, 12, 3)


def day(number):
    return TODAY + timedelta(days=number)


def codes(blockers):
    return {one.code for one in blockers}


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (0, 0, set()),
        (1, LONGEST, set()),
        (-1, 3, {"past"}),
        (3, 2, {"order"}),
        (1, LONGEST + 1, {"long"}),
        (FURTHEST, FURTHEST + 1, {"far"}),
        (108, 112, {"overlap"}),
        (112, 120, {"overlap"}),
        (121, 122, set()),
    ],
)
def test_an_absence_begins_today_or_later_and_stands_alone(first, last, said):
    known = [(day(300), day(310)), (day(110), day(120))]

    found = blockers_to_go_away(starts_on=day(first), ends_on=day(last), today=TODAY, known=known)

    assert codes(found) == said


def test_who_is_away_comes_back_once():
    asked = {"is_own": True, "is_back": False, "ends_on": TODAY, "today": TODAY}

    assert codes(blockers_to_come_back(**asked)) == set()
    assert codes(blockers_to_come_back(**asked | {"is_own": False})) == {"not_yours"}
    assert codes(blockers_to_come_back(**asked | {"is_back": True})) == {"over"}
    assert codes(blockers_to_come_back(**asked | {"ends_on": day(-1)})) == {"over"}


@pytest.mark.parametrize(
    ("country", "region", "said"),
    [
        ("", "", []),
        ("DE", "", []),
        ("DE", "BY", []),
        ("ZZ", "", ["country"]),
        ("", "BY", ["region"]),
        ("DE", "XX", ["region"]),
    ],
)
def test_holidays_are_those_of_a_known_country_and_region(country, region, said):
    found = blockers_to_set_holidays(
        country=country, region=region, countries={"DE"}, regions=("BY", "BE")
    )

    assert [one.field for one in found] == said


def test_a_region_that_is_not_known_is_told_with_those_that_are():
    asked = {"country": "DE", "region": "XX", "countries": {"DE"}}

    assert "BE, BY" in next(blockers_to_set_holidays(**asked, regions=("BY", "BE"))).message
    assert "no regions" in next(blockers_to_set_holidays(**asked, regions=())).message


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, set()),
        ({"is_administrator": False}, {"not_administrator"}),
        ({"day": day(-1)}, {"past"}),
        ({"day": day(FURTHEST + 1)}, {"far"}),
        ({"name": ""}, {"name"}),
        ({"name": "x" * 81}, {"name"}),
        ({"is_known": True}, {"known"}),
    ],
)
def test_an_administrator_keeps_days_that_come(changed, said):
    asked = {"is_administrator": True, "day": TODAY, "name": "Founders' day", "is_known": False}

    assert codes(blockers_to_keep_day(today=TODAY, **asked | changed)) == said


def test_a_day_that_is_over_stays():
    assert codes(blockers_to_drop_day(is_administrator=True, day=TODAY, today=TODAY)) == set()
    assert codes(blockers_to_drop_day(is_administrator=False, day=day(-1), today=TODAY)) == {
        "not_administrator",
        "past",
    }
