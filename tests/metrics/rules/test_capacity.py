"""The load of change on a unit, month by month, against what it can carry."""

from datetime import date
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.capacity import Change, Part, Readiness, saturation, weight

LAUNCH = date(2026, 9, 14)
CHANGES = st.lists(
    st.builds(
        lambda impact, share, month: change("x", impact, share, launch=date(2026, month, 1)),
        st.integers(1, 5),
        st.floats(0, 1),
        st.integers(1, 12),
    ),
    max_size=12,
)


def change(key, impact=5, share=1.0, launch=LAUNCH):
    return Change(key, impact, share, min(launch, date(2026, 6, 30)), launch)


@pytest.mark.parametrize(
    ("month", "expected"),
    [(5, 0), (6, 0.3), (8, 0.3), (9, 1.0), (10, 0.8), (11, 0.5), (12, 0.2)],
)
def test_each_phase_has_its_weight(month, expected):
    assert weight(change("a"), date(2026, month, 28)) == expected


def test_three_months_after_the_launch_it_is_over():
    assert weight(change("a"), date(2027, 1, 1)) == 0


def test_what_comes_over_months_weighs_in_full_until_it_ends():
    move = Change("move", 3, 1, date(2026, 9, 1), date(2026, 9, 1), date(2026, 11, 30))

    assert [weight(move, date(2026, month, 1)) for month in range(8, 13)] == [0, 1, 1, 1, 0.8]
    assert weight(move, date(2027, 2, 1)) == 0.2


def test_everything_that_comes_upon_a_unit_is_added_up():
    found = saturation(
        [
            change("wms", 4, 0.8),
            change("slotting", 3, 0.5, launch=date(2026, 12, 1)),
            change("over", 5, 1, launch=date(2026, 1, 1)),
            change("payroll", 2, 1, launch=date(2026, 8, 1)),
        ],
        LAUNCH,
        readiness=0.8,
    )

    assert found.parts == (
        Part("wms", pytest.approx(3.2)),
        Part("payroll", pytest.approx(1.6)),
        Part("slotting", pytest.approx(0.45)),
    )
    assert (round(found.load, 2), found.capacity) == (5.25, 4.0)
    assert round(100 * found.ratio) == 131
    assert found.blocks_launch


def test_a_month_that_is_just_full_carries_its_launch():
    tenths = [change(str(number), 1, 0.1) for number in range(30)] + [change("b", 2, 1)]

    assert saturation(tenths, LAUNCH).ratio == 1
    assert not saturation(tenths, LAUNCH).blocks_launch
    assert saturation([*tenths, change("c", 1, 0.01)], LAUNCH).blocks_launch
    assert saturation([], LAUNCH).ratio == 0


@given(CHANGES, st.randoms(), st.floats(0.6, 1.2))
def test_order_is_of_no_matter_and_more_change_never_frees_a_month(changes, chance, readiness):
    found = saturation(changes, LAUNCH, readiness=readiness)
    mixed = saturation(chance.sample(changes, len(changes)), LAUNCH, readiness=readiness)

    assert mixed == found
    assert saturation([*changes, change("more")], LAUNCH, readiness=readiness).ratio > found.ratio


@pytest.mark.parametrize(
    ("readiness", "factor"),
    [
        (Readiness(), 1.0),
        (Readiness(enablement=0), 0.6),
        (Readiness(enablement=100, turnover=0, sentiment=100), 1.2),
        (Readiness(turnover=15), 0.9),
        (Readiness(turnover=80), 0.6),
        (Readiness(sentiment=50, enablement=100), 1.05),
    ],
)
def test_readiness_is_the_mean_of_what_is_known(readiness, factor):
    assert readiness.factor == pytest.approx(factor)
    assert saturation([], LAUNCH, readiness=readiness.factor).capacity == pytest.approx(5 * factor)


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda: change("a", impact=6), "impact of a: 6 cannot be; give a number from 1 to 5"),
        (lambda: change("a", share=nan), "share of a: nan cannot be"),
        (lambda: Change("a", 1, 1, LAUNCH, date(2026, 1, 1)), "phases of a: .* out of order"),
        (lambda: Change("a", 1, 1, LAUNCH, LAUNCH, date(2026, 1, 1)), "phases of a: .* out of"),
        (lambda: Readiness(enablement=101), "enablement: 101 cannot be"),
        (lambda: Readiness(sentiment=-1), "sentiment: -1 cannot be"),
        (lambda: Readiness(turnover=-1), "turnover: -1 cannot be"),
        (lambda: Readiness(turnover=inf), "turnover: inf cannot be"),
        (lambda: saturation([], LAUNCH, readiness=0.5), "readiness: 0.5 cannot be"),
        (lambda: saturation([], LAUNCH, readiness=nan), "readiness: nan cannot be"),
    ],
)
def test_what_cannot_be_is_refused(refused, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        refused()
