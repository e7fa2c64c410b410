"""What stands in a slot: made clean when it is saved, judged when it shall prove something."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from types import MappingProxyType
from typing import Any

from initiatives.rules.proposals import STATEMENT
from initiatives.rules.success import blockers_to_agree, suggested_rows
from initiatives.rules.values import Registers, ValueRefusedError, clean_value
from kernel.refusals import Blocker, RefusedError
from playbook.playbooks import Playbook
from playbook.shapes import Field, Slot


class SlotRefusedError(RefusedError):
    """What was typed into a slot cannot be saved; each blocker names its field."""


@dataclass(frozen=True)
class CleanSlot:
    """The content of one version: `open` stands in signed bytes, `texts` are sealed.

    A text is found by its path: "problem", or "measures.0.name" for a cell, where 0 is the
    place of the row in `open`. Content of an edition in which a field had another type reads as
    empty there.
    """

    open: dict[str, Any] = attribute(default_factory=dict)
    texts: dict[str, str] = attribute(default_factory=dict)

    def rows(self, table: str) -> list[dict[str, str]]:
        """Return the rows of a table with their texts put back in."""
        stored = self.open.get(table)
        rows = [dict(row) for row in stored] if isinstance(stored, list) else []
        for path, text in self.texts.items():
            key, *cell = path.split(".")
            if key == table and rows and cell:
                rows[int(cell[0])][cell[1]] = text
        return rows

    def value(self, key: str) -> str:
        """Return the value of a field that is no table, "" when it is empty."""
        value = self.open.get(key, self.texts.get(key, ""))
        return value if isinstance(value, str) else ""


EMPTY = CleanSlot()


def clean_slot(
    slot: Slot,
    raw: Mapping[str, object],
    *,
    people: Collection[str] | None = None,
    roles: Collection[str] | None = None,
) -> CleanSlot:
    """Return what was typed into a slot as exact, signable values.

    A field that is left empty does not stop a draft from being saved. `people` and `roles` limit
    whom and what a reference may name.

    :raises SlotRefusedError: with one reason for each value that cannot be kept.
    """
    cleaning = _Cleaning(Registers(people=people, roles=roles))
    cleaning.take(slot, raw)
    if cleaning.blockers:
        raise SlotRefusedError(*cleaning.blockers)
    return cleaning.found


class _Cleaning:
    """One pass over what was typed, which gathers every reason before it says no."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self.found = CleanSlot()
        self.blockers: list[Blocker] = []

    def take(self, slot: Slot, raw: Mapping[str, object]) -> None:
        fields = {field.key: field for field in slot.fields if field.type != "evidence"}
        self._judge_keys(fields, raw, "")
        for key, field in fields.items():
            if field.type == "table":
                self._take_table(field, raw.get(key))
            else:
                self._keep(field, self._value(field, raw.get(key), key), self.found.open, key)

    def _judge_keys(self, known: Collection[str], raw: Mapping[str, object], prefix: str) -> None:
        for key in raw:
            if key not in known:
                message = "This field is not part of the form any more. Load the page again."
                self.blockers.append(Blocker("unknown_field", message, f"{prefix}{key}"))

    def _value(self, field: Field, raw: object, path: str) -> str:
        """Return the exact value, or note why there is none."""
        try:
            return clean_value(field, raw, self.registers)
        except ValueRefusedError as refusal:
            self.blockers.append(refusal.blocker(field, path))
            return ""

    def _keep(self, field: Field, value: str, target: dict[str, Any], text_path: str) -> None:
        if value and field.is_text:
            self.found.texts[text_path] = value
        elif value:
            target[field.key] = value

    def _take_table(self, field: Field, raw: object) -> None:
        if not isinstance(raw, Sequence | None) or isinstance(raw, str | bytes):
            message = f"{field.label}: This is no table. Load the page again."
            self.blockers.append(Blocker("wrong_type", message, field.key))
            return
        rows: list[dict[str, str]] = []
        for number, row in enumerate(raw or ()):
            self._take_row(field, row, f"{field.key}.{number}", rows)
        if len(rows) > field.max_items:
            message = f"{field.label}: {len(rows)} rows; {field.max_items} is the most."
            self.blockers.append(Blocker("too_many_rows", message, field.key))
        if rows:
            self.found.open[field.key] = rows

    def _take_row(self, field: Field, raw: object, path: str, rows: list[dict[str, str]]) -> None:
        """Keep one row unless all of it is blank."""
        if not isinstance(raw, Mapping):
            message = f"{field.label}: This is no row. Load the page again."
            self.blockers.append(Blocker("wrong_type", message, path))
            return
        self._judge_keys([column.key for column in field.columns], raw, f"{path}.")
        values = [
            (column, self._value(column, raw.get(column.key), f"{path}.{column.key}"))
            for column in field.columns
        ]
        if not any(value for _, value in values):
            return
        kept: dict[str, str] = {}
        for column, value in values:
            self._keep(column, value, kept, f"{field.key}.{len(rows)}.{column.key}")
        rows.append(kept)


