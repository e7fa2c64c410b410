"""The zones that can be chosen."""

from zoneinfo import available_timezones

from people.rules import known_zones


def test_the_zones_are_those_of_this_machine():
    assert known_zones.__wrapped__() == available_timezones()
