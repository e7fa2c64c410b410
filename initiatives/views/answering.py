"""Who answers for an initiative, one for each side, and for which side nobody may sign."""

from collections.abc import Mapping

from governance.rules.signals import unheard_sides
from initiatives.queries.initiatives import InitiativePage
from people.choices import KEY_OFFICE, Side
from people.queries import Seat
from people.rules import Authority


def answering(
    found: InitiativePage, seats: Mapping[Side, Seat], authority: Authority
) -> dict[str, object]:
    """Return one name a side, and each unheard side with its office and who may fill that."""
    vacant = [] if found.initiative.is_over else [side for side in Side if side not in seats]
    return {
        "answering": [(side, _name(found, seats, side)) for side in Side],
        "unheard": [(side, KEY_OFFICE[side]) for side in unheard_sides(found.leads, vacant)],
        "may_propose": authority.is_sponsor or authority.is_administrator,
    }


def _name(found: InitiativePage, seats: Mapping[Side, Seat], side: Side) -> str:
    """Return the lead of a side, else who holds its key; "" where nobody does."""
    if side in found.leads:
        return found.leads[side].user.name
    return seats[side].name if side in seats else ""