def starting_content(
    slot: Slot, playbook: Playbook, *, statement: Mapping[str, str] = MappingProxyType({})
) -> CleanSlot:
    """Return what the form of a slot shows before anything was saved in it.

    `statement` is what a list said of the problem, for one side to make its own.
    """
    if slot.key == STATEMENT:
        return CleanSlot(texts={key: text for key, text in statement.items() if text})
    if slot.key != playbook.success.slot or not playbook.success.suggested:
        return EMPTY
    return CleanSlot(open={playbook.success.table: suggested_rows(playbook)})


def is_same(one: CleanSlot, other: CleanSlot) -> bool:
    """Tell whether two contents say the same: the order of rows and white space do not count."""
    return _essence(one) == _essence(other)


def _essence(clean: CleanSlot) -> dict[str, Any]:
    tables = [key for key, value in clean.open.items() if isinstance(value, list)]
    essence: dict[str, Any] = {key: value for key, value in clean.open.items() if key not in tables}
    essence |= {path: _folded(text) for path, text in clean.texts.items() if "." not in path}
    for table in tables:
        rows = [{key: _folded(value) for key, value in row.items()} for row in clean.rows(table)]
        essence[table] = sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    return essence


def _folded(text: str) -> str:
    return " ".join(text.split())


def blockers_to_complete(
    slot: Slot, clean: CleanSlot, *, playbook: Playbook, evidence: int = 0
) -> Iterator[Blocker]:
    """Yield every reason why the slot proves nothing yet.

    `evidence` counts the pieces that are attached to the slot and in force.
    """
    for field in slot.fields:
        if field.type == "table":
            yield from _missing_in_table(slot, field, clean)
        elif field.type == "evidence":
            yield from _missing_evidence(field, evidence)
        else:
            yield from _missing_value(field, clean.value(field.key), field.key)
    if slot.key == playbook.success.slot:
        yield from blockers_to_agree(playbook, clean.rows(playbook.success.table))


def is_complete(slot: Slot, clean: CleanSlot, *, playbook: Playbook, evidence: int = 0) -> bool:
    """Tell whether the slot can prove a criterion."""
    blockers = blockers_to_complete(slot, clean, playbook=playbook, evidence=evidence)
    return next(blockers, None) is None


def _missing_value(field: Field, value: str, path: str) -> Iterator[Blocker]:
    if field.required and not value:
        yield Blocker("missing", f"{field.label}: not filled in yet.", path)
    elif value and field.settled_by and value not in field.settled_by:
        message = f"{field.label}: “{field.option_label(value)}” leaves this open."
        yield Blocker("not_settled", message, path)


def _missing_in_table(slot: Slot, field: Field, clean: CleanSlot) -> Iterator[Blocker]:
    rows = clean.rows(field.key)
    yield from _against_its_answer(slot, field, clean)
    if len(rows) < field.min_items:
        message = f"{field.label}: {len(rows)} of at least {field.min_items} rows."
        yield Blocker("too_few_rows", message, field.key)
    for number, row in enumerate(rows):
        for column in field.columns:
            path = f"{field.key}.{number}.{column.key}"
            yield from _missing_value(column, row.get(column.key, ""), path)


def _against_its_answer(slot: Slot, field: Field, clean: CleanSlot) -> Iterator[Blocker]:
    """Yield why a table and the answer it goes with do not say the same."""
    answer = clean.value(field.goes_with) if field.goes_with else ""
    if not answer:
        return
    said = f"{field.label}: the answer is “{slot.field(field.goes_with).option_label(answer)}”"
    rows = len(clean.rows(field.key))
    if rows and answer in field.empty_when:
        count = "is 1 row" if rows == 1 else f"are {rows} rows"
        message = f"{said}, but there {count}. Empty what stands here, or change the answer."
        yield Blocker("rows_against_answer", message, field.key)
    elif not rows and answer not in field.empty_when:
        message = f"{said}, but there is no row. Add one, or change the answer."
        yield Blocker("answer_without_rows", message, field.key)


def _missing_evidence(field: Field, evidence: int) -> Iterator[Blocker]:
    if evidence < field.min_items:
        message = f"{field.label}: {evidence} of at least {field.min_items} attached."
        yield Blocker("evidence_missing", message, field.key)
