"""What is known about each criterion of a gate, read from contributions, facts and proofs."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from governance.models import Proof
from governance.rules.criteria import Answer, Dated, Verdict
from initiatives.choices import FactKind
from initiatives.models import ArtefactVersion, Initiative
from initiatives.queries.opportunities import scored_now
from initiatives.queries.questions import target_label
from initiatives.queries.signed import Content, evidence_at
from initiatives.rules.opportunities import ScoredFacts, why_not_scored
from initiatives.rules.slots import CleanSlot, blockers_to_complete
from kernel.compiled import compiled
from kernel.refusals import Blocker
from playbook.playbooks import Playbook
from playbook.shapes import BLIND_SCORES, Criterion


@dataclass(frozen=True)
class Material:
    """Everything that verdicts of one initiative are read from, fetched once."""

    initiative: Initiative
    playbook: Playbook
    versions: Mapping[str, ArtefactVersion | None]
    evidence: dict[str, int]
    proofs: dict[str, Proof]
    sides_led: frozenset[str]
    early_facts: frozenset[str]
    scored: ScoredFacts | None = None
    chosen: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    complete: dict[str, bool] = field(default_factory=dict)
    found_missing: dict[str, tuple[Blocker, ...]] = field(default_factory=dict)

    def is_complete(self, key: str) -> bool:
        """Whether the current version of a slot has everything the playbook asks for."""
        if key not in self.complete:
            is_written = self.versions.get(key) is not None
            self.complete[key] = is_written and not self.missing(key)
        return self.complete[key]

    def choice(self, slot: str, key: str) -> str:
        """Return what is chosen in a field that stands in the clear; "" where nothing is."""
        version = self.versions.get(slot)
        said = version.open if version else self.chosen.get(slot, {})
        return str(said.get(key, ""))

    def missing(self, key: str) -> tuple[Blocker, ...]:
        """Everything that the playbook asks for and the slot does not have."""
        if key not in self.found_missing:
            self.found_missing[key] = tuple(self._judge(key))
        return self.found_missing[key]

    def _judge(self, key: str) -> Iterator[Blocker]:
        version = self.versions.get(key)
        text = version.sealed.text if version else None
        clean = CleanSlot(version.open if version else {}, json.loads(text) if text else {})
        return blockers_to_complete(
            self.playbook.slot(key),
            clean,
            playbook=self.playbook,
            evidence=self.evidence.get(key, 0),
        )


def material(content: Content, gate: str, playbook: Playbook) -> Material:
    """Put together what the verdicts of `gate` rest on: one query beyond the content."""
    proofs = _newest_proofs(content.initiative.pk, gate)
    return Material(
        initiative=content.initiative,
        playbook=playbook,
        versions={version.slot: version for version in content.versions},
        evidence=Counter(row.slot for row in content.evidence if row.slot),
        proofs={proof.criterion: proof for proof in proofs},
        sides_led=frozenset(str(side) for side in content.leads),
        early_facts=frozenset(str(fact.kind) for fact in content.facts if fact.breach),
        scored=scored_for(content.initiative, gate, playbook),
    )


@compiled
def _newest_proofs(initiative_id: int, gate: str) -> QuerySet[Proof]:
    rows = Proof.objects.filter(initiative=initiative_id, gate=gate)
    newest = rows.order_by("criterion", "-pk").distinct("criterion")
    return newest.select_related("sealed", "by")


def dated_evidence(content: Content, gate: str, playbook: Playbook) -> tuple[Dated, ...]:
    """Return the evidence signed at `gate` that is good until a day, with what it is for."""
    return tuple(
        Dated(
            id=row.pk,
            label=target_label(playbook, slot=row.slot, criterion=row.criterion),
            valid_until=row.valid_until,
        )
        for row in evidence_at(content, gate, playbook)
        if row.valid_until is not None
    )


def scored_for(initiative: Initiative, gate: str, playbook: Playbook) -> ScoredFacts | None:
    """Return how far the scoring has come; nothing where the gate does not ask."""
    if not any(one.computed == BLIND_SCORES for one in playbook.criteria_of(gate)):
        return None
    return scored_now(initiative, playbook)


def verdicts(material: Material, criteria: Iterable[Criterion]) -> list[Verdict]:
    """Judge each criterion by the material, in the order of the playbook.

    Of a gate that would end it here, only what is asked of such an end.
    """
    return [
        _verdict(material, criterion) for criterion in criteria if _is_asked(material, criterion)
    ]


def _verdict(material: Material, criterion: Criterion) -> Verdict:
    answer = _answer(material, criterion)
    said = material.proofs.get(criterion.key)
    if said is None or not said.excuse:
        return Verdict(criterion=criterion, answer=answer)
    return Verdict(
        criterion=criterion, answer=answer, excuse=said.excuse, excused_until=said.valid_until
    )


def ends(material: Material, gate: str) -> bool:
    """Tell whether the content as it stands says not to use AI here, at a gate that signs so."""
    ending = material.playbook.gate(gate).ending
    return ending is not None and material.choice(ending.slot, ending.field) in ending.answers


def _is_asked(material: Material, criterion: Criterion) -> bool:
    ending = material.playbook.gate(criterion.gate).ending
    return ending is None or criterion.key in ending.asks or not ends(material, criterion.gate)


def _answer(material: Material, criterion: Criterion) -> Answer | None:
    match criterion.proof:
        case "artefact":
            return _by_artefact(material, criterion)
        case "computed":
            return _COMPUTED[criterion.computed](material)
        case _:
            return _by_word(material, criterion)


def _by_artefact(material: Material, criterion: Criterion) -> Answer | None:
    if not any(key in material.versions for key in criterion.slots):
        return None
    waiting = [key for key in criterion.slots if not material.is_complete(key)]
    labels = ", ".join(f"“{material.playbook.slot(key).label}”" for key in waiting)
    return Answer(is_met=not waiting, why_not=f"{labels} is not complete yet." if waiting else "")


def _by_word(material: Material, criterion: Criterion) -> Answer | None:
    proof = material.proofs.get(criterion.key)
    if proof is None or proof.excuse:
        return None
    return Answer(is_met=proof.is_met, value=proof.value, valid_until=proof.valid_until)


def _no_vendor_commitment(material: Material) -> Answer:
    committed = FactKind.VENDOR_COMMITMENT in material.early_facts
    return Answer(
        is_met=not committed,
        why_not="A vendor commitment has been recorded already." if committed else "",
    )


def _accountable_pair(material: Material) -> Answer:
    missing = sorted({"technology", "people"} - material.sides_led)
    return Answer(
        is_met=not missing, why_not=f"No lead for {' and '.join(missing)} yet." if missing else ""
    )


def _operating_model_chosen(material: Material) -> Answer:
    chosen = bool(material.initiative.operating_model)
    return Answer(is_met=chosen, why_not="" if chosen else "No operating model is chosen yet.")


def _blind_scores(material: Material) -> Answer | None:
    if material.scored is None:
        return None
    why_not = why_not_scored(material.scored)
    return Answer(is_met=not why_not, why_not=why_not)


_COMPUTED: dict[str, Callable[[Material], Answer | None]] = {
    "no_vendor_commitment": _no_vendor_commitment,
    "accountable_pair": _accountable_pair,
    "operating_model_chosen": _operating_model_chosen,
    BLIND_SCORES: _blind_scores,
}
