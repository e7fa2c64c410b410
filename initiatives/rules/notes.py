"""Early thinking: who shares it, and until when it can be taken back."""

from collections.abc import Iterator
from dataclasses import dataclass

from kernel.refusals import Blocker
from people.choices import Side

TITLE_LIMIT = 200
TEXT_LIMIT = 5_000
ONLY_READS = Blocker("only_reads", "The sponsor and the auditors read, and speak for no side.")


@dataclass(frozen=True, kw_only=True)
class NoteFacts:
    """What decides whether a note can be shared."""

    title: str
    text: str
    side: Side | None
    key_side: Side | None = None
    only_reads: bool = False


def blockers_to_share(facts: NoteFacts) -> Iterator[Blocker]:
    """Yield every reason why the note cannot be shared as it is."""
    if facts.only_reads:
        yield ONLY_READS
    if facts.side is None:
        yield Blocker("side_missing", "Say for which side you think.", "side")
    elif facts.key_side not in (None, facts.side):
        yield Blocker("other_key", "Whoever signs for one side speaks for that side.", "side")
    for field, said, most, ask in (
        ("title", facts.title, TITLE_LIMIT, "Say in a few words what it is about."),
        ("text", facts.text, TEXT_LIMIT, "Write down what you think so far."),
    ):
        if not said:
            yield Blocker(f"{field}_missing", ask, field)
        elif len(said) > most:
            yield Blocker("too_long", f"{len(said):,} characters, {most:,} at most.", field)


def blockers_to_take_back(*, is_author: bool, is_used: bool) -> Iterator[Blocker]:
    """Yield every reason why a note cannot be taken back."""
    if not is_author:
        yield Blocker("not_yours", "Only whoever wrote a note takes it back.")
    if is_used:
        yield Blocker("used", "A proposal began with it and remembers it.")
