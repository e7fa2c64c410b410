"""Rapid reads: a capability is seen, both sides answer, one proposes a decision, one confirms."""

from demonstration.world import Event, World
from initiatives.choices import ReadOutcome
from initiatives.models import RapidDecision, RapidHalf
from initiatives.operations.rapid_decisions import confirm_decision, propose_decision
from initiatives.operations.rapid_halves import write_half
from initiatives.operations.rapid_reads import start_read
from people.choices import Side


def spot(world: World, event: Event) -> None:
    """Begin a rapid read; the next halves and decisions of the tale are about this one."""
    said = event.said
    world.reads[event.tale.code] = start_read(
        actor=world.person(event.actor),
        side=Side(said["side"]),
        name=said["name"],
        seen=said["seen"],
        decide_by=world.calendar.day(said["decide_by"]),
        at=event.at,
    ).pk


def half(world: World, event: Event) -> None:
    """Answer the questions of one side."""
    read_id, side = world.reads[event.tale.code], Side(event.said["side"])
    write_half(
        actor=world.person(event.actor),
        read_id=read_id,
        side=side,
        answers={key: world.calendar.told(text) for key, text in event.said["answers"].items()},
        expected_version=RapidHalf.objects.filter(read=read_id, side=side).count(),
        at=event.at,
    )


def advise(world: World, event: Event) -> None:
    """Propose a decision for a side."""
    read_id, again = world.reads[event.tale.code], event.said.get("again")
    propose_decision(
        actor=world.person(event.actor),
        read_id=read_id,
        outcome=ReadOutcome(event.said["outcome"]),
        words=event.said["words"],
        look_again_on=world.calendar.day(again) if again else None,
        expected=RapidDecision.objects.filter(read=read_id).count(),
        at=event.at,
    )


def conclude(world: World, event: Event) -> None:
    """Confirm for the other side what was proposed."""
    read_id = world.reads[event.tale.code]
    newest = RapidDecision.objects.filter(read=read_id).latest("n")
    seen = [RapidHalf.objects.filter(read=read_id, side=side).count() for side in Side]
    confirm_decision(
        actor=world.person(event.actor),
        read_id=read_id,
        decision_id=newest.pk,
        seen="-".join(map(str, seen)),
        at=event.at,
    )
