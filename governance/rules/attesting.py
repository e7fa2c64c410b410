"""Who may give their word for a criterion, and what belongs to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from governance.rules.refusing import LEAST_WORDS, blockers_of_text
from kernel.refusals import Blocker
from playbook.shapes import Criterion

LARGEST = Decimal(10) ** 9


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a person says of one criterion, with its number where it has a unit."""

    is_met: bool
    note: str
    value: Decimal | None = None
    valid_until: date | None = None


def blockers_to_attest(
    criterion: Criterion, word: Word, *, side: str | None, today: date, is_over: bool
) -> Iterator[Blocker]:
    """Yield why this word cannot be given; `side` is the side the person works for here."""
    if is_over:
        yield Blocker("closed", "The initiative is closed.")
    if criterion.proof != "attested":
        yield Blocker("proof", "This point is not proved by anyone's word.")
    if side is None or criterion.side not in (side, "joint"):
        yield Blocker("not_yours", f"Only the {criterion.side} side can answer this.")
    yield from _blockers_of_value(criterion, word)
    if word.valid_until is not None and word.valid_until < today:
        yield Blocker("valid_until", "Choose a day that is not past.", "valid_until")
    yield from blockers_of_text(word.note, field="note", least=LEAST_WORDS)


def _blockers_of_value(criterion: Criterion, word: Word) -> Iterator[Blocker]:
    value = word.value
    if criterion.met_at is None:
        if value is not None:
            yield Blocker("value", "This point has no number.", "value")
        return
    if value is None or not value.is_finite() or not 0 <= value < LARGEST:
        yield Blocker("value", f"Give the number in {criterion.unit}.", "value")
    elif word.is_met != (value >= criterion.met_at):
        yield Blocker(
            "value", f"It counts as met from {criterion.met_at} {criterion.unit}.", "value"
        )
