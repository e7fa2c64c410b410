"""What both sides see differently beside a gate, and how they settled it."""

from typing import Any

from demonstration.world import Event, World
from governance.operations.disagreements import raise_disagreement, state_position
from governance.operations.settlements import confirm_settlement, offer_settlement
from governance.queries.disagreements import get_disagreement
from people.queries import authority_of


def disagree(world: World, event: Event) -> None:
    """Disagree beside the gate that is open; what follows in the tale is about this."""
    said = event.said
    world.disagreements[event.tale.code] = raise_disagreement(
        actor=world.person(event.actor),
        round_id=world.round(event.tale).pk,
        subject=said["subject"],
        position=world.calendar.told(said["text"]),
        due_on=world.calendar.day(said["due"]),
        at=event.at,
    ).pk


def counter(world: World, event: Event) -> None:
    """State the other side's position."""
    state_position(position=world.calendar.told(event.said["text"]), **_here(world, event))


def make_up(world: World, event: Event) -> None:
    """Write down for one side how it was settled."""
    offer_settlement(words=world.calendar.told(event.said["text"]), **_here(world, event))


def confirm(world: World, event: Event) -> None:
    """Confirm for the other side that it is settled so."""
    confirm_settlement(**_here(world, event))


def _here(world: World, event: Event) -> dict[str, Any]:
    """Return who acts in which disagreement, having seen all that was said in it."""
    actor, pk = world.person(event.actor), world.disagreements[event.tale.code]
    found = get_disagreement(pk, authority_of(actor, event.at), today=event.at.date())
    return {"actor": actor, "disagreement_id": pk, "seen": found.version, "at": event.at}
