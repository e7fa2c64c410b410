"""Who has to wait: no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from people.rules import (
    PER_PERSON,
    Tries,
    one_more,
    wait_until,
)

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)


def tried(times, *, at=NOON):
    tries = None
    for _ in range(times):
        tries = one_more(tries, limit=PER_PERSON, at=at)
    return tries


def test_the_fifth_try_is_the_last_before_a_quarter_of_an_hour():
    assert wait_until(None, limit=PER_PERSON, at=NOON) is None
    assert wait_until(tried(4), limit=PER_PERSON, at=NOON) is None
    assert wait_until(tried(5), limit=PER_PERSON, at=NOON) == NOON + timedelta(minutes=15)


def test_after_the_wait_the_count_begins_afresh():
    later = NOON + timedelta(minutes=15)

    assert wait_until(tried(5), limit=PER_PERSON, at=later) is None
    assert one_more(tried(5), limit=PER_PERSON, at=later) == Tries(1, later, later)


def test_old_tries_are_forgotten_after_the_window():
    later = NOON + timedelta(minutes=15)

    assert one_more(tried(3), limit=PER_PERSON, at=later).count == 1
    assert one_more(tried(3), limit=PER_PERSON, at=later - timedelta(seconds=1)).count == 4


def test_a_wait_that_is_over_ends_its_count_even_within_the_window():
    short = replace(PER_PERSON, wait=timedelta(minutes=1))
    soon = NOON + timedelta(minutes=2)

    assert one_more(Tries(5, NOON, NOON), limit=short, at=soon) == Tries(1, soon, soon)


@given(st.lists(st.integers(min_value=0, max_value=900), min_size=1, max_size=200))
def test_however_they_are_spread_no_more_than_twenty_tries_an_hour_get_through(gaps):
    tries, at, let_through = None, NOON, []
    for gap in gaps:
        at += timedelta(seconds=gap)
        if wait_until(tries, limit=PER_PERSON, at=at) is None:
            tries = one_more(tries, limit=PER_PERSON, at=at)
            let_through.append(at)

    for start in let_through:
        hour = [one for one in let_through if start <= one < start + timedelta(hours=1)]
        assert len(hour) <= 24  # 4 windows of 5, and the rest of one begun before
