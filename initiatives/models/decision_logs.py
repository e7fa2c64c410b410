"""Decisions that an AI took part in, as the company's own systems logged them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.choices import AIShare
from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly, InsertOnlyQuerySet, Sealed


class DecisionLogQuerySet(InsertOnlyQuerySet["DecisionLog"]):
    def standing(self) -> Self:
        """Leave out what was taken back."""
        return self.filter(withdrawal=None)


class DecisionLog(InsertOnly):
    """One file as it was brought: the `n`-th time that these bytes came. Its name is sealed.

    `row_count` lines of it came in; `here_count` were here already and made nothing twice.
    """

    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="decision_logs"
    )
    sha256 = models.CharField(max_length=64)
    n = models.PositiveIntegerField()
    name = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    row_count = models.PositiveIntegerField()
    here_count = models.PositiveIntegerField()
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    brought_key = models.UUIDField()
    brought_at = models.DateTimeField()

    objects = DecisionLogQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(row_count__gte=1, n__gte=1, sha256__regex=r"^[0-9a-f]{64}$"),
                name="decision_log_brings_something",
            ),
            models.UniqueConstraint(
                fields=["initiative", "sha256", "n"], name="one_decision_log_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"decision log {self.pk}"


class DecisionLogWithdrawal(InsertOnly):
    """A file taken back as a whole: its rows stay, and count no longer."""

    log = models.OneToOneField(DecisionLog, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_key = models.UUIDField()
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"withdrawal of decision log {self.log_id}"


class LoggedDecision(InsertOnly):
    """One line. Who was responsible, about what, what was decided and why are sealed, as JSON.

    `decided_on` is the day where the organisation is; `decided_at` where the log knows the time.
    `is_overridden` is None where nobody knows.
    """

    log = models.ForeignKey(DecisionLog, on_delete=models.PROTECT, related_name="decisions")
    line = models.PositiveIntegerField()
    decided_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    share = models.CharField(max_length=16, choices=AIShare)
    is_overridden = models.BooleanField(null=True)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "line"], name="one_decision_a_line"),
            models.CheckConstraint(
                condition=Q(share__in=AIShare.values), name="ai_share_is_one_we_have"
            ),
        ]
        indexes = [models.Index(fields=["log", "decided_on"], name="logged_decision_by_day")]

    def __str__(self) -> str:
        return f"line {self.line} of {self.log_id}"
