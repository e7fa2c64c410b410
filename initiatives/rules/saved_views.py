"""A view of the table under a name of one's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from kernel.refusals import Blocker

NAME_LENGTH = 60
QUERY_LENGTH = 2_000
MOST = 30


@dataclass(frozen=True)
class ViewFacts:
    """What decides whether a view may be kept under this name."""

    name: str
    query: str = ""
    is_taken: bool = False
    kept: int = 0


def blockers_to_save(facts: ViewFacts) -> Iterator[Blocker]:
    """Yield every reason why the view cannot be kept so."""
    yield from blockers_to_name(facts)
    if len(facts.query) > QUERY_LENGTH:
        yield Blocker("query_too_long", "These filters are too long to keep.", "name")
    if facts.kept >= MOST:
        yield Blocker("full", f"You keep {MOST} views. Delete one first.", "name")


def blockers_to_name(facts: ViewFacts) -> Iterator[Blocker]:
    """Yield every reason why a view cannot be called so."""
    if not facts.name:
        yield Blocker("name_missing", "Give the view a name.", "name")
    if len(facts.name) > NAME_LENGTH:
        yield Blocker("name_too_long", f"A name has at most {NAME_LENGTH} characters.", "name")
    if facts.is_taken:
        yield Blocker("name_taken", f"You have a view called “{facts.name}” already.", "name")
