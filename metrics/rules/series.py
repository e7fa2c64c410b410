"""The last periods of a take-up, and what they say exactly: level, slope, spread, noise.

Levels, gaps, spreads and bands are in percentage points (pp), slopes in pp a month of 30 days; a
day is a whole number on any one scale. Counts are divided as fractions, so that what equals a
limit equals it. The limits are the playbook's proposal.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from metrics.rules.counts import LEAST_ELIGIBLE, refuse_miscounts, share
from metrics.rules.quantities import check_at_least
from metrics.rules.trends import mann_kendall, theil_sen_slope

MONTH = 30
# The level is the median of the last three.
LEVEL_OF = 3
# From so many points on, the farthest one (a holiday week) does not widen the spread.
FORGIVES_FROM = 6
# A plateau began where values come this near its level, all but one: pp, or standard errors.
NEAR_PP, NEAR_ERRORS = 2, 1.5


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """The limits of one cadence; raises ValueError where they make no sense.

    `window` counts periods, `min_span` days; `flat` and `grow` are pp a month, `least_band` is pp,
    `band_errors` standard errors; `alpha` and `soft` are limits of p. Where fewer people than
    `small_group` were eligible, the verdict is one on a small group.
    """

    window: int
    min_span: int
    flat: Fraction = Fraction(1)
    grow: Fraction = Fraction(2)
    least_band: int = 5
    band_errors: int = 4
    alpha: float = 0.10
    soft: float = 0.35
    min_eligible: int = LEAST_ELIGIBLE
    small_group: int = 30

    def __post_init__(self) -> None:
        """Refuse a floor below the house's, and a window without a level."""
        check_at_least(LEAST_ELIGIBLE, min_eligible=self.min_eligible)
        check_at_least(LEVEL_OF, window=self.window)


WEEKLY = Parameters(window=8, min_span=42)
MONTHLY = Parameters(window=4, min_span=84)


@dataclass(frozen=True, kw_only=True, order=True)
class PeriodUse:
    """One complete period: its last day, how many used it, how many could.

    Raises ValueError where these are no counts of people.
    """

    day: int
    active: int
    eligible: int

    def __post_init__(self) -> None:
        """Refuse what no count of people can be."""
        refuse_miscounts(self.active, self.eligible)


@dataclass(frozen=True, kw_only=True)
class Measures:
    """The figures behind a verdict, all over the window of the last periods.

    `level` is the median of the last three, `gap` what it lacks to the target, `spread` the reach
    of the values without the farthest one, `se` the standard error of the level, `band` the spread
    that noise explains; `score` and `p` are Mann-Kendall's, `last_day` is that of the last period.
    """

    level: float
    slope: float
    score: int
    p: float
    spread: float
    se: float
    band: float
    gap: float
    last_day: int


class Series:
    """What periods say: all in their order of time, as many as the window asks for at least."""

    def __init__(self, periods: list[PeriodUse], target: Fraction, limits: Parameters) -> None:
        """Read the last `window` periods, all of groups large enough to show."""
        self.target, self.limits = target, limits
        self.points = [(one.day, share(one.active, one.eligible)) for one in periods]
        recent = self.points[-limits.window :]
        self.eligible = median(one.eligible for one in periods[-limits.window :])
        self.slope = theil_sen_slope(recent) * MONTH
        self.trend = mann_kendall(value for _, value in recent)
        self.level = median(value for _, value in recent[-LEVEL_OF:])
        self.spread = _spread([value for _, value in recent])
        self.se = math.sqrt(self.level * (100 - self.level) / self.eligible)
        self.band = max(limits.least_band, limits.band_errors * self.se)

    def has_direction(self, speed: Fraction) -> bool:
        """Tell whether a slope is no noise; one that is `grow` pp a month needs less proof."""
        p, limits = self.trend.p, self.limits
        return p < limits.alpha or (speed >= limits.grow and p < limits.soft)

    def since_day(self) -> int:
        """Return from which period on all but one at most stay near the level."""
        near = max(NEAR_PP, NEAR_ERRORS * self.se)
        strays, since = 0, self.points[-1][0]
        for day, value in reversed(self.points):
            is_near = abs(value - self.level) <= near
            strays += not is_near
            if strays > 1:
                break
            since = day if is_near else since
        return since

    def measures(self) -> Measures:
        """Return the figures as they are shown."""
        return Measures(
            level=float(self.level),
            slope=float(self.slope),
            score=self.trend.score,
            p=self.trend.p,
            spread=float(self.spread),
            se=self.se,
            band=self.band,
            gap=float(self.target - self.level),
            last_day=self.points[-1][0],
        )


def _spread(values: list[Fraction]) -> Fraction:
    """Return the reach without the value farthest from the median (of two the earlier)."""
    if len(values) >= FORGIVES_FROM:
        middle = median(values)
        values.remove(max(values, key=lambda value: abs(value - middle)))
    return max(values) - min(values)
