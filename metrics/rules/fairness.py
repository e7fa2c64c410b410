"""Is one group selected less often than another: four fifths, and whether chance explains it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from metrics.rules.colours import Colour
from metrics.rules.counts import refuse_repeats
from metrics.rules.proportions import Table, fisher
from metrics.rules.quantities import check_part

# Worst first.
ORDER = (Colour.RED, Colour.AMBER, Colour.GREEN)


@dataclass(frozen=True)
class Group:
    """How many of a group were judged, and how many of them selected (or scored above median).

    Raises ValueError where more were selected than judged.
    """

    key: str
    selected: int
    total: int

    def __post_init__(self) -> None:
        """Judge the counts."""
        check_part(f"selected of {self.key}", self.selected, of="total", whole=self.total)


@dataclass(frozen=True)
class Limits:
    """What makes a group reportable, and where a ratio changes its colour.

    `share` is of everybody judged whose group is known; `legal` is the four-fifths screen.
    """

    least: int = 30
    share: Fraction = Fraction(2, 100)
    green: Fraction = Fraction(9, 10)
    legal: Fraction = Fraction(8, 10)
    alpha: float = 0.05


DEFAULT = Limits()


class Lack(StrEnum):
    """Why there is no ratio: one reportable group has nothing beside it, or nobody was selected."""

    GROUPS = "groups"
    SELECTIONS = "selections"


@dataclass(frozen=True)
class Impact:
    """A group beside the most selected one: `rate` and `ratio` as shares, p of Fisher's test.

    `flips` tells that one more selection in the group would change its colour.
    """

    group: str
    rate: float
    ratio: float
    p: float
    colour: Colour
    flips: bool


@dataclass(frozen=True)
class Fairness:
    """The verdict on one attribute: `indicative` groups are too small to be judged.

    Without a reference there are no impacts, no colour and a lack.
    """

    reference: str | None
    impacts: tuple[Impact, ...]
    indicative: tuple[str, ...]
    lack: Lack | None = None

    @property
    def colour(self) -> Colour | None:
        """The worst colour of any group."""
        found = {impact.colour for impact in self.impacts}
        return next((colour for colour in ORDER if colour in found), None)


def judge_fairness(groups: Iterable[Group], *, limits: Limits = DEFAULT) -> Fairness:
    """Compare each reportable group of one attribute with the most selected reportable one.

    One attribute, or one intersection of two, at a time; people whose group is unknown are left
    out. Raises ValueError where a group comes twice. After 29 CFR 1607.4(D) and 6 RCNY 5-300.
    """
    known = sorted(groups, key=lambda group: group.key)
    refuse_repeats("group", (group.key for group in known))
    everybody = sum(group.total for group in known)
    reportable = [group for group in known if _is_reportable(group, everybody, limits)]
    indicative = tuple(group.key for group in known if group not in reportable)
    if len(reportable) <= 1:
        return Fairness(None, (), indicative, Lack.GROUPS)
    best = max(reportable, key=lambda group: (_rate(group), group.total))
    if not best.selected:
        return Fairness(None, (), indicative, Lack.SELECTIONS)
    others = (group for group in reportable if group is not best)
    impacts = tuple(_impact(group, best, limits) for group in others)
    return Fairness(best.key, impacts, indicative)


def _is_reportable(group: Group, everybody: int, limits: Limits) -> bool:
    return group.total >= max(limits.least, 1) and group.total >= limits.share * everybody


def _rate(group: Group) -> Fraction:
    return Fraction(group.selected, group.total)


def _impact(group: Group, best: Group, limits: Limits) -> Impact:
    colour = _colour(group, best, limits)
    can_flip = group.selected < group.total
    more = Group(group.key, group.selected + can_flip, group.total)
    return Impact(
        group=group.key,
        rate=float(_rate(group)),
        ratio=float(_rate(group) / _rate(best)),
        p=_p(group, best),
        colour=colour,
        flips=_colour(more, best, limits) != colour,
    )


def _colour(group: Group, best: Group, limits: Limits) -> Colour:
    """Return green near parity, red where the screen fails and chance does not explain it."""
    ratio = _rate(group) / _rate(best)
    if ratio >= limits.green:
        return Colour.GREEN
    if ratio >= limits.legal or _p(group, best) >= limits.alpha:
        return Colour.AMBER
    return Colour.RED


def _p(group: Group, best: Group) -> float:
    return fisher(Table(group.selected, group.total, best.selected, best.total))
