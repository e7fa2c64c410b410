"""What changed between two contents of a slot, in words a signer can read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from initiatives.rules.slots import EMPTY, CleanSlot
from initiatives.rules.values import exact, plain_number
from playbook.shapes import DECIMAL_TYPES, Field, Slot

Row = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One thing that reads differently now: "" before for a new one, "" after for a gone one.

    `type` is the type of the field, so that a page can print references and money its own way.
    """

    field: str
    label: str
    before: str
    after: str
    type: str = "text"


def describe_difference(old: CleanSlot | None, new: CleanSlot, slot: Slot) -> tuple[Change, ...]:
    """Return every change in the order of the fields; what only moved is no change."""
    before = old or EMPTY
    return tuple(change for field in slot.fields for change in _changes(field, before, new))


def _changes(field: Field, old: CleanSlot, new: CleanSlot) -> Iterator[Change]:
    if field.type == "table":
        yield from _row_changes(field, old.rows(field.key), new.rows(field.key))
    else:
        before, after = old.value(field.key), new.value(field.key)
        if before.split() != after.split():
            yield Change(
                field.key, field.label, said(field, before), said(field, after), field.type
            )


def said(field: Field, value: str) -> str:
    """Return a value the way a person says it; references stand as their ids."""
    if field.type == "choice":
        return field.option_label(value)
    if field.type in DECIMAL_TYPES and (amount := exact(value)) is not None:
        number = plain_number(amount)
        return f"{number}%" if field.type == "percentage" else f"{number} {field.unit}".rstrip()
    return value


def _row_changes(field: Field, old: list[Row], new: list[Row]) -> Iterator[Change]:
    """Pair the rows that stayed alike, then those that begin alike, then tell the rest."""
    gone, come = _unlike(old, new), _unlike(new, old)
    for row in come:
        twin = next((other for other in gone if _begins_alike(field.columns, other, row)), None)
        if twin is None:
            yield Change(field.key, field.label, "", _row_said(field, row), "table")
            continue
        gone.remove(twin)
        yield from _cell_changes(field, twin, row)
    for row in gone:
        yield Change(field.key, field.label, _row_said(field, row), "", "table")


def _cell_changes(field: Field, old: Row, new: Row) -> Iterator[Change]:
    name = said(field.columns[0], new.get(field.columns[0].key, ""))
    for column in field.columns:
        before, after = old.get(column.key, ""), new.get(column.key, "")
        if before.split() != after.split():
            yield Change(
                f"{field.key}.{column.key}",
                f"{field.label}, {name}: {column.label}",
                said(column, before),
                said(column, after),
                column.type,
            )


def _unlike(rows: list[Row], others: list[Row]) -> list[Row]:
    """Return the rows that have no equal among the others, each of which counts once."""
    left = [_folded(row) for row in others]
    unlike: list[Row] = []
    for row in rows:
        if (folded := _folded(row)) in left:
            left.remove(folded)
        else:
            unlike.append(row)
    return unlike


def _folded(row: Row) -> Row:
    return {key: " ".join(value.split()) for key, value in row.items()}


def _begins_alike(columns: Sequence[Field], one: Row, other: Row) -> bool:
    first = columns[0].key
    return one.get(first, "") == other.get(first, "")


def _row_said(field: Field, row: Row) -> str:
    words = [said(column, row.get(column.key, "")) for column in field.columns]
    return " · ".join(word for word in words if word)
