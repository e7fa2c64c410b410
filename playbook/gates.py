"""Stages, gates and their criteria, built from `stages.yaml` and the files `criteria_*.yaml`."""

from collections.abc import Iterable
from dataclasses import dataclass

from playbook.nodes import Node
from playbook.reading import Reading, judge_unique
from playbook.shapes import (
    AXES,
    COMPUTED,
    KINDS,
    PROOFS,
    SIDES,
    Criterion,
    Ending,
    Gate,
    Slot,
    Stage,
)
from playbook.slots import read_options

STAGE_COUNT = 4
RESUME = "resume"
GATE_KEYS = (*(str(number) for number in range(1, STAGE_COUNT + 1)), RESUME)
MOST_WEIGHT = 10
PROOF_KEYS = {
    "artefact": ("slots",),
    "attested": ("stands_for", "unit", "met_at", "stop_below"),
    "computed": ("computed",),
}


def read_stages(node: Node) -> tuple[tuple[Stage, ...], tuple[Gate, ...]]:
    """Return the four stages in their order, and the five gates."""
    reading = Reading(node, required=("stages", "gates"))
    stages = reading.things("stages", _stage)
    judge_unique(reading.nodes("stages"), [stage.key for stage in stages], "stage")
    if [stage.number for stage in stages] != list(range(1, STAGE_COUNT + 1)):
        raise reading.values["stages"].error("the stages are numbered 1 to 4, in this order")
    gates = reading.things("gates", _gate)
    judge_unique(reading.nodes("gates"), [gate.key for gate in gates], "gate")
    if missing := [key for key in GATE_KEYS if key not in {gate.key for gate in gates}]:
        raise reading.values["gates"].error(f"the gate “{missing[0]}” is missing")
    return stages, gates


def _stage(node: Node) -> Stage:
    reading = Reading(node, required=("number", "key", "name", "help", "questions"))
    return Stage(
        number=reading.whole("number", least=1),
        key=reading.key(),
        name=reading.label("name"),
        help=reading.text("help"),
        questions=reading.words("questions"),
        line=reading.line,
    )


def _gate(node: Node) -> Gate:
    reading = Reading(
        node,
        required=("key", "name", "help"),
        optional=("ready_at", "verdicts", "launch_date", "ends"),
    )
    key = reading.one_of("key", GATE_KEYS)
    launch = reading.words("launch_date")
    if launch and len(launch) != len(("slot", "field")):
        raise reading.values["launch_date"].error("“launch_date” names a slot and its field")
    return Gate(
        key=key,
        stage=None if key == RESUME else int(key),
        name=reading.label("name"),
        help=reading.text("help"),
        ready_at=reading.whole("ready_at", least=1) if reading.has("ready_at") else None,
        verdicts=read_options(reading, "verdicts") if reading.has("verdicts") else (),
        launch_date=(launch[0], launch[1]) if launch else None,
        ending=_ending(reading.values["ends"]) if reading.has("ends") else None,
        line=reading.line,
    )


def _ending(node: Node) -> Ending:
    reading = Reading(node, required=("slot", "field", "answers", "asks"))
    return Ending(
        slot=reading.key("slot"),
        field=reading.key("field"),
        answers=reading.words("answers"),
        asks=reading.words("asks"),
    )


@dataclass(frozen=True)
class CriteriaFile:
    """The criteria of one file, with the nodes they were read from."""

    node: Node
    nodes: list[Node]
    gate: Gate
    criteria: tuple[Criterion, ...]


def read_criteria(node: Node, gates: Iterable[Gate], slots: Iterable[Slot]) -> CriteriaFile:
    """Return the criteria of one gate, each proved by something that exists."""
    reading = Reading(node, required=("gate", "criteria"))
    known = {gate.key: gate for gate in gates}
    gate = known[reading.one_of("gate", known)]
    usable = {slot.key: slot for slot in slots if _is_frozen(slot, gate)}
    criteria = reading.things("criteria", lambda item: _criterion(item, gate, usable))
    return CriteriaFile(node, reading.nodes("criteria"), gate, criteria)


def _is_frozen(slot: Slot, gate: Gate) -> bool:
    """Return whether the gate freezes the slot, so that it can prove something there."""
    if gate.stage is None:
        return slot.gate == gate.key
    return slot.stage is not None and slot.stage <= gate.stage


def _criterion(node: Node, gate: Gate, usable: dict[str, Slot]) -> Criterion:
    proof = _proof_of(node)
    reading = Reading(
        node,
        required=("key", "side", "kind", "axis", "proof", "text", *_needed(proof)),
        optional=("help", "weight", "verdicts", *PROOF_KEYS[proof]),
    )
    criterion = Criterion(
        key=reading.key(),
        gate=gate.key,
        side=reading.one_of("side", SIDES),
        kind=reading.one_of("kind", KINDS),
        axis=reading.one_of("axis", AXES),
        text=reading.text("text"),
        proof=proof,
        help=reading.text("help", ""),
        weight=reading.whole("weight", 1, least=1),
        slots=reading.words("slots"),
        computed=reading.one_of("computed", COMPUTED) if proof == "computed" else "",
        stands_for=reading.key("stands_for") if reading.has("stands_for") else "",
        unit=reading.text("unit", ""),
        met_at=reading.decimal("met_at"),
        stop_below=reading.decimal("stop_below"),
        verdicts=reading.words("verdicts"),
        line=reading.line,
    )
    _judge_slots(reading, criterion, usable)
    _judge_figures(reading, criterion)
    _judge_binding(reading, criterion, gate)
    return criterion


def _proof_of(node: Node) -> str:
    """Return the proof first: it decides which other keys may stand there."""
    if not isinstance(node.value, dict) or "proof" not in node.value:
        raise node.error("a criterion needs the key “proof”")
    proof = node.value["proof"]
    if proof.value not in PROOFS:
        raise proof.error(f"“{proof.value}” is not one of {', '.join(PROOFS)}")
    return str(proof.value)


def _needed(proof: str) -> tuple[str, ...]:
    return () if proof == "attested" else PROOF_KEYS[proof]


def _judge_slots(reading: Reading, criterion: Criterion, usable: dict[str, Slot]) -> None:
    for key in criterion.slots:
        if key not in usable:
            raise reading.values["slots"].error(
                f"the slot “{key}” does not exist, or opens after this gate"
            )
        if not any(field.required for field in usable[key].fields):
            raise reading.values["slots"].error(
                f"the slot “{key}” has no required field, so it proves nothing"
            )


def _judge_figures(reading: Reading, criterion: Criterion) -> None:
    met, stop = criterion.met_at, criterion.stop_below
    if (met is None) != (not criterion.unit):
        raise reading.node.error("a figure needs both “unit” and “met_at”")
    if stop is not None and (met is None or stop > met):
        raise reading.values["stop_below"].error("“stop_below” needs a “met_at” that is not lower")


def _judge_binding(reading: Reading, criterion: Criterion, gate: Gate) -> None:
    if criterion.weight > MOST_WEIGHT:
        raise reading.values["weight"].error(f"“weight” is at most {MOST_WEIGHT}")
    known = {option.value for option in gate.verdicts}
    for verdict in criterion.verdicts:
        if verdict not in known:
            raise reading.values["verdicts"].error(f"“{verdict}” is no verdict of this gate")
