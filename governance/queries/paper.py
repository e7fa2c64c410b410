"""The text on the paper: contributions by stage, with what reads differently than before."""

from dataclasses import dataclass

from governance.queries.frozen import FrozenSlot, FrozenText, Line
from playbook.playbooks import Playbook


@dataclass(frozen=True)
class PaperLine:
    """One field; `before` is what stood there, None where nothing changed."""

    line: Line
    before: str | None


@dataclass(frozen=True)
class PaperSlot:
    """One contribution on the paper."""

    frozen: FrozenSlot
    lines: tuple[PaperLine, ...]
    is_new: bool

    @property
    def is_changed(self) -> bool:
        return self.is_new or any(one.before is not None for one in self.lines)


@dataclass(frozen=True)
class PaperStage:
    """The contributions of one stage; those of earlier stages were signed at earlier gates."""

    number: int | None
    name: str
    slots: tuple[PaperSlot, ...]
    is_now: bool

    @property
    def changed(self) -> int:
        return sum(one.is_changed for one in self.slots)


def paper_of(
    text: FrozenText, before: FrozenText | None, *, playbook: Playbook, stage: int | None
) -> tuple[PaperStage, ...]:
    """Return the paper, this gate's own stage first, then the earlier ones."""
    numbers = {one.slot.stage for one in text.slots}
    ordered = sorted(numbers, key=lambda number: (number != stage, number or 0))
    return tuple(
        PaperStage(
            number=number,
            name=playbook.stage(number).name if number else "On the way back",
            slots=tuple(_slot(one, before) for one in text.slots_of(number)),
            is_now=number == stage,
        )
        for number in ordered
    )


def _slot(now: FrozenSlot, before: FrozenText | None) -> PaperSlot:
    if before is None:
        return PaperSlot(now, tuple(PaperLine(line, None) for line in now.lines), is_new=False)
    was = next((one for one in before.slots if one.slot.key == now.slot.key), None)
    if was is None:
        return PaperSlot(now, tuple(PaperLine(line, None) for line in now.lines), is_new=True)
    earlier = {line.key: line for line in was.lines}
    lines = tuple(PaperLine(line, _before(line, earlier.get(line.key))) for line in now.lines)
    return PaperSlot(now, lines, is_new=False)


def _before(line: Line, was: Line | None) -> str | None:
    """Return what stood there when it reads differently; tables tell in the list of changes."""
    before = was.value if was else ""
    return None if line.rows or before.split() == line.value.split() else before
