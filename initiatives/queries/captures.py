"""Copies of what links lead to, and what was asked for and has not come yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from initiatives.choices import CaptureResult
from initiatives.models import Capture, CaptureRequest, Evidence
from initiatives.rules.captures import CaptureFacts
from journal.queries import is_worked_on
from kernel.refusals import NotVisibleError


@dataclass(frozen=True)
class CopyView:
    """What became of the wish for a copy; without a result it has not come, or never will."""

    asked_at: datetime
    is_waited_for: bool = False
    result: CaptureResult | None = None
    sha256: str = ""
    size: int | None = None
    content_type: str = ""
    scan: str = ""
    fetched_at: datetime | None = None

    @property
    def is_kept(self) -> bool:
        return self.result == CaptureResult.KEPT

    @property
    def why_not(self) -> str:
        """Why there is none, in words; "" where nothing is known."""
        return "" if self.result in (None, CaptureResult.KEPT) else str(self.result.label)


def copies_of(evidence_ids: Collection[int]) -> Mapping[int, CopyView]:
    """Return the copy of each link: the one that is kept, or what came of the last try."""
    if not evidence_ids:
        return {}
    rows = CaptureRequest.objects.filter(evidence__in=evidence_ids).select_related("capture")
    found: dict[int, CopyView] = {}
    for row in rows.order_by("pk"):
        known = found.get(row.evidence_id)
        if known is None or not known.is_kept:
            found[row.evidence_id] = _seen(row)
    return found


def kept_copy(evidence: Evidence) -> Capture:
    """Return the copy of a link.

    :raises NotVisibleError: when there is none.
    """
    found = Capture.objects.filter(evidence=evidence, result=CaptureResult.KEPT).first()
    if found is None:
        raise NotVisibleError
    return found


def capture_facts(evidence: Evidence) -> CaptureFacts:
    """Return what decides whether a copy of this can be asked for."""
    copy = copies_of([evidence.pk]).get(evidence.pk)
    return facts_of_copy(evidence.kind, copy, is_erased=evidence.sealed.text is None)


def facts_of_copy(kind: str, copy: CopyView | None, *, is_erased: bool) -> CaptureFacts:
    """Return the same of what has been read already."""
    return CaptureFacts(
        kind=kind,
        is_on=settings.CAPTURE_LINKS,
        is_erased=is_erased,
        is_kept=copy is not None and copy.is_kept,
        is_waited_for=copy is not None and copy.is_waited_for,
    )


def request_to_answer(request_id: int) -> CaptureRequest | None:
    """Return a request that still waits, of a link that stands and can be read; else nothing."""
    row = CaptureRequest.objects.select_related("evidence__sealed").get(pk=request_id)
    return row if is_open(row) and row.evidence.sealed.text is not None else None


def is_open(request: CaptureRequest) -> bool:
    """Tell whether the request has no answer, its evidence stands, and no copy was kept."""
    return (
        not Capture.objects.filter(request=request).exists()
        and not Capture.objects.filter(
            evidence=request.evidence_id, result=CaptureResult.KEPT
        ).exists()
        and Evidence.objects.filter(pk=request.evidence_id).standing().exists()
    )


def _seen(row: CaptureRequest) -> CopyView:
    capture: Capture | None = getattr(row, "capture", None)
    if capture is None:
        return CopyView(asked_at=row.asked_at, is_waited_for=is_worked_on(row))
    return CopyView(
        asked_at=row.asked_at,
        result=CaptureResult(capture.result),
        sha256=capture.sha256,
        size=capture.size,
        content_type=capture.content_type,
        scan=capture.scan,
        fetched_at=capture.fetched_at,
    )
