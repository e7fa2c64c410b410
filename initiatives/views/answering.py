"""Which side leads somebody here although nobody may sign for it, for the initiative's page."""

from collections.abc import Mapping

from governance.rules.signals import unheard_sides
from initiatives.queries.initiatives import InitiativePage
from people.choices import KEY_OFFICE, Side
from people.queries import Seat
from people.rules import Authority


def unheard(
    found: InitiativePage, seats: Mapping[Side, Seat], authority: Authority
) -> dict[str, object]:
    """Return each such side with its empty office, and whether this person may propose somebody."""
    vacant = [] if found.initiative.is_over else [side for side in Side if side not in seats]
    return {
        "unheard": [(side, KEY_OFFICE[side]) for side in unheard_sides(found.leads, vacant)],
        "may_propose": authority.is_sponsor or authority.is_administrator,
    }
