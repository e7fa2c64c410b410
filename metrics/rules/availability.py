"""How often it worked: good events of all events, and how much of the error budget is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from metrics.rules.quantities import check_at_least, check_part


@dataclass(frozen=True)
class Events:
    """The requests of one window; raises ValueError where more were good than valid."""

    good: int
    valid: int

    def __post_init__(self) -> None:
        """Judge the counts."""
        check_part("good", self.good, of="valid", whole=self.valid)

    @property
    def bad(self) -> float:
        """What failed."""
        return self.valid - self.good

    @property
    def all(self) -> float:
        """What counts."""
        return self.valid


@dataclass(frozen=True)
class Minutes:
    """The minutes of one window where events are not counted.

    `outage` leaves planned work out; that is not held against the service where it was announced,
    and counts as outage where it was not. Raises ValueError for more minutes lost than agreed.
    """

    agreed: float
    outage: float
    planned: float = 0
    announced: bool = False

    def __post_init__(self) -> None:
        """Judge the minutes."""
        check_at_least(0, outage=self.outage, planned=self.planned)
        lost = self.outage + self.planned
        check_part("outage and planned", lost, of="agreed", whole=self.agreed)

    @property
    def bad(self) -> float:
        """What failed."""
        return self.outage if self.announced else self.outage + self.planned

    @property
    def all(self) -> float:
        """What counts."""
        return self.agreed - self.planned if self.announced else self.agreed


@dataclass(frozen=True)
class Availability:
    """`percent` from 0 to 100; `budget_used` 1.0 is all that the target allows to fail."""

    percent: float
    budget_used: float


def availability(
    windows: Iterable[Events] | Iterable[Minutes], *, target: float
) -> Availability | None:
    """Sum windows up, then divide: daily percentages are never averaged. None without any.

    `target` is in percent, below 100; budget used is (1 - SLI) / (1 - SLO). Raises ValueError for
    a target that leaves no budget. After Beyer et al., Site Reliability Engineering (2016).
    """
    if not 0 < target < 100:  # noqa: PLR2004
        raise ValueError(
            f"target: {target} leaves no budget; give percent above 0 and below 100, as 99.5"
        )
    bad, every = Fraction(0), Fraction(0)
    for window in windows:
        bad, every = bad + Fraction(window.bad), every + Fraction(window.all)
    if not every:
        return None
    failed = bad / every
    budget = 1 - Fraction(str(target)) / 100
    return Availability(percent=float(100 * (1 - failed)), budget_used=float(failed / budget))
