"""When a commitment may be called kept."""

from collections.abc import Iterator

from governance.rules.refusing import LEAST_WORDS, blockers_of_text
from kernel.refusals import Blocker


def blockers_to_close(
    *, side: str | None, asked_by: str, is_closed: bool, note: str
) -> Iterator[Blocker]:
    """Yield why the commitment cannot be closed (N2); `side` is the key the person holds."""
    if side != asked_by:
        yield Blocker("not_yours", "Only the side that asked for it can say that it is met.")
    if is_closed:
        yield Blocker("closed", "This commitment is closed already.")
    yield from blockers_of_text(note, field="note", least=LEAST_WORDS)
