"""When a commitment may be called kept, and when it is broken."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from governance.rules.refusing import LEAST_WORDS, blockers_of_text
from kernel.refusals import Blocker
from people.choices import Side

PAUSE = "pause"


def closing_side(*, asked_by: str, debtor_side: str | None) -> Side:
    """Return whose key says that it is met (N2): nobody says so of what is owed by themselves.

    `debtor_side` is the key that whoever owes it holds, None for most.
    """
    sides = [side for side in Side if (side == asked_by) != (debtor_side == asked_by)]
    return sides[0]


def blockers_to_close(
    *, side: str | None, asked_by: str, debtor_side: str | None, is_closed: bool, note: str
) -> Iterator[Blocker]:
    """Yield why the commitment cannot be closed (N2); `side` is the key the person holds."""
    if side != closing_side(asked_by=asked_by, debtor_side=debtor_side):
        if debtor_side == asked_by:
            yield Blocker(
                "own", "The side that asked owes it itself: the other key says it is met."
            )
        else:
            yield Blocker("not_yours", "Only the side that asked for it can say that it is met.")
    if is_closed:
        yield Blocker("closed", "This commitment is closed already.")
    yield from blockers_of_text(note, field="note", least=LEAST_WORDS)


def last_due_day(at: datetime, zone: str) -> date:
    """Return the day before today in the organisation's zone: what was due by then is over (N2)."""
    return at.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)


def is_breached(*, due_on: date, is_closed: bool, is_known: bool, at: datetime, zone: str) -> bool:
    """Say whether a due date has gone by unkept and nobody has noted it yet (N2)."""
    return due_on <= last_due_day(at, zone) and not is_closed and not is_known


def stops(*, on_breach: str, is_under_way: bool) -> bool:
    """Say whether a breach pauses the initiative; what is paused or over is not paused again.

    What stands still only for a drill is under way.
    """
    return on_breach == PAUSE and is_under_way
