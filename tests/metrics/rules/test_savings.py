"""Hours saved: two sources, one careful figure, and how far they agree."""

from datetime import date, timedelta
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.savings import (
    Agreement,
    Calibration,
    Effort,
    Sample,
    Segment,
    Task,
    calibration,
    measured_hours,
    reported_hours,
    saving,
)

DAY = date(2026, 10, 31)
HOURS = st.floats(-10_000, 10_000)


@pytest.mark.parametrize(
    ("measured", "ratio", "gross", "net", "productive", "agreement"),
    [
        (310, 0.74, 360.8, 320.8, 192.5, Agreement.HIGH),
        (90, 0.21, 90, 50, 30, Agreement.LOW),
    ],
)
def test_the_worked_examples(measured, ratio, gross, net, productive, agreement):
    found = saving(0.5 * 840, measured, Effort(checking=40), reinvested=0.6)

    assert round(found.ratio, 2) == ratio
    assert (round(found.gross, 1), round(found.net, 1)) == (gross, net)
    assert round(found.productive, 1) == productive
    assert found.agreement == agreement


@pytest.mark.parametrize(
    ("measured", "agreement", "gross"),
    [(70, "high", 83.666), (69.9, "medium", 83.606), (50, "medium", 70.711), (49.9, "low", 49.9)],
)
def test_where_agreement_changes_its_name(measured, agreement, gross):
    found = saving(100, measured, Effort(), reinvested=None)

    assert (found.agreement, round(found.gross, 3)) == (agreement, gross)
    assert found.productive is None


def test_one_source_counts_and_says_that_it_stands_alone():
    for pair in ((80, None), (None, 80)):
        found = saving(*pair, Effort(checking=20, learning=10), reinvested=0.5)

        assert (found.ratio, found.agreement) == (None, Agreement.SINGLE_SOURCE)
        assert (found.gross, found.net, found.productive) == (80, 50, 25)


def test_without_a_source_nothing_is_known():
    assert saving(None, None, Effort(), reinvested=0.5) is None
    assert reported_hours([]) is None
    assert measured_hours([]) is None


@pytest.mark.parametrize(
    ("reported", "measured", "ratio", "gross"),
    [
        (30, -10, 0, -10),
        (-10, 0, 0, -10),
        (-20, -20, 1, -20),
        (-10, -8, 0.8, -(80**0.5)),
        (0, 0, 1, 0),
    ],
)
def test_time_lost_is_never_turned_into_time_won(reported, measured, ratio, gross):
    found = saving(reported, measured, Effort(), reinvested=1)

    assert (found.ratio, found.gross) == (ratio, pytest.approx(gross))
    assert found.productive == 0


@given(HOURS, HOURS, st.floats(0.1, 100))
def test_the_sources_are_equals_and_the_unit_is_of_no_matter(one, other, times):
    found, turned = (saving(*pair, Effort(), reinvested=1) for pair in ((one, other), (other, one)))

    assert found.gross == pytest.approx(turned.gross)
    assert found.ratio == turned.ratio
    assert min(one, other) - 1e-9 <= found.gross <= max(one, other) + 1e-9
    assert 0 <= found.ratio <= 1


def test_hours_of_both_sources_are_sums_over_their_parts():
    asked = [Segment(median_minutes=12, active_days=400), Segment(-6, 100)]
    timed = [Task(120, 30, 18), Task(10, 5, 8)]

    assert reported_hours(asked) == (4800 - 600) / 60
    assert measured_hours(timed) == (1440 - 30) / 60


def sample(tasks=30, reported=60.0, age=0):
    return Sample(24.0, reported, tasks, DAY - timedelta(days=age))


def test_a_large_and_fresh_sample_says_what_a_reported_hour_is_worth():
    assert calibration(sample(), on=DAY) == Calibration(0.4, measured=True)
    assert calibration(sample(age=183), on=DAY).measured


@pytest.mark.parametrize(
    "weak", [None, sample(tasks=29), sample(age=184), sample(age=-1), sample(reported=0)]
)
def test_until_then_it_counts_half_and_is_uncalibrated(weak):
    assert calibration(weak, on=DAY) == Calibration(0.5, measured=False)


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda: Segment(nan, 1), "median_minutes: nan cannot be"),
        (lambda: Segment(1, -1), "active_days: -1 cannot be"),
        (lambda: Task(-1, 2, 3), "completed: -1 cannot be"),
        (lambda: Task(1, -2, 3), "baseline_minutes: -2 cannot be"),
        (lambda: Task(1, 2, -3), "with_ai_minutes: -3 cannot be"),
        (lambda: Sample(nan, 1, 1, DAY), "measured: nan cannot be"),
        (lambda: Sample(1, 1, -1, DAY), "tasks: -1 cannot be"),
        (lambda: Effort(checking=-1), "checking: -1 cannot be"),
        (lambda: Effort(learning=-1), "learning: -1 cannot be"),
        (lambda: saving(nan, 1, Effort(), reinvested=None), "hours: nan cannot be"),
        (lambda: saving(1, 1, Effort(), reinvested=1.1), "reinvested: 1.1 cannot be"),
    ],
)
def test_what_cannot_be_is_refused(refused, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        refused()
