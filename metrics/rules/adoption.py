"""What a series of take-up does: it climbs, stands, falls, swings, or nobody can tell yet.

That no trend can be shown is no proof that there is none. So "it stands" asks for a slope that is
small (Theil-Sen) and values that lie close together; the Mann-Kendall test only tells growth and
decline from noise. An alert waits for two verdicts in a row, since neighbouring weeks resemble each
other and make p look better than it is. Units are those of `series.py`.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from metrics.rules.counts import Percent, percentage, refuse_repeats
from metrics.rules.series import MONTH, Measures, Parameters, PeriodUse, Series

# Not taken off: below this share of the target, and risen by less than this (pp) since it began.
LOW_SHARE, LOW_GAIN = Fraction(1, 4), 5


class State(StrEnum):
    """What the last periods say."""

    AT_TARGET = "at_target"
    RAMPING = "ramping"
    PLATEAU = "plateau"
    NOT_TAKEN_OFF = "not_taken_off"
    DECLINING = "declining"
    VOLATILE = "volatile"
    INSUFFICIENT_DATA = "insufficient_data"


STANDING = frozenset({State.PLATEAU, State.NOT_TAKEN_OFF})
MOVING = frozenset({State.RAMPING, State.AT_TARGET})
# So many verdicts in a row open the alert of a plateau, or close it.
VERDICTS_TO_TURN = 2


class Lack(StrEnum):
    """Why nobody can tell: periods are few, their time is short, or groups are too small."""

    PERIODS = "periods"
    SPAN = "span"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """The verdict; with too little data a lack instead of measures.

    `since_day` is where it came to stand. Creeping: it stands, but surely grows a little. Eroding:
    it is at its target, but surely falls.
    """

    state: State
    lack: Lack | None = None
    measures: Measures | None = None
    since_day: int | None = None
    is_creeping: bool = False
    is_eroding: bool = False
    is_small_group: bool = False


def judge_adoption(
    periods: Iterable[PeriodUse], *, target: Percent, parameters: Parameters
) -> Adoption:
    """Return what take-up does, measured against its target in percent.

    Only complete periods belong here, in any order; a missing one is left out, it is not 0. Raises
    ValueError for two periods of one day, and for a target outside 0 < target ≤ 100.
    """
    known = sorted(periods)
    refuse_repeats("day", (period.day for period in known))
    aim = percentage(target)
    usable = [period for period in known if period.eligible >= parameters.min_eligible]
    if lack := _lack(usable, len(known), parameters):
        return Adoption(state=State.INSUFFICIENT_DATA, lack=lack)
    series = Series(usable, aim, parameters)
    state = _state(series)
    stands = state in STANDING
    is_sure = series.trend.p < parameters.alpha
    return Adoption(
        state=state,
        measures=series.measures(),
        since_day=series.since_day() if stands else None,
        is_creeping=stands and is_sure and 0 < series.slope <= parameters.flat,
        is_eroding=state == State.AT_TARGET and is_sure and series.slope <= -parameters.flat,
        is_small_group=series.eligible < parameters.small_group,
    )


def judge_each(
    periods: Iterable[PeriodUse], *, target: Percent, parameters: Parameters
) -> tuple[tuple[int, Adoption], ...]:
    """Return (last day, verdict) as they stood after each period, oldest first.

    Raises ValueError like `judge_adoption`.
    """
    known = sorted(periods)
    return tuple(
        (one.day, judge_adoption(known[:count], target=target, parameters=parameters))
        for count, one in enumerate(known, start=1)
    )


def _lack(usable: list[PeriodUse], known: int, limits: Parameters) -> Lack | None:
    if len(usable) < limits.window:
        return Lack.PERIODS if known < limits.window else Lack.SUPPRESSED
    is_short = usable[-1].day - usable[-limits.window].day < limits.min_span
    return Lack.SPAN if is_short else None


def _state(series: Series) -> State:
    if series.level >= series.target:
        return State.AT_TARGET
    slope, flat = series.slope, series.limits.flat
    if slope <= -flat and series.has_direction(-slope):
        return State.DECLINING
    if slope > flat and series.trend.score > 0 and series.has_direction(slope):
        return State.RAMPING
    return _standing(series) if series.spread <= series.band else State.VOLATILE


def _standing(series: Series) -> State:
    is_low = series.level < series.target * LOW_SHARE
    has_gained = series.level - series.points[0][1] >= LOW_GAIN
    return State.NOT_TAKEN_OFF if is_low and not has_gained else State.PLATEAU


@dataclass(frozen=True, kw_only=True)
class Alert:
    """Whether a plateau is reported.

    `turned_day` is when that began or ended last, None before the first; `run` counts the verdicts
    in a row, up to the last, that would turn it.
    """

    is_open: bool = False
    turned_day: int | None = None
    run: int = 0


def next_alert(alert: Alert, *, day: int, state: State) -> Alert:
    """Return the alert after one more verdict.

    Two in a row that stand open it, two in a row that climb or are at the target end it. Too
    little data is no verdict: it neither counts nor interrupts.
    """
    if state == State.INSUFFICIENT_DATA:
        return alert
    run = alert.run + 1 if state in (MOVING if alert.is_open else STANDING) else 0
    if run == VERDICTS_TO_TURN:
        return Alert(is_open=not alert.is_open, turned_day=day)
    return replace(alert, run=run)


def alert_after(verdicts: Iterable[tuple[int, Adoption]]) -> Alert:
    """Return the alert after all these verdicts, oldest first, from `judge_each`."""
    alert = Alert()
    for day, verdict in verdicts:
        alert = next_alert(alert, day=day, state=verdict.state)
    return alert


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How fast it must climb from its level to meet the target on its day, in pp a month.

    `required` is 0 where it is met, None where the day has come and it is not. Too slow is what
    climbs, but not fast enough for its day.
    """

    required: float | None
    is_too_slow: bool


def judge_pace(verdict: Adoption, *, target_day: int) -> Pace | None:
    """Return the pace that the day of the target asks for; None where nobody can tell yet."""
    measures = verdict.measures
    if measures is None:
        return None
    required = _required(measures.gap, target_day - measures.last_day)
    has_pace = required is not None and (
        measures.slope >= required or math.isclose(measures.slope, required)
    )
    return Pace(required=required, is_too_slow=verdict.state == State.RAMPING and not has_pace)


def _required(gap: float, days: int) -> float | None:
    if gap <= 0:
        return 0.0
    return gap * MONTH / days if days > 0 else None
