"""What stands in a slot, in words: for reading, for a leaf, for a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.dateformat import format as dated

from initiatives.forms.artefacts import Registers
from initiatives.rules.differences import Change, said
from initiatives.rules.slots import CleanSlot
from kernel.templatetags.say import money
from playbook.shapes import Field, Slot

REFERENCES = ("person", "role")


@dataclass(frozen=True)
class Shown:
    """One field as it reads; a table has columns and rows instead of a text."""

    label: str
    type: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default_factory=tuple)

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.rows


def shown(slot: Slot, clean: CleanSlot, registers: Registers) -> list[Shown]:
    """Return every field of the slot as it reads, but for its evidence."""
    names = _names(registers)
    return [
        _table(one, clean, names, registers.currency)
        if one.type == "table"
        else Shown(
            one.label, one.type, _words(one, clean.value(one.key), names, registers.currency)
        )
        for one in slot.fields
        if one.type != "evidence"
    ]


def lead(fields: list[Shown]) -> Shown | None:
    """Return what says most in one line: the first text, else the first thing that is filled."""
    filled = [one for one in fields if not one.is_empty]
    told = [one for kind in ("long_text", "text") for one in filled if one.type == kind]
    return next(iter([*told, *filled]), None)


def reads(change: Change, registers: Registers) -> Change:
    """Return a change whose references, money and days are words."""
    names = _names(registers)

    def worded(value: str) -> str:
        if change.type in REFERENCES:
            return names.get(value, value)
        if change.type == "money" and value:
            return f"{value} {registers.currency}"
        return _day(value) if change.type == "date" and value else value

    return Change(
        change.field, change.label, worded(change.before), worded(change.after), change.type
    )


def _table(one: Field, clean: CleanSlot, names: Mapping[str, str], currency: str) -> Shown:
    rows = tuple(
        tuple(_words(column, row.get(column.key, ""), names, currency) for column in one.columns)
        for row in clean.rows(one.key)
    )
    return Shown(
        one.label, one.type, columns=tuple(column.label for column in one.columns), rows=rows
    )


def _words(one: Field, value: str, names: Mapping[str, str], currency: str) -> str:
    if not value:
        return ""
    if one.type in REFERENCES:
        return names.get(value, value)
    if one.type == "money":
        return money(value, currency)
    return _day(value) if one.type == "date" else said(one, value)


def _day(value: str) -> str:
    try:
        return dated(date.fromisoformat(value), "j F Y")
    except ValueError:
        return value


def _names(registers: Registers) -> dict[str, str]:
    return dict([*registers.people, *registers.roles])
