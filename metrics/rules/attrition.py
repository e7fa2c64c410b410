"""Do people leave affected roles more than comparable ones: both annualised, and their gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from metrics.rules.quantities import check_at_least

YEAR = 12  # months


@dataclass(frozen=True)
class Month:
    """What is known of a group in one month: people who chose to leave, and the headcount.

    Raises ValueError for a count below 0.
    """

    leavers: int
    headcount: float

    def __post_init__(self) -> None:
        """Judge the counts."""
        check_at_least(0, leavers=self.leavers, headcount=self.headcount)


@dataclass(frozen=True)
class Attrition:
    """Annualised percent of both groups and the difference in percentage points."""

    affected: float | None
    comparison: float | None
    difference: float | None


def annualised(months: Sequence[Month]) -> float | None:
    """Return voluntary leavers / average headcount * 12 / months, in percent.

    A month that nobody told of is left out, never taken for one without leavers. None without
    any month and without any people.
    """
    people = fsum(month.headcount for month in months)
    if not people:
        return None
    average = people / len(months)
    return 100 * sum(month.leavers for month in months) / average * YEAR / len(months)


def attrition(affected: Sequence[Month], comparison: Sequence[Month]) -> Attrition:
    """Compare affected roles with comparable ones; without both there is no difference."""
    here, there = annualised(affected), annualised(comparison)
    if here is None or there is None:
        return Attrition(here, there, None)
    return Attrition(here, there, here - there)
