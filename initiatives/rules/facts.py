"""The sequence guard: vendors, money and launch dates come after the gate that authorises them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from initiatives.choices import Breach, FactKind
from initiatives.rules.values import EARLIEST, LATEST
from kernel.refusals import Blocker

GATE_OF: Mapping[FactKind, int] = {
    FactKind.SHORTLIST: 1,
    FactKind.VENDOR_COMMITMENT: 2,
    FactKind.BUDGET_RELEASE: 2,
    FactKind.LAUNCH_SET: 3,
}
WITH_MONEY = frozenset({FactKind.VENDOR_COMMITMENT, FactKind.BUDGET_RELEASE})
TEXT_LIMIT = 1_000
LARGEST_AMOUNT = Decimal("999999999999.99")


@dataclass(frozen=True)
class FactFacts:
    """What decides whether and how a fact is recorded. `gate_passed_on` is its gate's day."""

    kind: FactKind
    happened_on: date
    today: date
    gate_passed_on: date | None = None
    amount: Decimal | None = None
    text: str = ""
    is_over: bool = False


def breach_of(facts: FactFacts) -> Breach | None:
    """Return how the fact stands to its gate; None is in order."""
    if facts.gate_passed_on is None:
        return Breach.GATE_NOT_PASSED
    if facts.happened_on < facts.gate_passed_on:
        return Breach.BEFORE_GATE
    return None


def blockers_to_record(facts: FactFacts) -> Iterator[Blocker]:
    """Yield every reason why the fact cannot be recorded in the ordinary way."""
    breach = breach_of(facts)
    gate = GATE_OF[facts.kind]
    if breach == Breach.GATE_NOT_PASSED:
        yield Blocker(
            "gate_not_passed",
            f"{facts.kind.label}: first gate {gate} must hold both signatures. Did it happen"
            " already? Then record what happened; it will show as out of order.",
        )
    if breach == Breach.BEFORE_GATE:
        yield Blocker(
            "before_gate",
            f"That day is before gate {gate} was passed. Record what happened; it will show as"
            " out of order.",
            "happened_on",
        )
    yield from blockers_to_keep(facts)


def blockers_to_keep(facts: FactFacts) -> Iterator[Blocker]:
    """Yield what is wrong with the fact itself, in order or out of it."""
    if facts.is_over:
        yield Blocker("over", "This initiative is closed. Nothing is recorded on it any more.")
    if not EARLIEST <= facts.happened_on <= LATEST:
        yield Blocker("not_a_date", "Give a day such as 2027-03-31.", "happened_on")
    if facts.kind != FactKind.LAUNCH_SET and facts.happened_on > facts.today:
        yield Blocker("in_future", "That day has not come yet.", "happened_on")
    if facts.amount is not None:
        yield from _blockers_to_amount(facts.kind, facts.amount)
    if len(facts.text) > TEXT_LIMIT:
        yield Blocker("too_long", f"At most {TEXT_LIMIT:,} characters.", "text")
    if facts.kind == FactKind.SHORTLIST and not facts.text.strip():
        yield Blocker("text_missing", "Name the vendors on the shortlist.", "text")


def _blockers_to_amount(kind: FactKind, amount: Decimal) -> Iterator[Blocker]:
    if kind not in WITH_MONEY:
        yield Blocker("no_amount", "No amount belongs to this.", "amount")
    yield from blockers_to_price(amount, "amount")


def blockers_to_price(amount: Decimal, field: str) -> Iterator[Blocker]:
    """Yield what is wrong with an amount of money."""
    if not amount.is_finite() or not 0 < amount <= LARGEST_AMOUNT:
        yield Blocker("amount_out_of_range", "Give an amount above zero.", field)
    elif amount != amount.quantize(Decimal("0.01")):
        yield Blocker("amount_too_fine", "Two decimals at most.", field)
