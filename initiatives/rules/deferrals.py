"""Who may leave something to whom: what belongs to both sides, and was not left to oneself."""

from collections.abc import Iterator
from dataclasses import dataclass

from initiatives.rules.memberships import JOINT
from kernel.refusals import Blocker
from people.choices import Side


@dataclass(frozen=True, kw_only=True)
class DeferralFacts:
    """Whose the place is, which side acts, and which side has left it to the other by now."""

    owner: str
    side: Side
    left_by: Side | None
    is_over: bool


def blockers_to_leave(facts: DeferralFacts) -> Iterator[Blocker]:
    """Yield every reason why the side cannot leave it to the other."""
    if facts.is_over:
        yield Blocker("over", "This initiative has ended. Its record stays as it is.")
    if facts.owner != JOINT:
        yield Blocker("not_joint", "This belongs to one side alone already.")
    if facts.left_by == facts.side:
        yield Blocker("left", "Your side has left this to the other already.")
    elif facts.left_by is not None:
        yield Blocker(
            "left_to_you",
            "The other side has left this to yours. Ask them, if you see it otherwise.",
        )


def blockers_to_take_back(facts: DeferralFacts) -> Iterator[Blocker]:
    """Yield every reason why the side cannot take it back."""
    if facts.is_over:
        yield Blocker("over", "This initiative has ended. Its record stays as it is.")
    if facts.left_by != facts.side:
        yield Blocker("not_left", "Your side has not left this to the other.")
