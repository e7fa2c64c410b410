"""How sure a share is: the Wilson interval of one, Fisher's exact test between two."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist

from metrics.rules.quantities import check_part

TIE = 1e-9  # Two tables this near in likelihood, relative, count as equally likely.
GONE = 1e-320  # Below this share of the likeliest table a table adds nothing.


@dataclass(frozen=True)
class Interval:
    """The bounds of a share, each from 0 to 1."""

    lower: float
    upper: float


@dataclass(frozen=True)
class Table:
    """Two groups and how many of each were selected: counts of people or decisions."""

    selected: int
    total: int
    other_selected: int
    other_total: int

    def __post_init__(self) -> None:
        """Raise ValueError where a count is negative or a part is above its whole."""
        check_part("selected", self.selected, of="total", whole=self.total)
        check_part("other_selected", self.other_selected, of="other_total", whole=self.other_total)


def wilson(successes: int, trials: int, *, confidence: float = 0.95) -> Interval | None:
    """Return the two-sided Wilson score interval, None without trials.

    Raises ValueError where more succeed than were tried, or where the confidence is not
    between 0 and 1. After Wilson (1927), Journal of the American Statistical Association 22.
    """
    check_part("successes", successes, of="trials", whole=trials)
    if not 0 < confidence < 1:
        raise ValueError(
            f"confidence: {confidence} cannot be; give a share between 0 and 1, as 0.95"
        )
    if not trials:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, wide = successes / trials, z * z / trials
    middle = (share + wide / 2) / (1 + wide)
    half = z / (1 + wide) * sqrt(share * (1 - share) / trials + wide / (4 * trials))
    return Interval(
        lower=max(0.0, middle - half) if successes else 0.0,
        upper=min(1.0, middle + half) if successes < trials else 1.0,
    )


def fisher(table: Table) -> float:
    """Return the two-sided p of Fisher's exact test: how likely is a table as rare, by chance.

    The sum over every table with the same margins that is not likelier than this one, each
    weighed against the likeliest, so that large counts neither overflow nor take long.
    After Fisher (1922), Journal of the Royal Statistical Society 85; 1 where a margin is empty.
    """
    chosen = table.selected + table.other_selected
    least, most = max(0, chosen - table.other_total), min(chosen, table.total)
    mode = (chosen + 1) * (table.total + 1) // (table.total + table.other_total + 2)
    mode = min(max(mode, least), most)
    weights = {mode: 1.0, **dict(_below(table, mode, least)), **dict(_above(table, mode, most))}
    limit = weights.get(table.selected, 0.0) * (1 + TIE)
    rare = fsum(weight for weight in weights.values() if weight <= limit)
    return min(1.0, rare / fsum(weights.values()))


def _above(table: Table, mode: int, most: int) -> Iterator[tuple[int, float]]:
    """Yield the tables above the likeliest with their weight, until it is gone."""
    chosen, weight = table.selected + table.other_selected, 1.0
    for selected in range(mode, most):
        weight *= (table.total - selected) * (chosen - selected)
        weight /= (selected + 1) * (table.other_total - chosen + selected + 1)
        if weight < GONE:
            return
        yield selected + 1, weight


def _below(table: Table, mode: int, least: int) -> Iterator[tuple[int, float]]:
    """Yield the tables below the likeliest with their weight, until it is gone."""
    chosen, weight = table.selected + table.other_selected, 1.0
    for selected in range(mode, least, -1):
        weight *= selected * (table.other_total - chosen + selected)
        weight /= (table.total - selected + 1) * (chosen - selected + 1)
        if weight < GONE:
            return
        yield selected - 1, weight
