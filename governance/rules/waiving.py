"""Who may waive a point of a gate, and what that takes: a reason, an end, and both signatures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from governance.choices import Excuse
from governance.rules.criteria import may_excuse
from governance.rules.refusing import LEAST_REASON, blockers_of_text
from kernel.refusals import Blocker
from playbook.shapes import Criterion, Gate

LONGEST = timedelta(days=366)
# How the commitment of a waived point is called: those of signed conditions begin otherwise.
WAIVED = "w-"


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """What somebody wants to be signed instead of a proof: `until` for a waiver alone."""

    excuse: str
    reason: str
    until: date | None = None


def blockers_to_waive(
    gate: Gate, criterion: Criterion, waiver: Waiver, *, may_drive: bool, is_over: bool, today: date
) -> Iterator[Blocker]:
    """Yield why the point stays as it is (C4). Nobody waives it alone: both sign it."""
    if not may_drive:
        yield Blocker("not_yours", "Only a lead of the initiative, the CIO or the CHRO can.")
    if is_over:
        yield Blocker("closed", "The initiative is closed.")
    if not may_excuse(gate, criterion):
        yield Blocker("kind", "This point is never waived.")
    if waiver.excuse not in Excuse.values:
        yield Blocker("excuse", "Choose what is to be signed.", "excuse")
    if waiver.excuse == Excuse.WAIVED and (
        waiver.until is None or not today < waiver.until <= today + LONGEST
    ):
        yield Blocker("until", "Choose a day within a year: by then it is met.", "until")
    yield from blockers_of_text(waiver.reason, field="reason", least=LEAST_REASON)
