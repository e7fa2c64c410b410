"""Scoring apart and seeing together: who scores, what comes out, and what must be talked over."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kernel.refusals import Blocker
from people.choices import Side
from playbook.scoring import HIGHEST, LOWEST, ScoreCriterion, ScoreSheet

LEAST_WORDS, MOST_WORDS = 10, 2_000
HUNDREDTH = Decimal("0.01")

Values = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one side puts an initiative on the plot, each a mean from 1 to 5."""

    feasible: Decimal
    needed: Decimal


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came out when both sides were shown."""

    technology: Place
    people: Place
    priority: Decimal
    gap: Decimal
    to_discuss: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One joint criterion with what each side gave it."""

    criterion: ScoreCriterion
    technology: int
    people: int

    @property
    def distance(self) -> int:
        """How far apart the two sides are."""
        return abs(self.technology - self.people)


@dataclass(frozen=True, kw_only=True)
class ScoringFacts:
    """What decides whether somebody may give these scores."""

    values: Values
    sheet: Sequence[ScoreCriterion]
    is_revealed: bool = False
    is_over: bool = False


def blockers_to_score(facts: ScoringFacts) -> Iterator[Blocker]:
    """Yield every reason why these scores cannot be given; each names its criterion."""
    if facts.is_over:
        yield Blocker("over", "This initiative has ended. Nothing is scored on it any more.")
    if not facts.sheet:
        yield Blocker(
            "no_sheet",
            "The playbook in force names nothing to score. Adopt the edition that does.",
        )
    if facts.is_revealed:
        yield Blocker(
            "revealed",
            "Both sides were shown meanwhile, so the scores are fixed. Whoever holds a key can"
            " open another scoring, with a reason.",
        )
    known = {one.key for one in facts.sheet}
    if facts.sheet and not facts.values:
        yield Blocker("nothing", "Score at least one criterion.", facts.sheet[0].key)
    for key, value in facts.values.items():
        if key not in known:
            yield Blocker("not_yours", f"“{key}” is not for your side to score.")
        elif isinstance(value, bool) or not LOWEST <= value <= HIGHEST:
            yield Blocker("scale", f"Choose {LOWEST} to {HIGHEST}.", key)


def is_complete(sheet: Iterable[ScoreCriterion], given: Collection[str]) -> bool:
    """Tell whether a side has scored everything that is its to score."""
    return all(one.key in given for one in sheet)


def outcome_of(sheet: ScoreSheet, given: Mapping[Side, Values]) -> Outcome:
    """Return what two complete sides amount to.

    A side's scores on an axis are averaged, every criterion counting the same; the priority is
    the mean of what both sides gave, each side counting the same however many criteria it scores.
    It is never shown without the gap: the wider of the distances on the two axes. The formula is
    the practice's own default and an aid for talking, not a measurement.
    """
    technology, people = (_place(sheet, side, given[side]) for side in Side)
    means = [_mean([given[side][one.key] for one in sheet.of(side)]) for side in Side]
    return Outcome(
        technology=technology,
        people=people,
        priority=_rounded(sum(means, Decimal()) / len(means)),
        gap=max(abs(technology.feasible - people.feasible), abs(technology.needed - people.needed)),
        to_discuss=tuple(
            one.criterion.key
            for one in differences(sheet, given)
            if one.distance >= sheet.discuss_from
        ),
    )


def differences(sheet: ScoreSheet, given: Mapping[Side, Values]) -> tuple[Difference, ...]:
    """Return what both sides scored, in the order of the playbook."""
    return tuple(
        Difference(
            criterion=one,
            technology=given[Side.TECHNOLOGY][one.key],
            people=given[Side.PEOPLE][one.key],
        )
        for one in sheet.criteria
        if one.is_joint
    )


@dataclass(frozen=True, kw_only=True)
class TalkFacts:
    """What decides whether a talk about a difference can be written down."""

    criterion: str
    to_discuss: Collection[str]
    text: str
    is_revealed: bool
    is_over: bool = False


def blockers_to_discuss(facts: TalkFacts) -> Iterator[Blocker]:
    """Yield every reason why this cannot be written down as the talk about a difference."""
    if facts.is_over:
        yield Blocker("over", "This initiative has ended. Its record stays as it is.")
    if not facts.is_revealed:
        yield Blocker("not_revealed", "Both sides are shown first; then there is what to discuss.")
    elif facts.criterion not in facts.to_discuss:
        yield Blocker("no_difference", "The sides are close together here: nothing to discuss.")
    yield from _blockers_of_words(facts.text, "text")


@dataclass(frozen=True, kw_only=True)
class AgainFacts:
    """What decides whether a key holder may open another scoring."""

    is_revealed: bool
    reason: str
    is_over: bool = False


def blockers_to_score_again(facts: AgainFacts) -> Iterator[Blocker]:
    """Yield every reason why no other scoring is opened now."""
    if facts.is_over:
        yield Blocker("over", "This initiative has ended. Nothing is scored on it any more.")
    if not facts.is_revealed:
        yield Blocker("not_revealed", "The scoring that is open is not finished yet.")
    yield from _blockers_of_words(facts.reason, "reason")


@dataclass(frozen=True, kw_only=True)
class ScoredFacts:
    """How far the newest scoring of an initiative has come."""

    given: Mapping[Side, int]
    of: Mapping[Side, int]
    is_revealed: bool
    open_differences: int


def why_not_scored(facts: ScoredFacts) -> str:
    """Return what gate 1 still misses of the scores; "" when nothing."""
    if not facts.is_revealed:
        far = ", ".join(f"{side.label} {facts.given[side]} of {facts.of[side]}" for side in Side)
        return f"Scored so far: {far}."
    if facts.open_differences:
        count = facts.open_differences
        wide = "One wide difference is" if count == 1 else f"{count} wide differences are"
        return f"{wide} not talked over yet."
    return ""


def blockers_of_reason(text: str, field: str) -> Iterator[Blocker]:
    """Yield why a reason does not do."""
    yield from _blockers_of_words(text, field)


def _blockers_of_words(text: str, field: str) -> Iterator[Blocker]:
    if len(text.strip()) < LEAST_WORDS:
        yield Blocker("too_short", f"Write at least {LEAST_WORDS} characters.", field)
    elif len(text) > MOST_WORDS:
        yield Blocker("too_long", f"At most {MOST_WORDS:,} characters.", field)


def _place(sheet: ScoreSheet, side: Side, values: Values) -> Place:
    def on(axis: str) -> Decimal:
        return _rounded(_mean([values[one.key] for one in sheet.of(side) if one.axis == axis]))

    return Place(feasible=on("feasible"), needed=on("needed"))


def _mean(values: Sequence[int]) -> Decimal:
    return Decimal(sum(values)) / len(values)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
