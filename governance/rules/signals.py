"""What the record shows between the two sides: counted and dated, never a grade of anybody."""

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from people.choices import Office, Side

REPEATED = 2
"""From the second fact before its gate on, within twelve months, it is the sponsor's."""
ON_DESK = timedelta(days=30)
"""How long it stands on the sponsor's desk, counted from the latest such fact."""
SPONSOR = "sponsor"
READERS = frozenset(Office) - {Office.ADMINISTRATOR}
"""Who decides and who checks. An administrator keeps logins, and holds no side to account."""


@dataclass(frozen=True)
class EarlyFact:
    """A fact that came before the gate that authorises it; `side` entered it, None is unknown."""

    side: Side | None
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class Lag:
    """How often one side's half of the inputs came after the other's, and by how many days."""

    side: Side
    days: tuple[int, ...]

    @property
    def count(self) -> int:
        """Return how often it was so."""
        return len(self.days)

    @property
    def middle(self) -> int:
        """Return the days in the middle, rounded; only where there are any."""
        return round(median(self.days))

    @property
    def longest(self) -> int:
        """Return the most days; only where there are any."""
        return max(self.days)


def year_before(at: datetime) -> datetime:
    """Return the same moment twelve months before; for 29 February, on the 28th."""
    is_leap_day = (at.month, at.day) == (2, 29)
    return at.replace(year=at.year - 1, day=28 if is_leap_day else at.day)


def repeated(facts: Iterable[EarlyFact], at: datetime) -> dict[Side, int]:
    """Return how often in the twelve months until then, of each side with whom it is repeated.

    What nobody knows the side of is nobody's repetition.
    """
    since = year_before(at)
    sides = [one.side for one in facts if since < one.recorded_at <= at]
    counts = {side: sides.count(side) for side in Side}
    return {side: count for side, count in counts.items() if count >= REPEATED}


def begins_repeating(before: Collection[EarlyFact], fact: EarlyFact) -> bool:
    """Tell whether this fact makes it a repetition: the sponsor is told of that one alone."""
    if fact.side is None:
        return False
    since = year_before(fact.recorded_at)
    same = [one for one in before if one.side == fact.side and one.recorded_at > since]
    return len(same) + 1 == REPEATED


def is_on_desk(latest: datetime, at: datetime) -> bool:
    """Tell whether the sponsor still reads it at home; the page keeps it for the whole year."""
    return at - latest < ON_DESK


def lags(halves: Iterable[tuple[date | None, date | None]]) -> tuple[Lag, ...]:
    """Return by how many days each side's half came after the other's, where both are in.

    Each pair is the day on which the half of Technology, and that of People, was in.
    """
    both = [(one, other) for one, other in halves if one is not None and other is not None]
    technology = sorted((one - other).days for one, other in both if one > other)
    people = sorted((other - one).days for one, other in both if other > one)
    return (
        Lag(side=Side.TECHNOLOGY, days=tuple(technology)),
        Lag(side=Side.PEOPLE, days=tuple(people)),
    )


def next_in_disagreement(
    *, silent: Sequence[Side], asked: Side | None, is_late: bool
) -> tuple[str, ...]:
    """Return who is next: the sponsor once its day is over, else who has not said how it sees it.

    `asked` is the side to whom the other one proposes a day, or an end. Else both settle it.
    """
    if is_late:
        return (SPONSOR,)
    if silent:
        return tuple(silent)
    return (asked,) if asked is not None else tuple(Side)


def unheard_sides(leading: Container[str], vacant: Iterable[Side]) -> tuple[Side, ...]:
    """Return the sides that lead somebody where nobody may sign for them: work without a word."""
    return tuple(side for side in vacant if side in leading)


def reads_signals(offices: Iterable[Office]) -> bool:
    """Tell whether whoever holds these offices reads what stands between the two sides."""
    return not READERS.isdisjoint(offices)
