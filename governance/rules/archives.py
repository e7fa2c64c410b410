"""When an initiative may be put into the archive: hidden from board and table, until brought back.

Only what no gate rests on: what was decided together is not put out of sight by one person.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kernel.refusals import Blocker


@dataclass(frozen=True, kw_only=True)
class ArchiveFacts:
    """What must be known before an initiative is archived or brought back."""

    may_archive: bool
    is_archived: bool
    has_passed_gate: bool = False
    has_open_round: bool = False


def blockers_to_archive(facts: ArchiveFacts) -> Iterator[Blocker]:
    """Yield every reason why the initiative stays where everybody sees it."""
    yield from _blockers_to_act(facts)
    if facts.is_archived:
        yield Blocker("archived", "It is in the archive already.")
    if facts.has_passed_gate:
        yield Blocker("passed_gate", "It has passed a gate. What both sides agreed stays in sight.")
    if facts.has_open_round:
        yield Blocker("open_round", "A gate is open. Close or withdraw its round first.")


def blockers_to_restore(facts: ArchiveFacts) -> Iterator[Blocker]:
    """Yield every reason why there is nothing to bring back."""
    yield from _blockers_to_act(facts)
    if not facts.is_archived:
        yield Blocker("not_archived", "It is not in the archive.")


def _blockers_to_act(facts: ArchiveFacts) -> Iterator[Blocker]:
    if not facts.may_archive:
        yield Blocker(
            "not_yours", "A lead of either side, the CIO, the CHRO or an administrator does this."
        )
