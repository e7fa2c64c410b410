"""The joint order: what the scores propose, moved by hand, and what a quarter takes on."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from initiatives.rules.opportunities import blockers_of_reason
from kernel.calendars import quarter_after, quarter_of
from kernel.refusals import Blocker
from people.choices import Side

MOST_SHORTLISTED = 20
QUARTERS_AHEAD = 4


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One scored initiative. `move` is the place it was moved to, `moved` counts the moves."""

    key: int
    number: int
    priority: Decimal
    gap: Decimal
    move: int | None = None
    moved: int = 0


def proposed_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the order that the scores alone make: highest priority first.

    Of two with the same priority the one that the sides see more alike comes first, then the
    older one.
    """
    return sorted(candidates, key=lambda one: (-one.priority, one.gap, one.number))


def joint_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the order with every move by hand in it.

    What was moved stands at its place, the rest keep the proposed order around it. Of two moved
    to the same place the one moved last stands there, the other one after it.
    """
    proposed = proposed_order(candidates)
    order = [one for one in proposed if one.move is None]
    moved = [(one.move, -one.moved, one) for one in proposed if one.move is not None]
    taken = 0
    for place, _, one in sorted(moved, key=lambda item: item[:2]):
        taken = min(max(place - 1, taken), len(order))
        order.insert(taken, one)
        taken += 1
    return order


@dataclass(frozen=True, kw_only=True)
class MoveFacts:
    """What decides whether a key holder may move an initiative in the joint order."""

    is_revealed: bool
    is_over: bool
    place: int | None
    current: int | None
    total: int
    reason: str


def blockers_to_move(facts: MoveFacts) -> Iterator[Blocker]:
    """Yield every reason why the initiative is not moved so; without a place it goes back."""
    if facts.is_over:
        yield Blocker("over", "This initiative has ended and is not ranked any more.")
    if not facts.is_revealed:
        yield Blocker("not_revealed", "It is ranked once both sides have scored it.")
    if facts.place is None:
        if facts.current is None:
            yield Blocker("not_moved", "It stands where the scores put it already.", "place")
    elif not 1 <= facts.place <= max(facts.total, 1):
        yield Blocker("place", f"Give a place from 1 to {max(facts.total, 1)}.", "place")
    elif facts.place == facts.current:
        yield Blocker("same_place", "It was moved to that place already.", "place")
    yield from blockers_of_reason(facts.reason, "reason")


def quarters_from(today: date, fiscal_month: int) -> tuple[date, ...]:
    """Return the quarters that a shortlist can be made for: this one and those to come."""
    found = [quarter_of(today, fiscal_month)]
    for _ in range(QUARTERS_AHEAD):
        found.append(quarter_after(found[-1]))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class ShortlistFacts:
    """What decides whether a key holder may propose this shortlist."""

    quarter: date
    today: date
    fiscal_month: int
    chosen: Sequence[int]
    ranked: Collection[int]
    words: str
    agreed: Collection[int] = ()


def blockers_to_shortlist(facts: ShortlistFacts) -> Iterator[Blocker]:
    """Yield every reason why this shortlist cannot be proposed."""
    if facts.quarter not in quarters_from(facts.today, facts.fiscal_month):
        yield Blocker("quarter", "Choose this quarter or one of the next four.", "quarter")
    if not facts.chosen:
        yield Blocker("nothing", "Choose at least one initiative.", "chosen")
    if len(facts.chosen) > MOST_SHORTLISTED:
        yield Blocker("too_many", f"Choose at most {MOST_SHORTLISTED}.", "chosen")
    if set(facts.chosen) - set(facts.ranked):
        yield Blocker(
            "not_ranked",
            "One of them is not ranked any more: it has ended, or is not scored. Choose again.",
            "chosen",
        )
    if facts.chosen and set(facts.chosen) == set(facts.agreed):
        yield Blocker("same", "Just this list is agreed for that quarter already.", "chosen")
    if facts.words:
        yield from blockers_of_reason(facts.words, "words")


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """What decides whether a key holder may answer a shortlist."""

    side: Side
    person_key: UUID | None
    proposer_side: Side
    proposer_key: UUID
    is_answered: bool
    is_newest: bool
    is_agreed: bool
    reason: str


def blockers_to_answer(facts: AnswerFacts) -> Iterator[Blocker]:
    """Yield every reason why this word on a shortlist does not count: it takes two people."""
    if facts.side == facts.proposer_side:
        yield Blocker("own_side", "Your side proposed it. The other side answers.")
    elif facts.person_key == facts.proposer_key:
        yield Blocker("own_list", "You proposed it yourself. It takes two people.")
    if facts.is_answered:
        yield Blocker("answered", "It has been answered already.")
    elif not facts.is_newest:
        yield Blocker("replaced", "A newer list for this quarter has taken its place.")
    if not facts.is_agreed or facts.reason:
        yield from blockers_of_reason(facts.reason, "reason")
