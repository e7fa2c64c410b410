"""Who takes on what a leaver leaves open: somebody of the same side who is here."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kernel.refusals import Blocker
from people.choices import Side


@dataclass(frozen=True, kw_only=True)
class HandoverFacts:
    """What must be known before a commitment is handed to somebody.

    `side` is the one that the leaver works for in that initiative, None where for neither.
    """

    side: Side | None
    is_active: bool
    is_same_person: bool
    other_sides: Collection[Side]


def blockers_to_hand_over(facts: HandoverFacts) -> Iterator[Blocker]:
    """Yield every reason why this commitment is not handed to this person."""
    if not facts.is_active:
        yield Blocker("inactive", "Whoever takes it on must be here.")
    if facts.is_same_person:
        yield Blocker("same_person", "Hand it to somebody else than who leaves.")
    if facts.side and any(side != facts.side for side in facts.other_sides):
        text = f"It stays with {facts.side.label}: this person is on the other side."
        yield Blocker("other_side", text)
