"""Whole periods only; what is missing is named, and what is old is stale on a day one can tell."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.freshness import (
    Cadence,
    Freshness,
    Period,
    complete,
    freshness,
    missing,
    overlapping,
    period_of,
    read_period,
    stale_on,
)

days = st.dates(date(1990, 1, 1), date(2200, 1, 1))
cadences = st.sampled_from(Cadence)
MAY = read_period("2026-05")


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 5)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 4)),
        ("2026-02", date(2026, 2, 1), date(2026, 3, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_is_read_and_written_the_same_way(text, first, after):
    period = read_period(text)

    assert (period.first, period.after, period.name) == (first, after, text)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-5", "05/2026", "2026-00", "2026-13", "2026-Q5", "2025-W53", "2026-W00"),
        *("0000-01", "9999-12"),
    ],
)
def test_any_other_way_is_refused_with_the_right_one(text):
    with pytest.raises(ValueError, match="write a week as 2026-W05"):
        read_period(text)


def test_a_period_begins_on_its_first_day_only():
    with pytest.raises(ValueError, match="take 2026-05-01"):
        Period(date(2026, 5, 2), Cadence.MONTH)


@given(day=days, cadence=cadences)
def test_every_day_lies_in_one_period_and_its_name_leads_back(day, cadence):
    period = period_of(day, cadence)

    assert period.first <= day < period.after
    assert read_period(period.name) == period
    assert period_of(period.after, cadence).first == period.after


def test_only_what_is_over_counts():
    june = read_period("2026-06")

    assert complete([june, MAY], today=date(2026, 6, 30)) == (MAY,)
    assert complete([june, MAY], today=date(2026, 7, 1)) == (MAY, june)


@pytest.mark.parametrize(
    ("text", "last_fresh"),
    [
        ("2026-W21", date(2026, 5, 25) + timedelta(days=10)),
        ("2026-05", date(2026, 6, 1) + timedelta(days=45)),
        ("2026-Q2", date(2026, 7, 1) + timedelta(days=136)),
    ],
)
def test_a_value_is_stale_after_one_and_a_half_times_its_cadence(text, last_fresh):
    period = [read_period(text)]

    assert stale_on(period) == last_fresh + timedelta(days=1)
    assert freshness(period, today=last_fresh) == Freshness.FRESH
    assert freshness(period, today=last_fresh + timedelta(days=1)) == Freshness.STALE


def test_without_a_whole_period_there_is_nothing_to_be_fresh():
    assert freshness([], today=date(2026, 6, 1)) == Freshness.MISSING
    assert freshness([MAY], today=date(2026, 5, 31)) == Freshness.MISSING


def test_how_long_a_value_stays_fresh_may_be_longer_but_not_less_than_a_period():
    assert freshness([MAY], today=date(2026, 8, 1), fresh_for=2) == Freshness.STALE
    assert freshness([MAY], today=date(2026, 7, 30), fresh_for=2) == Freshness.FRESH
    with pytest.raises(ValueError, match=r"fresh_for.* give a number of 1 or more"):
        freshness([MAY], today=date(2026, 7, 1), fresh_for=0.5)


def test_gaps_are_named_and_the_running_period_is_none():
    known = [read_period("2026-02"), read_period("2026-04")]

    gaps = missing(known, since=read_period("2026-01"), today=date(2026, 6, 15))

    assert [gap.name for gap in gaps] == ["2026-01", "2026-03", "2026-05"]


def test_periods_that_share_days_are_found():
    week, quarter = read_period("2026-W20"), read_period("2026-Q2")
    july = read_period("2026-07")

    assert overlapping([july, week, MAY]) == ((MAY, week),)
    assert overlapping([week, MAY, quarter]) == ((quarter, MAY), (quarter, week))
    assert overlapping([MAY, MAY]) == ((MAY, MAY),)
    assert overlapping([MAY, july]) == ()
    assert overlapping([]) == ()


@given(periods=st.lists(st.builds(period_of, days, cadences)), today=days)
def test_the_order_of_periods_says_nothing(periods, today):
    turned = periods[::-1]

    assert freshness(periods, today=today) == freshness(turned, today=today)
    assert complete(periods, today=today) == complete(turned, today=today)


@given(period=st.builds(period_of, days, cadences), waits=st.tuples(*[st.integers(0, 300)] * 2))
def test_a_value_only_grows_staler(period, waits):
    sooner, later = (
        freshness([period], today=period.after + timedelta(days=wait)) for wait in sorted(waits)
    )

    assert (sooner, later) != (Freshness.STALE, Freshness.FRESH)
