"""Slots and their typed fields, built from the files `slots_*.yaml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from playbook.nodes import Node
from playbook.reading import Reading, judge_unique
from playbook.shapes import DECIMAL_TYPES, FIELD_TYPES, SIDES, Field, Option, Slot

Choices = Mapping[str, tuple[Option, ...]]

COMMON = ("key", "label", "type")
EXTRAS: Mapping[str, tuple[str, ...]] = {
    "text": (),
    "long_text": (),
    "number": ("unit", "decimals", "min_value", "max_value"),
    "money": ("min_value", "max_value"),
    "percentage": ("decimals", "min_value", "max_value"),
    "date": (),
    "choice": ("options", "options_from", "settled_by"),
    "person": (),
    "role": (),
    "evidence": ("min_items",),
    "table": ("columns", "min_items", "max_items", "goes_with", "empty_when"),
}
COLUMN_TYPES = tuple(kind for kind in FIELD_TYPES if kind not in {"table", "evidence"})
MOST_DECIMALS = 6
MOST_ROWS = 200
MOST_EVIDENCE = 20
MONEY_DECIMALS = 2


@dataclass(frozen=True)
class SlotsFile:
    """The slots of one file, with the nodes they were read from."""

    node: Node
    nodes: list[Node]
    stage: int | None
    gate: str
    slots: tuple[Slot, ...]


def read_slots(node: Node, choices: Choices) -> SlotsFile:
    """Return the slots of one file, which belong to a stage, or to the gate `resume`."""
    reading = Reading(node, required=("slots",), optional=("stage", "gate"))
    if reading.has("stage") == reading.has("gate"):
        raise node.error("say either which “stage” or which “gate” these slots belong to")
    stage = reading.whole("stage", least=1) if reading.has("stage") else None
    gate = reading.text("gate") if stage is None else str(stage)
    slots = reading.things("slots", lambda item: _slot(item, stage, gate, choices))
    return SlotsFile(node, reading.nodes("slots"), stage, gate, slots)


def _slot(node: Node, stage: int | None, gate: str, choices: Choices) -> Slot:
    reading = Reading(node, required=("key", "side", "label", "help", "fields"))
    fields = reading.things("fields", lambda item: _field(item, choices, FIELD_TYPES))
    judge_unique(reading.nodes("fields"), [field.key for field in fields], "field")
    evidence = [
        item
        for item, field in zip(reading.nodes("fields"), fields, strict=True)
        if field.type == "evidence"
    ]
    if len(evidence) > 1:
        raise evidence[1].error("a slot has one field for evidence, not two")
    for item, field in zip(reading.nodes("fields"), fields, strict=True):
        _judge_companion(item, field, fields)
    return Slot(
        key=reading.key(),
        stage=stage,
        gate=gate,
        side=reading.one_of("side", SIDES),
        label=reading.label("label"),
        help=reading.text("help"),
        fields=fields,
        line=reading.line,
    )


def _judge_companion(node: Node, table: Field, fields: Sequence[Field]) -> None:
    """Refuse a table that goes with no choice of its slot, or is empty at no answer of it."""
    if not table.goes_with:
        return
    answers = {
        option.value for field in fields if field.key == table.goes_with for option in field.options
    }
    if not answers:
        raise node.error(f"“{table.goes_with}” is no choice of this slot")
    for word in table.empty_when:
        if word not in answers:
            raise node.error(f"“{word}” is no answer of “{table.goes_with}”")


def _field(node: Node, choices: Choices, types: tuple[str, ...]) -> Field:
    kind = _type_of(node, types)
    reading = Reading(node, required=COMMON, optional=("help", "required", *EXTRAS[kind]))
    field = Field(
        key=reading.key(),
        label=reading.label("label"),
        type=kind,
        help=reading.text("help", ""),
        required=reading.truth("required"),
        line=reading.line,
    )
    if kind in DECIMAL_TYPES:
        field = _with_bounds(reading, field)
    elif kind == "choice":
        field = _with_options(reading, field, choices)
    elif kind == "table":
        field = _with_columns(reading, field, choices)
    elif kind == "evidence":
        field = _with_items(reading, field, MOST_EVIDENCE)
    return field


def _type_of(node: Node, types: tuple[str, ...]) -> str:
    """Return the type first: it decides which other keys may stand there."""
    if not isinstance(node.value, dict) or "type" not in node.value:
        raise node.error("a field needs the key “type”")
    kind = node.value["type"]
    if kind.value not in types:
        raise kind.error(f"“{kind.value}” is not one of {', '.join(types)}")
    return str(kind.value)


def _with_bounds(reading: Reading, field: Field) -> Field:
    decimals = MONEY_DECIMALS if field.type == "money" else reading.whole("decimals", 0)
    if decimals > MOST_DECIMALS:
        raise reading.values["decimals"].error(f"at most {MOST_DECIMALS} decimals")
    bounded = replace(
        field,
        unit="%" if field.type == "percentage" else reading.text("unit", ""),
        decimals=decimals,
        min_value=reading.decimal("min_value"),
        max_value=reading.decimal("max_value"),
    )
    low, high = bounded.min_value, bounded.max_value
    if low is not None and high is not None and low > high:
        raise reading.values["max_value"].error("“max_value” is below “min_value”")
    return bounded


def _with_options(reading: Reading, field: Field, choices: Choices) -> Field:
    if reading.has("options") == reading.has("options_from"):
        raise reading.node.error("a choice needs either “options” or “options_from”")
    if reading.has("options"):
        options = read_options(reading, "options")
    else:
        options = choices[reading.one_of("options_from", choices)]
    settled = reading.words("settled_by")
    values = {option.value for option in options}
    for word in settled:
        if word not in values:
            raise reading.values["settled_by"].error(f"“{word}” is none of the options")
    return replace(field, options=options, settled_by=settled)


def read_options(reading: Reading, key: str) -> tuple[Option, ...]:
    """Return the answers of a choice: a list of mappings with value and label."""
    options = reading.things(key, _option)
    judge_unique(reading.nodes(key), [option.value for option in options], "option")
    return options


def _option(node: Node) -> Option:
    reading = Reading(node, required=("value", "label"))
    return Option(value=reading.key("value"), label=reading.label("label"), line=reading.line)


def _with_columns(reading: Reading, field: Field, choices: Choices) -> Field:
    if not reading.has("columns"):
        raise reading.node.error("a table needs “columns”")
    columns = reading.things("columns", lambda item: _field(item, choices, COLUMN_TYPES))
    judge_unique(reading.nodes("columns"), [column.key for column in columns], "column")
    if reading.has("goes_with") != reading.has("empty_when"):
        raise reading.node.error("“goes_with” and “empty_when” stand together")
    companion = replace(
        field,
        columns=columns,
        goes_with=reading.text("goes_with", ""),
        empty_when=reading.words("empty_when"),
    )
    return _with_items(reading, companion, MOST_ROWS)


def _with_items(reading: Reading, field: Field, most: int) -> Field:
    """Add how many rows or pieces of evidence are asked for; a required one asks for one."""
    least = reading.whole("min_items", 1 if field.required else 0)
    limit = reading.whole("max_items", most, least=1)
    if limit > most:
        raise reading.values["max_items"].error(f"at most {most}")
    if least > limit:
        raise reading.values["min_items"].error(f"“min_items” is above {limit}")
    return replace(field, min_items=least, max_items=limit, required=least > 0)
