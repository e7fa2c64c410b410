"""What a contribution or a criterion rests on: files, links and statements."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery

from initiatives.choices import CaptureResult, EvidenceKind, ScanResult
from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly, InsertOnlyQuerySet, Sealed
from people.choices import Side

_IS_FILE = Q(kind=EvidenceKind.FILE, size__gt=0, sha256__regex=r"^[0-9a-f]{64}$") & ~Q(
    content_type=""
)
_IS_WORD = Q(
    kind__in=[EvidenceKind.LINK, EvidenceKind.ATTESTATION], size=None, sha256="", content_type=""
)


class EvidenceQuerySet(InsertOnlyQuerySet["Evidence"]):
    def standing(self) -> Self:
        """Leave out what was taken back."""
        return self.filter(withdrawal=None)

    def with_scan(self) -> Self:
        """Add to each what the scanner last said, "" for what is no file."""
        last = Scan.objects.filter(evidence=OuterRef("pk")).order_by("-pk")
        return self.annotate(scan_result=Subquery(last.values("result")[:1]))

    def with_copy(self, *, until: datetime | None = None) -> Self:
        """Add to each link the copy that was kept by `until`, None where there was none."""
        kept = Q(captures__result=CaptureResult.KEPT)
        if until is not None:
            kept &= Q(captures__fetched_at__lte=until)
        return self.annotate(
            kept=FilteredRelation("captures", condition=kept),
            copy_sha256=F("kept__sha256"),
            copy_type=F("kept__content_type"),
            copy_scan=F("kept__scan"),
            copied_at=F("kept__fetched_at"),
        )


class Evidence(InsertOnly):
    """One piece of evidence. Title, note, file name and address are sealed, as JSON."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="evidence")
    slot = models.CharField(max_length=64, blank=True)
    criterion = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=16, choices=EvidenceKind)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    fetched_at = models.DateTimeField(null=True)
    valid_until = models.DateField(null=True)
    side = models.CharField(max_length=16, choices=Side)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_key = models.UUIDField()
    added_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(slot="") & ~Q(criterion="")) | (~Q(slot="") & Q(criterion="")),
                name="evidence_has_one_target",
            ),
            models.CheckConstraint(condition=_IS_FILE | _IS_WORD, name="only_files_have_bytes"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="evidence_has_a_side"),
        ]
        indexes = [models.Index(fields=["sha256"], name="evidence_by_file")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.slot or self.criterion}"

    def is_stale(self, on: date) -> bool:
        """Tell whether its last good day is over."""
        return self.valid_until is not None and self.valid_until < on


class EvidenceWithdrawal(InsertOnly):
    """Evidence taken back: it stays stored, and counts no longer."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_key = models.UUIDField()
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"withdrawal of {self.evidence_id}"


class Scan(InsertOnly):
    """What the virus scanner said of a file; "not scanned" where none is set up."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="scans")
    result = models.CharField(max_length=16, choices=ScanResult)
    scanned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=ScanResult.values), name="scan_result_is_one_we_have"
            )
        ]

    def __str__(self) -> str:
        return f"{self.result}: {self.evidence_id}"
