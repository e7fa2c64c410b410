"""How an initiative stands to stopping, for its own page."""

from datetime import datetime

from governance.queries.stops import may_note_standstill, may_pause, stops_of
from initiatives.queries.initiatives import InitiativePage
from people.rules import Authority


def stopping(found: InitiativePage, authority: Authority, at: datetime) -> dict[str, object]:
    """Return the pause that lasts, the last drill, and what this person may do about it."""
    stops = stops_of(found.initiative)
    return {
        "stops": stops,
        "may_pause": may_pause(authority),
        "may_decide": authority.is_sponsor and stops.now is not None and stops.now.is_due(at),
        "may_note": stops.now is not None and may_note_standstill(found.part, authority),
    }
