"""The content of an initiative as a gate freezes it: the same rows always give the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from initiatives.models import ArtefactVersion, Evidence, Fact, Initiative, Membership
from initiatives.queries.memberships import leads_among
from kernel.canonical import moment
from kernel.compiled import compiled
from people.choices import Side
from playbook.gates import RESUME
from playbook.playbooks import Playbook


@dataclass(frozen=True)
class Content:
    """The rows that gates freeze and judge, as they stand now: fetched once, at one moment."""

    initiative: Initiative
    leads: Mapping[Side, Membership]
    versions: Sequence[ArtefactVersion]
    evidence: Sequence[Evidence]
    facts: Sequence[Fact]


def content_of(initiative: Initiative, *, copies_until: datetime | None = None) -> Content:
    """Fetch what stands now. Four queries, whatever the number of slots.

    Of links only the copies that were kept by `copies_until`: what the worker brings later stands
    beside what was frozen, and changes nothing in it.
    """
    return Content(
        initiative=initiative,
        leads=leads_among(_leads(initiative.pk)),
        versions=sorted(_versions(initiative.pk), key=lambda row: row.slot),
        evidence=_evidence(initiative.pk, copies_until),
        facts=_facts(initiative.pk),
    )


@compiled
def _leads(initiative_id: int) -> QuerySet[Membership]:
    return Membership.objects.filter(initiative=initiative_id).leads()


@compiled
def _versions(initiative_id: int) -> QuerySet[ArtefactVersion]:
    rows = ArtefactVersion.objects.filter(initiative=initiative_id)
    return rows.current().select_related("sealed")


@compiled
def _evidence(initiative_id: int, copies_until: datetime | None) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(initiative=initiative_id).standing()
    return rows.with_scan().with_copy(until=copies_until).order_by("pk")


@compiled
def _facts(initiative_id: int) -> QuerySet[Fact]:
    return Fact.objects.filter(initiative=initiative_id).order_by("pk")


def signed_content(content: Content, gate: str, playbook: Playbook) -> dict[str, Any]:
    """Return everything of the initiative that is signed at `gate`, ready to be canonical.

    Keys, numbers, dates and choices stand in the clear, every text as its commitment. Slots and
    evidence are those of the stages up to the gate's. `initiatives.rules.signed` declares which
    column is in here.
    """
    slots = {slot.key for slot in playbook.slots_at(gate)}
    return {
        "initiative": signed_fields(content.initiative),
        "leads": {side.value: str(lead.person_key) for side, lead in content.leads.items()},
        "slots": [signed_version(row) for row in content.versions if row.slot in slots],
        "evidence": [signed_evidence(row) for row in evidence_at(content, gate, playbook)],
        "facts": [signed_fact(row) for row in content.facts],
    }


def evidence_at(content: Content, gate: str, playbook: Playbook) -> list[Evidence]:
    """Return the evidence that is signed at `gate`, the oldest first."""
    slots = {slot.key for slot in playbook.slots_at(gate)}
    criteria = {criterion.key for one in _gates(gate) for criterion in playbook.criteria_of(one)}
    return [row for row in content.evidence if row.slot in slots or row.criterion in criteria]


def contribution_authors(content: Content, gate: str, playbook: Playbook) -> list[str]:
    """Return the person keys of those who wrote what is signed at `gate`, each once."""
    slots = {slot.key for slot in playbook.slots_at(gate)}
    return sorted({str(row.author_key) for row in content.versions if row.slot in slots})


def _gates(gate: str) -> list[str]:
    return [gate] if gate == RESUME else [str(one) for one in range(1, int(gate) + 1)]


def signed_fields(initiative: Initiative) -> dict[str, Any]:
    """Return the signed columns of the initiative itself."""
    ask = initiative.budget_ask
    month = initiative.planned_month
    return {
        "number": initiative.number,
        "unit": initiative.unit.name,
        "operating_model": initiative.operating_model,
        "risk": initiative.risk_answers,
        "planned_month": month and month.isoformat(),
        "budget_ask": None if ask is None else f"{ask:.2f}",
        "budget_currency": initiative.budget_currency,
    }


def signed_version(row: ArtefactVersion) -> dict[str, Any]:
    """Return the signed columns of a version of a slot."""
    return {
        "slot": row.slot,
        "n": row.n,
        "edition": row.edition_id,
        "side": row.side,
        "author": str(row.author_key),
        "open": row.open,
        "texts": row.sealed_id,
    }


def signed_evidence(row: Evidence) -> dict[str, Any]:
    """Return the signed columns of a piece of evidence read with its scan and its copy.

    Without a copy nothing is said of one, as before there were any.
    """
    return {
        "id": str(row.pk),
        "slot": row.slot,
        "criterion": row.criterion,
        "kind": row.kind,
        "side": row.side,
        "sha256": row.sha256,
        "words": row.sealed_id,
        "fetched_at": row.fetched_at and moment(row.fetched_at),
        "valid_until": row.valid_until and row.valid_until.isoformat(),
        "scan": row.scan_result or "",  # type: ignore[attr-defined]  # annotated by with_scan()
        "author": str(row.added_key),
        **_signed_copy(row),
    }


def _signed_copy(row: Any) -> dict[str, Any]:  # noqa: ANN401  evidence annotated by with_copy()
    if not row.copy_sha256:
        return {}
    copy = {
        "sha256": row.copy_sha256,
        "content_type": row.copy_type,
        "scan": row.copy_scan,
        "fetched_at": moment(row.copied_at),
    }
    return {"copy": copy}


def signed_fact(row: Fact) -> dict[str, Any]:
    """Return the signed columns of a fact."""
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "happened_on": row.happened_on.isoformat(),
        "amount": None if row.amount is None else f"{row.amount:.2f}",
        "currency": row.currency,
        "breach": row.breach,
        "words": row.sealed_id,
    }
