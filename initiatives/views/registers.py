"""Whom and what the references of a slot may name: asked for only where it has any."""

from initiatives.forms.artefacts import Choices, Registers
from journal.queries import installation
from people.queries import active_people, all_people
from playbook.shapes import Slot
from workforce.queries import roles


def registers_for(*slots: Slot) -> Registers:
    """Return what may be chosen now. People are always asked for: somebody asked for a change."""
    people = [(str(person.pk), person.name) for person in active_people()]
    return Registers(people, _roles(*slots), currency())


def named(slot: Slot) -> Registers:
    """Return the names of what was chosen at any time, also of those who have left."""
    people = (
        [(str(person.pk), person.name) for person in all_people()]
        if _refers(slot, "person")
        else []
    )
    return Registers(people, _roles(slot), currency())


def _roles(*slots: Slot) -> Choices:
    if not any(_refers(slot, "role") for slot in slots):
        return []
    return [(str(role.pk), role.name) for role in roles()]


def currency() -> str:
    founded = installation()
    return founded.currency if founded else ""


def _refers(slot: Slot, kind: str) -> bool:
    return any(
        kind in (field.type, *(column.type for column in field.columns)) for field in slot.fields
    )
