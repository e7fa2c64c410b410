"""Stopping, and seeing that it stands still. Going on is a gate."""

from collections.abc import Iterator
from datetime import timedelta

from kernel.refusals import Blocker

MINUTE, HOUR = 60, 3_600


def blockers_to_note_standstill(
    *, may_note: bool, is_paused: bool, is_noted: bool
) -> Iterator[Blocker]:
    """Yield why nobody can say now that everything stands still."""
    if not may_note:
        yield Blocker(
            "not_yours", "Only somebody who works on it, the CIO, the CHRO or the sponsor may say."
        )
    if not is_paused:
        yield Blocker("not_paused", "The initiative is not paused.")
    if is_noted:
        yield Blocker("noted", "It has been said already that everything stands still.")


def told(took: timedelta) -> str:
    """Return in words how long stopping took: seconds first, then minutes, then hours."""
    seconds = int(took.total_seconds())
    if seconds < 2 * MINUTE:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    if seconds < 2 * HOUR:
        return f"{seconds // MINUTE} minutes"
    return f"{seconds // HOUR} hours"
