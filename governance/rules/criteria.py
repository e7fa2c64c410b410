"""Is a gate's bar reached? Verdicts per criterion, and what still stands in the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kernel.refusals import Blocker
from playbook.shapes import Criterion, Gate

SIDES = ("technology", "people")
DECISIVE = ("must", "hard")
WAIVABLE = "must"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is known about one criterion: met or not, with the number given, and until when."""

    is_met: bool
    value: Decimal | None = None
    valid_until: date | None = None
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A piece of evidence that is good until a day, and what it is for."""

    id: int
    label: str
    valid_until: date


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One criterion as it stands."""

    criterion: Criterion
    answer: Answer | None
    excuse: str = ""
    excused_until: date | None = None

    @property
    def is_excused(self) -> bool:
        """Whether it is not met and both sign that this is no obstacle (C4); never a hard stop."""
        return bool(self.excuse) and self.criterion.kind == WAIVABLE and not self.is_met

    @property
    def is_met(self) -> bool:
        """Whether the criterion counts as met. Unknown is not met."""
        if self.answer is None:
            return False
        met_at = self.criterion.met_at
        if met_at is None:
            return self.answer.is_met
        return self.answer.value is not None and self.answer.value >= met_at

    @property
    def stops(self) -> bool:
        """Whether it stands below the line at which the whole gate stops."""
        line = self.criterion.stop_below
        if line is None:
            return False
        return self.answer is None or self.answer.value is None or self.answer.value < line

    @property
    def state(self) -> str:
        """One word: met, unmet, or unknown where nobody has said anything yet."""
        if self.answer is None:
            return "unknown"
        return "met" if self.is_met else "unmet"


def readiness(verdicts: Sequence[Verdict], side: str) -> int | None:
    """Return the weighted share of met criteria of `side` in per cent, rounded down.

    Joint criteria count for both sides. None without any criterion.
    """
    counted = [one for one in verdicts if one.criterion.side in (side, "joint")]
    whole = sum(one.criterion.weight for one in counted)
    met = sum(one.criterion.weight for one in counted if one.is_met)
    return met * 100 // whole if whole else None


def lowest_axis(verdicts: Sequence[Verdict]) -> tuple[str, int] | None:
    """Return the weakest of the four readiness axes with its per cent; never an average."""
    shares = {}
    for axis in {one.criterion.axis for one in verdicts}:
        counted = [one for one in verdicts if one.criterion.axis == axis]
        met = sum(one.criterion.weight for one in counted if one.is_met)
        whole = sum(one.criterion.weight for one in counted)
        if whole:
            shares[axis] = met * 100 // whole
    return min(sorted(shares.items()), key=lambda item: item[1]) if shares else None


def blockers_to_reach(gate: Gate, verdicts: Sequence[Verdict], choice: str) -> Iterator[Blocker]:
    """Yield every reason why the bar of `gate` is not reached; `choice` is gate 4's verdict."""
    for one in verdicts:
        if one.is_excused and may_excuse(gate, one.criterion):
            continue
        if _is_decisive(gate, one.criterion, choice) and not one.is_met:
            yield Blocker(f"criterion.{one.criterion.key}", _explain(one), one.criterion.key)
        elif one.stops:
            line = f"{one.criterion.stop_below} {one.criterion.unit}".strip()
            yield Blocker(
                f"stop.{one.criterion.key}",
                f"“{one.criterion.text}” is below {line}, where the gate stops.",
                one.criterion.key,
            )
    if gate.ready_at is not None:
        yield from _blockers_of_readiness(verdicts, gate.ready_at)


def blockers_of_age(verdicts: Sequence[Verdict], today: date) -> Iterator[Blocker]:
    """Yield every criterion whose proof is out of date on `today`."""
    for one in verdicts:
        if one.is_excused:
            yield from _blockers_of_excuse(one, today)
            continue
        until = one.answer.valid_until if one.answer else None
        if until is not None and until < today:
            yield Blocker(
                f"stale.{one.criterion.key}",
                f"The proof of “{one.criterion.text}” was good until {until:%-d %B %Y}. "
                "Bring a newer one.",
                one.criterion.key,
            )


def blockers_of_old_evidence(pieces: Sequence[Dated], today: date) -> Iterator[Blocker]:
    """Yield every piece of evidence that is out of date on `today` (C3)."""
    for one in pieces:
        if one.valid_until < today:
            yield Blocker(
                f"stale.evidence.{one.id}",
                f"Evidence for “{one.label}” was good until {one.valid_until:%-d %B %Y}. "
                "Add newer evidence, and take this back.",
            )


def may_excuse(gate: Gate, criterion: Criterion) -> bool:
    """Tell whether a criterion can be waived at all: a must, but no launch without its date."""
    is_date = gate.launch_date is not None and gate.launch_date[0] in criterion.slots
    return criterion.kind == WAIVABLE and not is_date


def _blockers_of_excuse(one: Verdict, today: date) -> Iterator[Blocker]:
    until = one.excused_until
    if until is not None and until < today:
        yield Blocker(
            f"waiver.{one.criterion.key}",
            f"“{one.criterion.text}” was waived until {until:%-d %B %Y}. "
            "Meet it, or waive it anew.",
            one.criterion.key,
        )


def _is_decisive(gate: Gate, criterion: Criterion, choice: str) -> bool:
    """Tell whether the gate waits for this criterion; without a date no launch can be signed."""
    if gate.launch_date is not None and gate.launch_date[0] in criterion.slots:
        return True
    if criterion.kind not in DECISIVE:
        return False
    return not criterion.verdicts or choice in criterion.verdicts


def _explain(one: Verdict) -> str:
    if one.answer is None:
        return f"“{one.criterion.text}” has not been answered yet."
    if one.answer.why_not:
        return f"“{one.criterion.text}”: {one.answer.why_not}"
    return f"“{one.criterion.text}” is not met yet."


def _blockers_of_readiness(verdicts: Sequence[Verdict], ready_at: int) -> Iterator[Blocker]:
    for side in SIDES:
        share = readiness(verdicts, side)
        if share is not None and share < ready_at:
            yield Blocker(
                f"ready.{side}",
                f"{side.capitalize()} is {share}% ready; {ready_at}% is needed to launch.",
            )
