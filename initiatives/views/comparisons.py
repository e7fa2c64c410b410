"""Two texts of one slot side by side: what stands now, and what was typed meanwhile."""

from initiatives.queries.artefacts import SlotText
from initiatives.rules.differences import Change, describe_difference
from initiatives.rules.slots import CleanSlot
from initiatives.views.contents import reads
from initiatives.views.registers import named
from playbook.shapes import Slot

Pairs = list[tuple[str, str, list[Change]]]


def pairs(slot: Slot, theirs: SlotText | None, mine: CleanSlot) -> Pairs:
    """Return the differences of each field under its key and label."""
    there = theirs.clean if theirs else None
    changes = [reads(one, named(slot)) for one in describe_difference(there, mine, slot)]
    return [
        (field.key, field.label, own)
        for field in slot.fields
        if (own := [one for one in changes if one.field.partition(".")[0] == field.key])
    ]


def taken(slot: Slot, clean: CleanSlot | None, wanted: list[str]) -> dict[str, object]:
    """Return the fields of which the author chose the other text, as it stands now."""
    if clean is None:
        return {}
    return {
        field.key: clean.rows(field.key) if field.type == "table" else clean.value(field.key)
        for field in slot.fields
        if field.key in wanted and field.type != "evidence"
    }
