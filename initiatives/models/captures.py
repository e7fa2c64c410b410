"""Copies of what links lead to: asked for by somebody, fetched by the worker, kept once."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.choices import CaptureResult, ScanResult
from initiatives.models.evidence import Evidence
from journal.models import InsertOnly

_IS_KEPT = Q(
    result=CaptureResult.KEPT,
    size__gt=0,
    sha256__regex=r"^[0-9a-f]{64}$",
    scan__in=ScanResult.values,
) & ~Q(content_type="")
_IS_NONE = ~Q(result=CaptureResult.KEPT) & Q(size=None, sha256="", scan="", content_type="")


class CaptureRequest(InsertOnly):
    """Somebody's wish for a copy of what a link leads to; each is answered once."""

    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="capture_requests"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_key = models.UUIDField()
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"copy of {self.evidence_id} asked for"


class Capture(InsertOnly):
    """What came of a request: the copy that is kept, or why there is none."""

    request = models.OneToOneField(CaptureRequest, on_delete=models.PROTECT, related_name="capture")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="captures")
    result = models.CharField(max_length=16, choices=CaptureResult)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    scan = models.CharField(max_length=16, choices=ScanResult, blank=True)
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=CaptureResult.values), name="capture_result_is_one_we_have"
            ),
            models.CheckConstraint(
                condition=_IS_KEPT | _IS_NONE, name="only_kept_copies_have_bytes"
            ),
            models.UniqueConstraint(
                fields=["evidence"],
                condition=Q(result=CaptureResult.KEPT),
                name="one_copy_of_a_link",
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="capture_by_file")]

    def __str__(self) -> str:
        return f"{self.result}: {self.evidence_id}"
