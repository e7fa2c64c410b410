"""The colour that is shown: the rule of the metric, its provisos, and what holds green back.

A value that is hidden, missing or stale is grey. Without a source, with weak sources, or going
the wrong way for two periods it is amber at best (domain note 1.1 and 1.3).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from metrics.rules.colours import Colour, Direction, Figures, Kind, Shade
from metrics.rules.confidence import Confidence, Ground, bars_to_green, confidence
from metrics.rules.floors import Suppressed
from metrics.rules.freshness import Freshness
from metrics.rules.quantities import check_at_least
from metrics.rules.thresholds import Threshold, UnknownReferenceError

WRONG_WAY_PERIODS = 2
WORST_LAST = (Colour.GREEN, Colour.AMBER, Colour.RED)


@dataclass(frozen=True, kw_only=True)
class Proviso:
    """What the figures beside the value change: where all of `when` is met, `colour` and why.

    The colour is the best that is left; `instead` sets it whatever else is known, as one severe
    case does. Only in one of `states`, if any are named. A figure not known meets nothing, but
    what may decide alone and is not known keeps from green.
    """

    when: Mapping[str, Threshold]
    colour: Colour
    because: str
    instead: bool = False
    states: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse one that would always apply, and one that lowers nothing."""
        if not self.when and not self.states:
            raise ValueError("when: empty; name a figure with its threshold, or states")
        is_grey_alone = self.colour == Colour.GREY and self.instead
        if self.colour not in (Colour.AMBER, Colour.RED) and not is_grey_alone:
            raise ValueError(
                f"colour: {self.colour} holds nothing back; choose amber or red, or grey instead"
            )

    def applies(self, figures: Figures) -> bool:
        """Tell whether it does."""
        if self.states and figures.state not in self.states:
            return False
        try:
            return all(figures.meets(one, by=name) for name, one in self.when.items())
        except UnknownReferenceError:
            return False

    def lacks(self, figures: Figures) -> str:
        """Return a figure without which nobody can tell whether it applies; "" for none."""
        if self.states and figures.state not in self.states:
            return ""
        lacking = ""
        for name, threshold in self.when.items():
            try:
                if figures.named(name) is None:
                    lacking = lacking or name
                elif not figures.meets(threshold, by=name):
                    return ""
            except UnknownReferenceError as error:
                lacking = lacking or str(error)
        return lacking


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How one metric is judged, as its definition says.

    Fewer than `fewest` cases are not judged. `start` is the baseline of what begins at nothing by
    its nature, as take-up does. Raises ValueError where `fewest` is negative.
    """

    kind: Kind
    provisos: tuple[Proviso, ...] = ()
    is_human: bool = False
    fewest: int = 0
    start: float | None = None

    def __post_init__(self) -> None:
        """Judge the limit."""
        check_at_least(0, fewest=self.fewest)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What stands behind the figures: `slopes` are the robust ones, period by period, newest last.

    A slope is None where its period has no value.
    """

    freshness: Freshness
    ground: Ground
    slopes: Sequence[float | None] = ()
    suppressed: Suppressed | None = None

    @property
    def unusable(self) -> str:
        """Why there is nothing to judge; "" where there is."""
        if self.suppressed:
            return "suppressed"
        return "" if self.freshness == Freshness.FRESH else self.freshness.value


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The colour, why it is not better, and what is printed beside it.

    `can_claim_improvement` is False for a human metric without a baseline from before launch.
    """

    colour: Colour
    reasons: tuple[str, ...]
    confidence: Confidence
    can_claim_improvement: bool


def judge(rule: Rule, figures: Figures, evidence: Evidence) -> Judgement:
    """Return how a metric stands in one whole period.

    First what makes it grey, then what decides alone, then its own rule; that is lowered by
    provisos, and from green by weak sources and by the wrong way. Reasons are keys, those that
    came first stand first; `no_baseline` is always told of a human metric that has none.
    """
    if figures.baseline is None:
        figures = replace(figures, baseline=rule.start)
    shade = _shade(rule, figures, evidence)
    colour, reasons = shade.colour, [shade.reason]
    if colour != Colour.GREY:
        for most, reason in _caps(rule, figures, evidence):
            colour = max(colour, most, key=WORST_LAST.index)
            reasons.append(reason)
    is_bare = rule.is_human and figures.baseline is None
    reasons.append("no_baseline" if is_bare else "")
    return Judgement(
        colour=colour,
        reasons=tuple(dict.fromkeys(filter(None, reasons))),
        confidence=confidence(evidence.ground),
        can_claim_improvement=not is_bare,
    )


def goes_wrong_way(slopes: Sequence[float | None], *, direction: Direction) -> bool:
    """Tell whether the robust slopes of the last two periods both lead away from the target.

    A period without a value is no step in either direction. A band has no wrong way.
    """
    last = slopes[-WRONG_WAY_PERIODS:]
    if len(last) < WRONG_WAY_PERIODS or direction == Direction.BAND:
        return False
    worse = -1 if direction == Direction.HIGHER else 1
    return all(slope is not None and slope * worse > 0 for slope in last)


def _shade(rule: Rule, figures: Figures, evidence: Evidence) -> Shade:
    """Return the colour before anything holds it back."""
    if evidence.unusable:
        return Shade(Colour.GREY, evidence.unusable)
    for proviso in rule.provisos:
        if proviso.instead and proviso.applies(figures):
            return Shade(proviso.colour, proviso.because)
    if rule.fewest and (figures.cases is None or figures.cases < rule.fewest):
        return Shade(Colour.GREY, "too_few")
    return rule.kind.shade(figures)


def _caps(rule: Rule, figures: Figures, evidence: Evidence) -> Iterator[tuple[Colour, str]]:
    for proviso in rule.provisos:
        if proviso.instead:
            if lacking := proviso.lacks(figures):
                yield Colour.AMBER, f"no_{lacking}"
        elif proviso.applies(figures):
            yield proviso.colour, proviso.because
    for reason in bars_to_green(evidence.ground):
        yield Colour.AMBER, reason
    if goes_wrong_way(evidence.slopes, direction=figures.direction):
        yield Colour.AMBER, "wrong_way"
