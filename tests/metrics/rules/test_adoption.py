"""What a series of take-up does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.rules.adoption import (
    STANDING,
    Adoption,
    Alert,
    Lack,
    Pace,
    State,
    alert_after,
    judge_adoption,
    judge_each,
    judge_pace,
    next_alert,
)
from metrics.rules.series import MONTHLY, WEEKLY, PeriodUse
from tests.metrics.rules.take_up import monthly, months, weekly, weeks
from tests.metrics.vectors import VECTORS

CADENCES = {"w": WEEKLY, "m": MONTHLY}
SHOWN = (("level", 1), ("slope", 2), ("score", 0), ("p", 3), ("spread", 1), ("band", 1), ("gap", 1))
SPELLED = {"slope": "slope_pp_30d", "score": "S"}
TURNS = (State.DECLINING, State.VOLATILE, State.RAMPING, State.AT_TARGET)


def told(verdict: Adoption) -> dict[str, object]:
    """Return a verdict as the cases spell it."""
    said: dict[str, object] = {"state": verdict.state.value}
    if verdict.measures:
        for name, digits in SHOWN:
            value = getattr(verdict.measures, name)
            said[SPELLED.get(name, name)] = round(value, digits) + 0
    if verdict.state in STANDING:
        said |= {"since_day": verdict.since_day, "creeping": verdict.is_creeping}
    if verdict.state == State.AT_TARGET:
        said["eroding"] = verdict.is_eroding
    return said


@pytest.mark.parametrize("case", VECTORS["adoption"], ids=lambda case: case["case"])
def test_every_case_is_met_exactly(case) -> None:
    periods = [PeriodUse(day=day, active=used, eligible=of) for day, used, of in case["points"]]

    verdict = judge_adoption(periods, target=case["target"], parameters=CADENCES[case["cadence"]])

    assert told(verdict) == case["expected"]


def test_what_falls_declines() -> None:
    verdict = weekly(weeks(60, 62, 63, 62, 60, 58.5, 57, 55.5, 54, 52.5, 51, 49.5))

    assert (verdict.state, verdict.since_day, verdict.is_creeping) == ("declining", None, False)


def test_what_swings_is_volatile() -> None:
    assert weekly(weeks(30, 52, 28, 55, 31, 50, 29, 54, 33, 51)).state == State.VOLATILE


@pytest.mark.parametrize(
    ("percents", "eligible", "target", "state", "since"),
    [
        ((18, 34, 47, 56, 61, 64, 65, 65, 64, 65, 65), 230, 85, "plateau", 120),
        ((9, 22, 33, 39, 41, 40, 40, 40), 420, 75, "plateau", 90),
        ((35, 52, 66, 75, 82, 86, 88, 90, 91, 92), 60, 80, "at_target", None),
        ((44, 58, 67, 72, 76, 78, 79, 80, 81, 82, 82, 82), 104, 80, "at_target", None),
        ((52, 63, 70, 74, 76, 74, 70, 65, 60, 54, 49, 45), 46, 80, "declining", None),
    ],
)
def test_the_demonstration_company_by_month(percents, eligible, target, state, since) -> None:
    verdict = monthly(months(*percents, eligible=eligible), target)

    assert (verdict.state, verdict.since_day) == (state, since)


def test_by_month_a_young_series_still_climbs_where_by_week_it_stands() -> None:
    by_week = (6, 10, 14, 17, 20, 22, 24, 26, 27.5, 28.5, 29.5, 30, 30.6, 31, 30.8, 31.2)

    assert weekly(weeks(*by_week, 30.9, 31.1, eligible=1200), 70).state == State.PLATEAU
    assert monthly(months(*by_week[3::4], eligible=1200), 70).state == State.RAMPING


@pytest.mark.parametrize(
    ("periods", "lack"),
    [
        ([], Lack.PERIODS),
        (weeks(*[50] * 7), Lack.PERIODS),
        (weeks(*[50] * 3, eligible=8), Lack.PERIODS),
        (weeks(*[50] * 8, eligible=9), Lack.SUPPRESSED),
        (weeks(*[50] * 8, days=5), Lack.SPAN),
    ],
)
def test_too_little_is_said_with_its_reason(periods, lack) -> None:
    verdict = weekly(periods)

    assert verdict == Adoption(state=State.INSUFFICIENT_DATA, lack=lack)


def test_a_span_of_just_enough_days_will_do() -> None:
    assert weekly(weeks(*[50] * 8, days=6)).state == State.PLATEAU


def test_a_small_group_is_left_out_and_no_zero() -> None:
    periods = weeks(*[50] * 9)
    periods[4] = PeriodUse(day=28, active=0, eligible=9)

    assert weekly(periods) == weekly([*periods[:4], *periods[5:]])


def test_at_its_target_it_may_erode() -> None:
    verdict = weekly(weeks(95, 94, 93, 92, 91, 90, 89, 88))

    assert (verdict.state, verdict.is_eroding) == (State.AT_TARGET, True)


def test_just_at_the_target_is_at_the_target() -> None:
    assert weekly(weeks(*[64.5] * 8), 64.5).state == State.AT_TARGET
    assert weekly(weeks(*[64.5] * 8, eligible=1000), 64.6).state == State.PLATEAU


def test_just_flat_is_flat() -> None:
    """Seven people of 3,000 a week are one percentage point in thirty days, and no hair more."""
    periods = [PeriodUse(day=7 * at, active=1500 + 7 * at, eligible=3000) for at in range(8)]

    verdict = weekly(periods)

    assert verdict.measures is not None
    assert verdict.measures.slope == 1.0
    assert (verdict.state, verdict.is_creeping) == (State.PLATEAU, True)


@pytest.mark.parametrize(
    ("first", "target", "state", "erodes"),
    [(1500, 80, State.DECLINING, False), (1500, 40, State.AT_TARGET, True)],
)
def test_a_loss_that_is_just_not_flat_counts(first, target, state, erodes) -> None:
    periods = [PeriodUse(day=7 * at, active=first - 7 * at, eligible=3000) for at in range(8)]

    verdict = weekly(periods, target)

    assert (verdict.state, verdict.is_eroding) == (state, erodes)


def test_steep_growth_needs_less_proof_than_slow_growth() -> None:
    """Both have a p between the two limits: 4 of 6 pairs, 4 values."""
    steep, slow = months(40, 45, 43, 50), months(40, 41.5, 41.4, 43.5, eligible=1000)

    assert monthly(steep).state == State.RAMPING
    assert monthly(slow).state == State.PLATEAU
    assert monthly(months(50, 43, 45, 40)).state == State.DECLINING


def test_low_but_risen_has_taken_off() -> None:
    assert monthly(months(2, 6, 10, 10, 10, 10)).state == State.PLATEAU
    assert monthly(months(5, 6, 10, 10, 10, 10)).state == State.PLATEAU
    assert monthly(months(6, 6, 10, 10, 10, 10)).state == State.NOT_TAKEN_OFF


def test_a_quarter_of_the_target_is_no_longer_low() -> None:
    assert weekly(weeks(*[20] * 8)).state == State.PLATEAU
    assert weekly(weeks(*[19.75] * 8)).state == State.NOT_TAKEN_OFF


def test_a_day_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="day: 7 comes twice; keep the newest"):
        weekly([*weeks(40, 50), PeriodUse(day=7, active=1, eligible=400)])


def test_a_target_that_cannot_be_is_refused_even_without_data() -> None:
    with pytest.raises(ValueError, match="target: 0 is no percentage"):
        weekly([], 0)


def test_verdicts_are_given_as_they_stood() -> None:
    verdicts = judge_each(weeks(*[50] * 9), target=80, parameters=WEEKLY)

    assert [day for day, _ in verdicts] == [*range(0, 63, 7)]
    assert [one.state for _, one in verdicts[6:]] == ["insufficient_data", "plateau", "plateau"]


def test_an_alert_waits_for_two_verdicts_and_ends_after_two() -> None:
    states = (
        *(State.INSUFFICIENT_DATA, State.PLATEAU, State.RAMPING, State.NOT_TAKEN_OFF),
        *(State.PLATEAU, State.RAMPING, State.PLATEAU, State.RAMPING, State.AT_TARGET),
    )
    alerts = [
        alert_after((day, Adoption(state=state)) for day, state in enumerate(states[:count]))
        for count in range(len(states) + 1)
    ]

    assert [alert.is_open for alert in alerts] == [False] * 5 + [True] * 4 + [False]
    assert [alerts[at].turned_day for at in (4, 5, 8, 9)] == [None, 4, 4, 8]


@pytest.mark.parametrize("is_open", [False, True])
def test_too_little_data_neither_turns_an_alert_nor_interrupts_it(is_open) -> None:
    alert = Alert(is_open=is_open, turned_day=3, run=1)

    assert next_alert(alert, day=9, state=State.INSUFFICIENT_DATA) == alert
    assert next_alert(alert, day=9, state=State.DECLINING) == replace(alert, run=0)


def test_ramping_too_slowly_for_its_day_is_said() -> None:
    verdict = weekly(weeks(*range(10, 58, 4)))

    assert judge_pace(verdict, target_day=77 + 60) == Pace(required=15.0, is_too_slow=False)
    assert judge_pace(verdict, target_day=77 + 45) == Pace(required=20.0, is_too_slow=True)
    assert judge_pace(verdict, target_day=77) == Pace(required=None, is_too_slow=True)


def test_just_the_pace_it_needs_is_fast_enough() -> None:
    verdict = weekly(weeks(*range(10, 58, 4)), 78)

    pace = judge_pace(verdict, target_day=77 + 49)

    assert pace is not None
    assert pace.required == pytest.approx(120 / 7)
    assert not pace.is_too_slow


def test_what_stands_is_not_called_slow_and_what_is_there_needs_nothing() -> None:
    assert judge_pace(weekly(weeks(*[50] * 8)), target_day=79) == Pace(
        required=30.0, is_too_slow=False
    )
    assert judge_pace(weekly(weeks(*[90] * 8)), target_day=0) == Pace(
        required=0.0, is_too_slow=False
    )
    assert judge_pace(weekly([]), target_day=79) is None


@settings(max_examples=50)
@given(st.lists(st.integers(0, 400), min_size=8, max_size=14), st.randoms())
def test_the_order_of_the_periods_is_of_no_matter(counts, chance) -> None:
    periods = [PeriodUse(day=7 * at, active=n, eligible=400) for at, n in enumerate(counts)]

    assert weekly(chance.sample(periods, len(periods))) == weekly(periods)


@settings(max_examples=50)
@given(st.lists(st.integers(0, 40), min_size=8, max_size=10), st.integers(2, 50))
def test_more_people_of_the_same_shares_change_the_noise_alone(counts, factor) -> None:
    few, many = (
        weekly(
            [PeriodUse(day=7 * at, active=by * n, eligible=by * 40) for at, n in enumerate(counts)]
        )
        for by in (1, factor)
    )

    for name in ("level", "slope", "score", "p", "spread", "gap"):
        assert getattr(few.measures, name) == getattr(many.measures, name)
    assert few.measures is not None
    assert many.measures is not None
    assert many.measures.band <= few.measures.band
    assert many.state in {few.state, State.VOLATILE}


@settings(max_examples=50)
@given(st.integers(0, 11), st.integers(0, 500), st.lists(st.integers(-1, 1), min_size=12))
def test_a_holiday_week_leaves_a_plateau_one(at, count, noise) -> None:
    counts = [500 + off for off in noise[:12]]
    counts[at] = count

    periods = [PeriodUse(day=7 * week, active=n, eligible=1000) for week, n in enumerate(counts)]

    assert weekly(periods).state == State.PLATEAU


@settings(max_examples=50)
@given(st.sets(st.integers(0, 19), min_size=8), st.lists(st.integers(-9, 9), min_size=20))
def test_missing_periods_and_little_noise_leave_a_climb_one(known, noise) -> None:
    periods = [
        PeriodUse(day=7 * week, active=200 + 30 * week + noise[week], eligible=2000)
        for week in known
    ]

    verdict = weekly(periods, 90)

    assert verdict.measures is not None
    assert verdict.state == State.RAMPING
    assert verdict.measures.slope == pytest.approx(1.5 * 30 / 7, rel=0.61)


@settings(max_examples=50)
@given(st.integers(0, 300), st.integers(8, 20))
def test_what_never_changes_stands(count, size) -> None:
    verdict = weekly([PeriodUse(day=7 * at, active=count, eligible=400) for at in range(size)])

    assert verdict.state == (State.NOT_TAKEN_OFF if count < 80 else State.PLATEAU)
    assert (verdict.since_day, verdict.is_creeping) == (0, False)


@settings(max_examples=50)
@given(st.lists(st.integers(0, 319), min_size=8, max_size=12))
def test_upside_down_a_climb_is_a_decline(counts) -> None:
    up, down = (
        weekly([PeriodUse(day=7 * at, active=n, eligible=400) for at, n in enumerate(series)], 100)
        for series in (counts, [319 - n for n in counts])
    )

    if up.state == State.RAMPING:
        assert down.state == State.DECLINING
