"""Who may say what in a thread, and who says that it is answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from kernel.refusals import Blocker
from people.choices import Side

LONGEST = 2_000


@dataclass(frozen=True, kw_only=True)
class PostFacts:
    """What decides whether a post can be made: a question, or an answer in an open thread."""

    text: str
    is_over: bool = False
    is_open: bool = True


@dataclass(frozen=True, kw_only=True)
class CloserFacts:
    """What decides whether a person says of a thread that it is closed, or open again.

    `asker_is_here` while the asker still works for the side that asked; `has_key` of that side.
    """

    is_asker: bool
    asker_is_here: bool
    has_key: bool
    is_over: bool = False


def other_side(side: Side) -> Side:
    """Return the side across."""
    return Side.PEOPLE if side == Side.TECHNOLOGY else Side.TECHNOLOGY


def blockers_to_post(facts: PostFacts) -> Iterator[Blocker]:
    """Yield every reason why the words cannot stand in the thread."""
    if facts.is_over:
        yield Blocker("over", "This initiative has ended. Its record stays as it is.")
    if not facts.is_open:
        yield Blocker(
            "closed", "This question was closed meanwhile. Whoever asked it can open it again."
        )
    if not facts.text:
        yield Blocker("text_missing", "Write it down first.", "text")
    elif len(facts.text) > LONGEST:
        count = f"{len(facts.text):,} characters, {LONGEST:,} at most."
        yield Blocker("too_long", f"{count} Keep the rest for evidence.", "text")


def may_close(facts: CloserFacts) -> bool:
    """Tell whether the thread is this person's to close: the asker's, or later the key's."""
    if facts.asker_is_here:
        return facts.is_asker
    return facts.has_key


def blockers_to_close(facts: CloserFacts, *, is_open: bool) -> Iterator[Blocker]:
    """Yield every reason why the person cannot close the thread now."""
    yield from _blockers_to_turn(facts)
    if not is_open:
        yield Blocker("closed", "This question is closed already.")


def blockers_to_reopen(facts: CloserFacts, *, is_open: bool) -> Iterator[Blocker]:
    """Yield every reason why the person cannot open the thread again."""
    yield from _blockers_to_turn(facts)
    if is_open:
        yield Blocker("open", "This question is open already.")


def _blockers_to_turn(facts: CloserFacts) -> Iterator[Blocker]:
    if facts.is_over:
        yield Blocker("over", "This initiative has ended. Its record stays as it is.")
    if not may_close(facts):
        yield Blocker(
            "not_yours",
            "Only whoever asked says that it is answered; once they have left, whoever holds the"
            " key of their side.",
        )
