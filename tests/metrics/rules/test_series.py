"""What the last periods of a take-up say."""

from fractions import Fraction

import pytest

from metrics.rules.series import MONTHLY, WEEKLY, Parameters, PeriodUse, Series
from tests.metrics.rules.take_up import months, weeks


def weekly(*percents: float, eligible: int = 400) -> Series:
    return Series(weeks(*percents, eligible=eligible), Fraction(80), WEEKLY)


def test_the_limits_of_a_cadence() -> None:
    assert (WEEKLY.window, WEEKLY.min_span, MONTHLY.window, MONTHLY.min_span) == (8, 42, 4, 84)


def test_a_window_without_a_level_is_refused() -> None:
    assert Parameters(window=3, min_span=1).window == 3
    with pytest.raises(ValueError, match="window: 2 cannot be; give a number of 3 or more"):
        Parameters(window=2, min_span=1)


def test_a_floor_below_the_house_is_refused() -> None:
    assert Parameters(window=8, min_span=42, min_eligible=20).min_eligible == 20
    with pytest.raises(ValueError, match="min_eligible: 5 cannot be; give a number of 10"):
        Parameters(window=8, min_span=42, min_eligible=5)


def test_a_period_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="active: 4 of 3 eligible"):
        PeriodUse(day=7, active=4, eligible=3)


def test_only_the_window_counts_but_for_where_it_began() -> None:
    long, short = weekly(90, 10, *[50] * 8), weekly(*[50] * 8)

    assert (long.level, long.slope, long.spread) == (short.level, short.slope, short.spread)
    assert long.since_day() == 14


def test_one_odd_week_does_not_widen_the_spread_but_two_do() -> None:
    assert weekly(50, 50, 10, 50, 51, 50, 50, 50).spread == 1
    assert weekly(50, 50, 10, 50, 51, 10, 50, 50).spread == 41


def test_of_two_equally_far_the_earlier_is_forgiven() -> None:
    assert weekly(40, 49, 50, 50, 50, 50, 50, 60).spread == 11


def test_few_points_are_all_taken_as_they_are() -> None:
    assert Series(months(50, 10, 50, 50), Fraction(75), MONTHLY).spread == 40


def test_noise_is_wider_in_small_groups_and_never_below_five() -> None:
    assert weekly(*[50] * 8, eligible=100).band == 20
    assert weekly(*[50] * 8, eligible=10_000).band == 5
    assert weekly(*[0] * 8).se == 0


def test_one_stray_is_forgiven_where_it_came_to_stand_and_two_are_not() -> None:
    assert weekly(10, 50, 50, 30, 50, 50, 50, 50, 50).since_day() == 7
    assert weekly(10, 50, 50, 30, 50, 30, 50, 50, 50).since_day() == 28


def test_a_stray_is_no_beginning() -> None:
    assert weekly(10, *[50] * 7).since_day() == 7


def test_near_is_two_points_or_one_and_a_half_errors() -> None:
    assert weekly(48, *[50] * 7, eligible=10_000).since_day() == 0
    assert weekly(47.9, *[50] * 7, eligible=10_000).since_day() == 7
    assert weekly(46.5, *[50] * 7).since_day() == 0
    assert weekly(46, *[50] * 7).since_day() == 7


def test_where_even_the_last_strays_it_stands_since_the_last() -> None:
    assert weekly(50, 50, 50, 50, 50, 50, 45, 55).since_day() == 49


def test_a_direction_is_sure_or_at_least_fast() -> None:
    unsure = Series(months(40, 45, 43, 50), Fraction(75), MONTHLY)
    sure = weekly(*range(8))

    assert unsure.has_direction(Fraction(2))
    assert not unsure.has_direction(Fraction(199, 100))
    assert sure.has_direction(Fraction(0))
    assert not Series(months(40, 45, 40, 45), Fraction(75), MONTHLY).has_direction(Fraction(9))


def test_figures_are_shown_as_they_are() -> None:
    shown = weekly(*[50] * 8, eligible=100).measures()

    assert (shown.level, shown.slope, shown.score, shown.p) == (50.0, 0.0, 0, 1.0)
    assert (shown.spread, shown.se, shown.band, shown.gap) == (0.0, 5.0, 20.0, 30.0)
    assert shown.last_day == 49
