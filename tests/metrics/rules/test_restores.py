"""The median time to restore, and incidents that came back."""

from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.rules.restores import Episode, Restore, restores

START = datetime(2026, 7, 1, 9, tzinfo=UTC)


def episode(incident, after=0.0, lasts=None, priority=2):
    at = START + timedelta(hours=after)
    until = None if lasts is None else at + timedelta(hours=lasts)
    return Episode(incident, priority, at, until)


def test_one_long_night_moves_the_mean_and_not_the_median():
    found = restores(
        [episode(name, lasts=hours) for name, hours in zip("abcde", (2, 3, 4, 5, 90), strict=True)]
    )

    assert found.median_hours == 4
    assert found.p90_hours == pytest.approx(5 + 0.6 * 85)
    assert [one.incident for one in found.restored] == ["e", "d", "c", "b", "a"]


def test_a_reopened_incident_counts_once_and_until_its_last_restore():
    times = [episode("a", lasts=1), episode("a", after=20, lasts=2)]
    others = [episode("b", lasts=3), episode("c", lasts=4)]
    found = restores(times + others)

    assert found.restored == (Restore("a", 22.0), Restore("c", 4.0), Restore("b", 3.0))
    assert found.median_hours == 4


def test_what_is_open_again_is_not_restored():
    found = restores([episode("a", lasts=1), episode("a", after=9), episode("b", lasts=2)])

    assert (found.open, found.restored) == (("a",), (Restore("b", 2.0),))


def test_fewer_than_three_are_listed_and_not_summed_up():
    found = restores([episode("a", lasts=1), episode("b", lasts=2)])

    assert (found.median_hours, found.p90_hours) == (None, None)
    assert len(found.restored) == 2
    assert restores([]).restored == ()


def test_light_incidents_do_not_count_unless_they_were_grave_once():
    light = [episode("a", lasts=1, priority=3), episode("b", priority=4)]
    graver = [episode("c", lasts=1, priority=3), episode("c", after=5, lasts=1, priority=1)]

    assert restores(light) == restores([])
    assert restores(light + graver).restored == (Restore("c", 6.0),)
    assert len(restores(light, priorities=frozenset({3})).restored) == 1


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99), st.integers(0, 99)), max_size=20),
    st.randoms(),
)
def test_the_order_of_the_rows_is_of_no_matter(rows, chance):
    times = [episode(f"i{name}", after, lasts) for name, after, lasts in rows]
    found = restores(times)

    assert found == restores(chance.sample(times, len(times)))
    assert len(found.restored) == len({name for name, _, _ in rows})
    if len(found.restored) > 2:
        hours = [one.hours for one in found.restored]
        assert found.median_hours == median(hours) <= found.p90_hours <= max(hours)


@given(st.lists(st.integers(1, 500), min_size=3, max_size=20), st.integers(2, 9))
def test_twice_as_long_is_twice_the_figure(lasts, times):
    one = restores(episode(str(i), lasts=hours) for i, hours in enumerate(lasts))
    more = restores(episode(str(i), lasts=times * hours) for i, hours in enumerate(lasts))

    assert more.median_hours == pytest.approx(times * one.median_hours)
    assert more.p90_hours == pytest.approx(times * one.p90_hours)


def test_scipy_agrees_on_a_thousand_random_months():
    chance = Random(1996)
    for _ in range(1000):
        lasts = [chance.uniform(0, 200) for _ in range(chance.randint(3, 12))]
        found = restores(episode(str(i), lasts=hours) for i, hours in enumerate(lasts))
        theirs = stats.mstats.mquantiles(lasts, [0.5, 0.9], alphap=1, betap=1)

        assert (found.median_hours, found.p90_hours) == pytest.approx(tuple(theirs))


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda: episode("a", lasts=-1), "restored_at of a: .* is before its detection at"),
        (lambda: Episode("a", 1, START.replace(tzinfo=None)), "detected_at of a: .* no time zone"),
        (
            lambda: Episode("a", 1, START, START.replace(tzinfo=None)),
            "restored_at of a: .* no time zone",
        ),
        (lambda: restores([], least=1), "least: 1 is too few; give 2 or more"),
    ],
)
def test_what_cannot_have_happened_is_refused(refused, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        refused()
