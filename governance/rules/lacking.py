"""What a gate still asks of each side: contributions with what they lack, and words to give."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from governance.rules.criteria import Verdict
from kernel.refusals import Blocker
from playbook.playbooks import Playbook
from playbook.shapes import SIDES, Criterion, Field, Slot

Judge = Callable[[str], Sequence[Blocker]]
VOICES = ("technology", "people")


@dataclass(frozen=True, kw_only=True)
class LackingSlot:
    """A contribution, and everything that it lacks."""

    slot: Slot
    missing: tuple[Blocker, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that lack something, a table once."""
        keys = {blocker.field.partition(".")[0] for blocker in self.missing}
        return tuple(field for field in self.slot.fields if field.key in keys)


@dataclass(frozen=True, kw_only=True)
class LackingHalf:
    """What one side, or both together, still owe the gate."""

    side: str
    slots: tuple[LackingSlot, ...]
    points: tuple[Criterion, ...]

    @property
    def count(self) -> int:
        """The number of things to fill in or to say."""
        return sum(len(one.missing) for one in self.slots) + len(self.points)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What a side still owes the gate, and who can bring it."""

    half: LackingHalf
    is_mine: bool
    who: tuple[str, ...]


def lacking(
    playbook: Playbook, verdicts: Sequence[Verdict], missing: Judge
) -> tuple[LackingHalf, ...]:
    """Return what the unmet criteria rest on, technology first; a half that lacks nothing is out.

    `missing` tells what a slot lacks. A criterion that binds for one verdict only is nobody's
    debt: it is shown where that verdict is chosen.
    """
    open_ones = [one for one in verdicts if not one.is_met and not one.is_excused]
    open_ones = [one for one in open_ones if not one.criterion.verdicts]
    keys = {key for one in open_ones for key in one.criterion.slots}
    slots = [
        LackingSlot(slot=slot, missing=found)
        for slot in playbook.slots
        if slot.key in keys and (found := tuple(missing(slot.key)))
    ]
    points = [one.criterion for one in open_ones if one.criterion.proof == "attested"]
    halves = (
        LackingHalf(
            side=side,
            slots=tuple(one for one in slots if one.slot.side == side),
            points=tuple(one for one in points if one.side == side),
        )
        for side in SIDES
    )
    return tuple(half for half in halves if half.slots or half.points)


def half_of(halves: Sequence[LackingHalf], side: str) -> LackingHalf:
    """Return one half; one that lacks nothing when it is not among them."""
    found = next((half for half in halves if half.side == side), None)
    return found or LackingHalf(side=side, slots=(), points=())


def owed(
    halves: Sequence[LackingHalf],
    *,
    mine: Collection[str],
    leads: Mapping[str, str],
    keys: Mapping[str, str],
) -> tuple[Owed, ...]:
    """Return each half with who can bring it: its lead, or while it has none, who holds its key.

    `mine` names the halves that the reader fills in; a joint one is for both sides to bring.
    """
    return tuple(
        Owed(
            half=half,
            is_mine=half.side in mine,
            who=tuple(
                name
                for side in VOICES
                if half.side in (side, "joint") and (name := leads.get(side) or keys.get(side))
            ),
        )
        for half in halves
    )
