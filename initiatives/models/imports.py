"""A list of projects that somebody brings, and which of its rows became which initiative."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.choices import ImportState, Stage
from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly

KEEPS_FILE = (ImportState.MATCHING, ImportState.APPLYING)


class ImportQuerySet(models.QuerySet["Import"]):
    def without_file(self) -> Self:
        """Leave the file where it is: pages need what was read of it, rarely the bytes."""
        return self.defer("content")


class Import(models.Model):
    """One file, as it was brought: its bytes stay until it is applied or put away.

    `columns` and `stages` are what was settled about it, `alike` what its rows look like (by
    line), `refused` the rows that did not come in, with their cells. `version` moves with every
    choice, so that a form can say what it was made from.
    """

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    read_as = models.CharField(max_length=300)
    header = models.JSONField(default=list)
    header_key = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    columns = models.JSONField(default=dict)
    stages = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    alike = models.JSONField(default=dict)
    to_bring = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    state = models.CharField(max_length=16, choices=ImportState, default=ImportState.MATCHING)
    version = models.PositiveIntegerField(default=1)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    matched_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_is_in_a_state_we_have"
            ),
            models.CheckConstraint(
                condition=Q(state__in=KEEPS_FILE, ended_at=None) & ~Q(content=b"")
                | (~Q(state__in=KEEPS_FILE) & Q(ended_at__isnull=False, content=b"")),
                name="import_keeps_its_file_until_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(
                    confirmed_by=None, state__in=(ImportState.MATCHING, ImportState.DISCARDED)
                )
                | Q(
                    confirmed_by__isnull=False,
                    state__in=(ImportState.APPLYING, ImportState.APPLIED),
                ),
                name="import_is_applied_once_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["header_key"], name="import_by_header")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_matching(self) -> bool:
        return self.state == ImportState.MATCHING

    @property
    def is_applying(self) -> bool:
        return self.state == ImportState.APPLYING

    @property
    def is_applied(self) -> bool:
        return self.state == ImportState.APPLIED

    @property
    def is_over(self) -> bool:
        return self.state not in KEEPS_FILE


class ImportedRow(InsertOnly):
    """That a row became an initiative: for good, so that the same row never becomes two."""

    source = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="imported_rows")
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=64, unique=True)
    initiative = models.OneToOneField(
        Initiative, on_delete=models.PROTECT, related_name="imported_row"
    )
    claimed_stage = models.PositiveSmallIntegerField(choices=Stage, null=True)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "line"], name="one_initiative_per_line")
        ]

    def __str__(self) -> str:
        return f"line {self.line} of {self.source_id}"
