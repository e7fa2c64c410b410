"""What both sides say to each other beside the content: early thinking, questions and answers."""

from typing import Any

from demonstration.world import Event, World
from initiatives.operations.notes import share_note
from initiatives.operations.questions import answer_question, ask_question, close_question
from people.choices import Side


def note(world: World, event: Event) -> None:
    """Share early thinking; a proposal of the same tale may begin with it."""
    said = event.said
    world.notes[event.tale.code] = share_note(
        actor=world.person(event.actor),
        side=Side(said["side"]),
        title=said["title"],
        text=said["text"],
        at=event.at,
    ).pk


def question(world: World, event: Event) -> None:
    """Ask about a slot or a point of a gate; the next answers of the tale are to this one."""
    said = event.said
    world.questions[event.tale.code] = ask_question(
        actor=world.person(event.actor),
        initiative=world.initiative(event.tale),
        text=world.calendar.told(said["text"]),
        slot=said.get("slot", ""),
        criterion=said.get("criterion", ""),
        at=event.at,
    ).pk


def answer(world: World, event: Event) -> None:
    """Answer what was asked last; `closes` when these are the last words."""
    thread: dict[str, Any] = {
        "actor": world.person(event.actor),
        "initiative": world.initiative(event.tale),
        "question_id": world.questions[event.tale.code],
        "at": event.at,
    }
    answer_question(text=world.calendar.told(event.said["text"]), **thread)
    if event.said.get("closes"):
        close_question(**thread)
