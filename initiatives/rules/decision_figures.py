"""What logged decisions add up to in a month. What nobody knows is counted, never guessed."""

from dataclasses import dataclass
from datetime import date

# Of fewer a share says more about the few than about the AI.
SMALLEST = 10
ALL = 100


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How many decisions there were, by the AI's share, and how often a person overrode it."""

    advised: int = 0
    confirmed: int = 0
    alone: int = 0
    overridden: int = 0
    kept: int = 0
    month: date | None = None

    @property
    def total(self) -> int:
        """All of them."""
        return self.advised + self.confirmed + self.alone

    @property
    def shares(self) -> tuple[tuple[int, str], ...]:
        """How many the AI advised on, decided with a person's word, and alone; and of 100."""
        counts = (self.advised, self.confirmed, self.alone)
        return tuple((count, percent(count, self.total)) for count in counts)

    @property
    def unknown(self) -> int:
        """Those of which nobody knows whether a person overrode them."""
        return self.total - self.known

    @property
    def known(self) -> int:
        """Those of which it is known."""
        return self.overridden + self.kept

    @property
    def override_rate(self) -> str:
        """The overridden among those that are known; "" for too few of them."""
        return percent(self.overridden, self.known)


def percent(part: int, whole: int) -> str:
    """Return a share of 100, rounded half up; "" below the smallest group.

    Only none is 0%, and only all is 100%: a person who looks for rubber-stamping must see it.
    """
    if whole < SMALLEST:
        return ""
    rounded = (200 * part + whole) // (2 * whole)
    if part and not rounded:
        return "under 1%"
    if part < whole and rounded == ALL:
        return "over 99%"
    return f"{rounded}%"
