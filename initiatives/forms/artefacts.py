"""The form of any slot, made from the playbook: a new artefact needs no Python."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from initiatives.rules.slots import EMPTY, CleanSlot
from initiatives.rules.values import plain_number
from kernel.numbers import whole_number
from kernel.refusals import RefusedError
from playbook.shapes import DECIMAL_TYPES, Field, Slot

PREFIX = "slot"
BLANK_ROWS = 1
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Registers:
    """Whom and what a reference may name, and in what money is counted."""

    people: Choices = ()
    roles: Choices = ()
    currency: str = ""


@dataclass(frozen=True)
class Asked:
    """One question of the slot with its input."""

    field: Field
    bound: BoundField
    unit: str

    @property
    def has_errors(self) -> bool:
        """Whether what was typed was refused."""
        return bool(self.bound.errors)

    @property
    def is_needed(self) -> bool:
        """Whether the gate asks for it, or somebody wrote something into it."""
        return self.field.required or bool(self.bound.value()) or self.has_errors


class AskedRow(list[Asked]):
    """One row of a table: what is asked for in it, and what one may add."""

    @property
    def needed(self) -> list[Asked]:
        return [one for one in self if one.is_needed]

    @property
    def more(self) -> list[Asked]:
        return [one for one in self if not one.is_needed]


@dataclass(frozen=True)
class AskedTable:
    """A table: its rows of inputs, and whether one more may be added."""

    field: Field
    name: str
    rows: list[AskedRow]
    may_grow: bool
    errors: Sequence[str]

    @property
    def has_errors(self) -> bool:
        """Whether the table or a cell of it was refused."""
        return bool(self.errors) or any(one.has_errors for row in self.rows for one in row)


class SlotForm(forms.Form):
    """Every field of a slot. What does not fit is refused by the operation, never lost."""

    use_required_attribute = False

    def __init__(
        self,
        slot: Slot,
        data: Mapping[str, Any] | None = None,
        *,
        clean: CleanSlot | None = None,
        registers: Registers,
        grows: str = "",
        prefix: str = PREFIX,
    ) -> None:
        self.slot = slot
        self.registers = registers
        self.counts: dict[str, int] = {}
        self.table_errors: dict[str, list[str]] = {}
        super().__init__(data, prefix=prefix)
        for field in slot.fields:
            if field.type == "table":
                self._add_table(field, clean or EMPTY, grows=grows == self.add_prefix(field.key))
            elif field.type != "evidence":
                self._add(field.key, field, (clean or EMPTY).value(field.key))

    def _add(self, name: str, field: Field, value: str) -> None:
        self.fields[name] = forms.CharField(
            label=field.label,
            help_text=field.help,
            required=False,
            strip=False,
            initial=_as_typed(field, value),
            widget=_widget(field, value, self.registers),
        )

    def _add_table(self, field: Field, clean: CleanSlot, *, grows: bool) -> None:
        rows = clean.rows(field.key)
        count = self._sent_rows(field)
        if count is None:
            is_enough = 0 < field.min_items <= len(rows)
            count = len(rows) if is_enough else max(len(rows) + BLANK_ROWS, field.min_items)
        count = min(count + grows, field.max_items)
        self.counts[field.key] = count
        for number in range(count):
            row = rows[number] if number < len(rows) else {}
            for column in field.columns:
                name = f"{field.key}-{number}-{column.key}"
                self._add(name, column, row.get(column.key, ""))

    def _sent_rows(self, field: Field) -> int | None:
        """Return how many rows the browser sent, or None before anything was."""
        if not self.is_bound:
            return None
        word = str(self.data.get(f"{self.prefix}-{field.key}-rows", ""))
        return whole_number(word, len("200")) or 0

    def raw(self) -> dict[str, object]:
        """Return what was typed, in the shape the operation takes."""
        typed: dict[str, object] = {}
        for field in self.slot.fields:
            if field.type == "table":
                typed[field.key] = [
                    {
                        column.key: self._typed(f"{field.key}-{number}-{column.key}")
                        for column in field.columns
                    }
                    for number in range(self.counts[field.key])
                ]
            elif field.type != "evidence":
                typed[field.key] = self._typed(field.key)
        return typed

    def _typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), ""))

    def refuse(self, refusal: RefusedError) -> None:
        """Show each reason at its field, at its table, or above the form."""
        for blocker in refusal.blockers:
            name = blocker.field.replace(".", "-")
            if name in self.fields:
                # The words begin with the label, which stands above the field already.
                self.add_error(name, blocker.message.removeprefix(f"{self.fields[name].label}: "))
            else:
                self.add_error(None, blocker.message)
                if blocker.field in self.counts:
                    self.table_errors.setdefault(blocker.field, []).append(blocker.message)

    def asked(self) -> Iterator[Asked | AskedTable | Field]:
        """Yield the questions in the order of the playbook; of evidence, the field itself."""
        for field in self.slot.fields:
            if field.type == "evidence":
                yield field
            elif field.type == "table":
                yield self._asked_table(field)
            else:
                yield self._asked(field.key, field)

    def _asked(self, name: str, field: Field) -> Asked:
        unit = self.registers.currency if field.type == "money" else field.unit
        return Asked(field, self[name], "%" if field.type == "percentage" else unit)

    def _asked_table(self, field: Field) -> AskedTable:
        count = self.counts[field.key]
        return AskedTable(
            field=field,
            name=self.add_prefix(field.key),
            rows=[
                AskedRow(
                    self._asked(f"{field.key}-{n}-{column.key}", column) for column in field.columns
                )
                for n in range(count)
            ],
            may_grow=count < field.max_items,
            errors=self.table_errors.get(field.key, []),
        )


class SavingForm(forms.Form):
    """What goes with every save: who asked for it, and which version the author saw."""

    asked_for_by = forms.ChoiceField(
        label="Asked for by",
        required=False,
        help_text="Whoever wanted this change, if it was not you.",
    )
    expected_version = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def __init__(
        self, data: object = None, *, people: Iterable[tuple[str, str]], version: int = 0
    ) -> None:
        super().__init__(data, initial={"expected_version": version})  # type: ignore[arg-type]  # a view's POST
        choices = [("", "Nobody else"), *people]
        self.fields["asked_for_by"].choices = choices  # type: ignore[attr-defined]  # a choice field


def _as_typed(field: Field, value: str) -> str:
    """Return a kept number as somebody would type it: 4000.00 is 4000 again."""
    return plain_number(Decimal(value)) if value and field.type in DECIMAL_TYPES else value


def _widget(field: Field, value: str, registers: Registers) -> forms.Widget:
    match field.type:
        case "choice" | "person" | "role":
            choices = [("", "Not yet"), *_choices(field, value, registers)]
            widget: forms.Widget = forms.Select(choices=choices)
        case "long_text":
            widget = forms.Textarea(attrs={"dir": "auto", "rows": 3})
        case "date":
            widget = forms.DateInput(attrs={"type": "date"})
        case kind if kind in DECIMAL_TYPES:
            widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        case _:
            widget = forms.TextInput(attrs={"dir": "auto"})
    return widget


def _choices(field: Field, value: str, registers: Registers) -> Choices:
    offered = {
        "choice": [(option.value, option.label) for option in field.options],
        "person": registers.people,
        "role": registers.roles,
    }[field.type]
    # What was chosen once and is no longer offered still stands there to be read.
    known = not value or any(value == key for key, _ in offered)
    return offered if known else [*offered, (value, f"{value} (no longer offered)")]
