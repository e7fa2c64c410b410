"""Evidence, opened for reading."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

from initiatives.choices import EvidenceKind
from initiatives.models import Capture, Evidence, Initiative
from initiatives.queries.captures import CopyView, copies_of, facts_of_copy
from initiatives.rules.captures import blockers_to_ask, suffix_of
from initiatives.rules.evidence import runs_out
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.models import User


@dataclass(frozen=True)
class EvidenceView:
    """One piece of evidence with its words. `is_erased` when these are gone for good."""

    id: int
    slot: str
    criterion: str
    kind: EvidenceKind
    title: str
    note: str
    url: str
    file_name: str
    is_erased: bool
    sha256: str
    size: int | None
    content_type: str
    scan: str
    fetched_at: datetime | None
    valid_until: date | None
    is_stale: bool
    runs_out: bool
    side: Side
    added_by: User
    added_key: UUID
    added_at: datetime
    commitment: str
    copy: CopyView | None = None
    may_ask: bool = False


def evidence_of(initiative: Initiative, *, on: date) -> tuple[EvidenceView, ...]:
    """Return what stands as evidence, the oldest first; `on` decides what is stale."""
    rows = Evidence.objects.filter(initiative=initiative).standing().with_scan()
    rows = rows.select_related("sealed", "added_by").order_by("pk")
    seen = [_opened(row, on) for row in rows]
    links = [one.id for one in seen if one.kind == EvidenceKind.LINK]
    copies = copies_of(links)
    return tuple(_copied(one, copies.get(one.id)) if one.id in links else one for one in seen)


def get_evidence(initiative: Initiative, evidence_id: int) -> Evidence:
    """Return one piece of standing evidence of this initiative.

    :raises NotVisibleError: when there is none.
    """
    rows = Evidence.objects.filter(initiative=initiative, pk=evidence_id).standing()
    found = rows.select_related("sealed").first()
    if found is None:
        raise NotVisibleError
    return found


def file_name_of(evidence: Evidence) -> str:
    """Return the name to save the file under."""
    return str(words_of(evidence).get("file_name") or f"evidence-{evidence.pk}")


def copy_name_of(evidence: Evidence, capture: Capture) -> str:
    """Return the name to save the copy of a link under: of what, and of when."""
    host = urlsplit(words_of(evidence).get("url", "")).hostname or f"evidence-{evidence.pk}"
    return f"{host} {capture.fetched_at:%Y-%m-%d}{suffix_of(capture.content_type)}"


def words_of(evidence: Evidence) -> dict[str, str]:
    """Return title, note, address and file name; nothing once erased."""
    text = evidence.sealed.text
    words: dict[str, str] = {} if text is None else json.loads(text)
    return words


def journalled(evidence: Evidence) -> dict[str, str | bool]:
    """Return what the journal says of a piece of evidence: nothing of its words."""
    return {
        "slot": evidence.slot,
        "criterion": evidence.criterion,
        "kind": evidence.kind,
        "sha256": evidence.sha256,
        "side": evidence.side,
        "signed": True,
    }


def by_slot(evidence: Iterable[EvidenceView]) -> dict[str, tuple[EvidenceView, ...]]:
    """Return the evidence by the slot it belongs to."""
    sorted_out: defaultdict[str, tuple[EvidenceView, ...]] = defaultdict(tuple)
    for one in evidence:
        if one.slot:
            sorted_out[one.slot] += (one,)
    return dict(sorted_out)


def _copied(one: EvidenceView, copy: CopyView | None) -> EvidenceView:
    facts = facts_of_copy(one.kind, copy, is_erased=one.is_erased)
    return replace(one, copy=copy, may_ask=next(blockers_to_ask(facts), None) is None)


def _opened(row: Evidence, on: date) -> EvidenceView:
    words = words_of(row)
    return EvidenceView(
        id=row.pk,
        slot=row.slot,
        criterion=row.criterion,
        kind=EvidenceKind(row.kind),
        title=words.get("title", ""),
        note=words.get("note", ""),
        url=words.get("url", ""),
        file_name=words.get("file_name", ""),
        is_erased=row.sealed.text is None,
        sha256=row.sha256,
        size=row.size,
        content_type=row.content_type,
        scan=row.scan_result or "",  # type: ignore[attr-defined]  # annotated by with_scan()
        fetched_at=row.fetched_at,
        valid_until=row.valid_until,
        is_stale=row.is_stale(on),
        runs_out=runs_out(row.valid_until, on),
        side=Side(row.side),
        added_by=row.added_by,
        added_key=row.added_key,
        added_at=row.added_at,
        commitment=row.sealed_id,
    )
