"""The log of a system in use: what its AI had a part in, brought as a file."""

from collections.abc import Sequence

from demonstration.world import Event, World
from initiatives.operations.decision_logs import bring_decisions
from initiatives.rules.decision_lines import Column
from kernel.sheets.writing import csv_line


def log(world: World, event: Event) -> None:
    """Bring a log; each line begins with its working day and the time."""
    lines = (_line(world, cells) for cells in event.said["lines"])
    bring_decisions(
        actor=world.person(event.actor),
        initiative=world.initiative(event.tale),
        name=event.said["name"],
        content="".join([csv_line(Column), *lines]).encode(),
        at=event.at,
    )


def _line(world: World, cells: Sequence[object]) -> str:
    day, time, *said = cells
    return csv_line([f"{world.calendar.day(int(str(day)))} {time}", *map(str, said)])
