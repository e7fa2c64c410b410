"""Who may give their word for a criterion, and what belongs to it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from governance.rules.refusing import LEAST_WORDS, blockers_of_text
from kernel.refusals import Blocker
from playbook.shapes import Criterion

LARGEST = Decimal(10) ** 9


def blockers_to_attest(
    criterion: Criterion,
    *,
    side: str | None,
    is_met: bool,
    value: Decimal | None,
    note: str,
    today: date,
    valid_until: date | None,
    is_over: bool,
) -> Iterator[Blocker]:
    """Yield why this word cannot be given; `side` is the side the person works for here."""
    if is_over:
        yield Blocker("closed", "The initiative is closed.")
    if criterion.proof != "attested":
        yield Blocker("proof", "This point is not proved by anyone's word.")
    if side is None or criterion.side not in (side, "joint"):
        yield Blocker("not_yours", f"Only the {criterion.side} side can answer this.")
    yield from _blockers_of_value(criterion, value, is_met=is_met)
    if valid_until is not None and valid_until < today:
        yield Blocker("valid_until", "Choose a day that is not past.", "valid_until")
    yield from blockers_of_text(note, field="note", least=LEAST_WORDS)


def _blockers_of_value(
    criterion: Criterion, value: Decimal | None, *, is_met: bool
) -> Iterator[Blocker]:
    if criterion.met_at is None:
        if value is not None:
            yield Blocker("value", "This point has no number.", "value")
        return
    if value is None or not value.is_finite() or not 0 <= value < LARGEST:
        yield Blocker("value", f"Give the number in {criterion.unit}.", "value")
    elif is_met != (value >= criterion.met_at):
        yield Blocker(
            "value", f"It counts as met from {criterion.met_at} {criterion.unit}.", "value"
        )
