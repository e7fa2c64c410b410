"""The playbook as a whole: everything it holds, found by key."""

import builtins
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from playbook.passkeys import PasskeyPolicy
from playbook.rapid_reads import ReadTemplate
from playbook.scoring import ScoreSheet
from playbook.shapes import (
    Criterion,
    Gate,
    Level,
    Metric,
    Notice,
    OperatingModel,
    Reason,
    RiskQuestion,
    Slot,
    Stage,
    Success,
)


class Keyed(Protocol):
    """Anything found by its key."""

    @property
    def key(self) -> str: ...


KeyedT = TypeVar("KeyedT", bound=Keyed)


@dataclass(frozen=True, kw_only=True, eq=False)
class Playbook:
    """The practice of one edition. Two playbooks are equal when their digests are.

    Every look-up of something that is not there raises KeyError.
    """

    title: str
    revision: int
    stages: tuple[Stage, ...]
    gates: tuple[Gate, ...]
    slots: tuple[Slot, ...]
    criteria: tuple[Criterion, ...]
    levels: tuple[Level, ...]
    operating_models: tuple[OperatingModel, ...]
    risk_questions: tuple[RiskQuestion, ...]
    metrics: tuple[Metric, ...]
    reasons: tuple[Reason, ...]
    notices: tuple[Notice, ...]
    success: Success
    scoring: ScoreSheet
    rapid_read: ReadTemplate
    passkeys: PasskeyPolicy
    bytes: builtins.bytes = field(repr=False)
    digest: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Playbook) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def slots_of(self, stage: int) -> tuple[Slot, ...]:
        """Return the slots that open with one stage."""
        return tuple(slot for slot in self.slots if slot.stage == stage)

    def slots_until(self, stage: int) -> tuple[Slot, ...]:
        """Return the slots of the stages up to and with this one, in their order."""
        return tuple(slot for slot in self.slots if slot.stage and slot.stage <= stage)

    def slots_at(self, gate: str) -> tuple[Slot, ...]:
        """Return the slots that a gate freezes: all stages up to it, or its own for `resume`."""
        stage = self.gate(gate).stage
        if stage is not None:
            return self.slots_until(stage)
        return tuple(slot for slot in self.slots if slot.gate == gate)

    def required_slots(self, gate: str) -> tuple[Slot, ...]:
        """Return the slots that prove a criterion of the gate, whatever the verdict."""
        keys = {key for criterion in self.criteria_of(gate) for key in criterion.slots}
        return tuple(slot for slot in self.slots if slot.key in keys)

    def criteria_of(self, gate: str, verdict: str | None = None) -> tuple[Criterion, ...]:
        """Return the criteria of a gate; with a verdict, only those that bind for it."""
        return tuple(
            criterion
            for criterion in self.criteria
            if criterion.gate == gate
            and (verdict is None or not criterion.verdicts or verdict in criterion.verdicts)
        )

    def has_slot(self, key: str) -> bool:
        """Return whether the playbook knows the slot."""
        return key in self._slots

    def slot(self, key: str) -> Slot:
        return self._slots[key]

    def criterion(self, key: str) -> Criterion:
        return self._criteria[key]

    def stage(self, number: int) -> Stage:
        return {stage.number: stage for stage in self.stages}[number]

    def gate(self, key: str) -> Gate:
        return {gate.key: gate for gate in self.gates}[key]

    def gate_of(self, stage: int) -> Gate:
        return {gate.stage: gate for gate in self.gates}[stage]

    def metric(self, key: str) -> Metric:
        return self._metrics[key]

    def level(self, code: str) -> Level:
        return {level.code: level for level in self.levels}[code]

    def operating_model(self, key: str) -> OperatingModel:
        return _keyed(self.operating_models)[key]

    def reason(self, code: str) -> Reason:
        return {reason.code: reason for reason in self.reasons}[code]

    def notice(self, key: str) -> Notice:
        return _keyed(self.notices)[key]

    @cached_property
    def _slots(self) -> dict[str, Slot]:
        return _keyed(self.slots)

    @cached_property
    def _criteria(self) -> dict[str, Criterion]:
        return _keyed(self.criteria)

    @cached_property
    def _metrics(self) -> dict[str, Metric]:
        return _keyed(self.metrics)


def _keyed(things: Iterable[KeyedT]) -> dict[str, KeyedT]:
    return {thing.key: thing for thing in things}
