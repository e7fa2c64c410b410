"""Green, amber, red or grey: the kinds of rule of the catalogue, with what the playbook sets.

The default is attainment of a target from a baseline; metrics with a hard limit name thresholds.
Grey is no verdict, and says what is missing (domain note 1.1 and 1.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from metrics.rules.quantities import check_finite
from metrics.rules.thresholds import SAME, Threshold, UnknownReferenceError

GREEN_FROM, AMBER_FROM = 0.95, 0.75


class Colour(StrEnum):
    """What a figure says; grey says nothing."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is known of one metric in one whole period, in its unit; None is unknown, never 0.

    `baseline` was captured before launch. `beside` holds the figures that are judged with it
    (lower bound, response rate, count of severe cases), `state` a verdict reached elsewhere.
    `cases` counts what the figure rests on. Raises ValueError for a number that is not finite.
    """

    value: float | None = None
    target: float | None = None
    baseline: float | None = None
    direction: Direction = Direction.HIGHER
    beside: Mapping[str, float] = field(default_factory=dict)
    state: str = ""
    cases: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no number."""
        named = {"value": self.value, "target": self.target, "baseline": self.baseline}
        known = {name: number for name, number in named.items() if number is not None}
        check_finite(**known, **self.beside)

    def named(self, name: str) -> float | None:
        """Return the value, or the figure beside it, or None."""
        return self.value if name == "value" else self.beside.get(name)

    def meets(self, threshold: Threshold, *, by: str = "value") -> bool:
        """Tell whether a figure is known and meets a threshold.

        Raises UnknownReferenceError where that stands on a target or baseline not known.
        """
        number = self.named(by)
        return number is not None and threshold.is_met(
            number, target=self.target, baseline=self.baseline
        )


@dataclass(frozen=True)
class Shade:
    """A colour before anything holds it back, and the key of a reason, which grey always has."""

    colour: Colour
    reason: str = ""

    @classmethod
    def without(cls, name: str) -> "Shade":
        """Return grey for want of a figure."""
        return cls(Colour.GREY, "missing" if name == "value" else f"no_{name}")


@dataclass(frozen=True, kw_only=True)
class Attainment:
    """The share of the way from baseline to target: green from 0.95, amber from 0.75.

    Raises ValueError unless green asks for more than amber.
    """

    green: float = GREEN_FROM
    amber: float = AMBER_FROM

    def __post_init__(self) -> None:
        """Refuse shares in the wrong order."""
        if not self.amber < self.green:
            raise ValueError(
                f"green: {self.green} is not above amber, {self.amber}; give a higher one"
            )

    def shade(self, figures: Figures) -> Shade:
        """Return the colour, grey without value, target or baseline."""
        for name in ("value", "target", "baseline"):
            if getattr(figures, name) is None:
                return Shade.without(name)
        reached = attainment(figures) + SAME
        if reached >= self.green:
            return Shade(Colour.GREEN)
        return Shade(Colour.AMBER if reached >= self.amber else Colour.RED)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Two thresholds: green, else amber, else red. Without `amber` all the rest is amber.

    Both are met `by` the value, or by the figure beside it that is named; the first by
    `green_by`, where that is another one, as a lower bound.
    """

    green: Threshold
    amber: Threshold | None = None
    by: str = "value"
    green_by: str = ""

    def shade(self, figures: Figures) -> Shade:
        """Return the colour, grey without the figures or what a threshold stands on."""
        green_by = self.green_by or self.by
        for name in (self.by, green_by):
            if figures.named(name) is None:
                return Shade.without(name)
        try:
            if figures.meets(self.green, by=green_by):
                return Shade(Colour.GREEN)
            is_amber = self.amber is None or figures.meets(self.amber, by=self.by)
        except UnknownReferenceError as error:
            return Shade.without(str(error))
        return Shade(Colour.AMBER if is_amber else Colour.RED)


@dataclass(frozen=True, kw_only=True)
class Band:
    """Green from `low` to `high`, both included; amber outside."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a band without room."""
        if self.low >= self.high:
            raise ValueError(f"high: {self.high} is not above low, {self.low}; give a higher one")

    def shade(self, figures: Figures) -> Shade:
        """Return the colour, grey without a value."""
        if figures.value is None:
            return Shade.without("value")
        bounds = (Threshold(">=", self.low), Threshold("<=", self.high))
        is_inside = all(figures.meets(one) for one in bounds)
        return Shade(Colour.GREEN if is_inside else Colour.AMBER)


@dataclass(frozen=True, kw_only=True)
class Several:
    """Some thresholds, each on the value or a figure beside it: green all, red none of them.

    Raises ValueError with fewer than two, which leave no amber.
    """

    met: Mapping[str, Threshold]

    def __post_init__(self) -> None:
        """Refuse one alone."""
        if len(self.met) < 2:  # noqa: PLR2004
            raise ValueError(f"met: {len(self.met)} figures are too few; name two or more")

    def shade(self, figures: Figures) -> Shade:
        """Return the colour, grey without the value or what a threshold stands on."""
        if figures.value is None:
            return Shade.without("value")
        try:
            met = [figures.meets(threshold, by=name) for name, threshold in self.met.items()]
        except UnknownReferenceError as error:
            return Shade.without(str(error))
        if all(met):
            return Shade(Colour.GREEN)
        return Shade(Colour.AMBER if any(met) else Colour.RED)


@dataclass(frozen=True, kw_only=True)
class States:
    """A verdict that another rule has reached, and its colour; any other state is grey."""

    colours: Mapping[str, Colour]

    def shade(self, figures: Figures) -> Shade:
        """Return the colour of the state."""
        if figures.state not in self.colours:
            return Shade(Colour.GREY, figures.state or "missing")
        return Shade(self.colours[figures.state])


Kind = Attainment | Limits | Band | Several | States


def attainment(figures: Figures) -> float:
    """Return how much of the way from baseline to target is done: (v - b) / (T - b).

    Below 0 where it went the other way. A value as good as the target has done it all, also
    where the target is to hold the baseline or lies behind it; short of such a target, nothing.
    Raises ValueError without value, target and baseline, and for a band: no way leads through it.
    """
    value, target, baseline = figures.value, figures.target, figures.baseline
    if value is None or target is None or baseline is None:
        raise ValueError(
            f"value: {value} with target {target}, baseline {baseline}; give all three"
        )
    if figures.direction == Direction.BAND:
        raise ValueError("direction: band cannot be; choose higher or lower, or judge by a band")
    sign = 1 if figures.direction == Direction.HIGHER else -1
    way = sign * (target - baseline)
    if way <= 0:
        return 1.0 if sign * value >= sign * target else 0.0
    return sign * (value - baseline) / way
