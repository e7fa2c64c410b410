"""One attempt at one gate: the round, what it froze, its two sides, and how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.choices import OPEN_STATES, ReturnReason, RoundState
from initiatives.models import Initiative
from journal.models import InsertOnly, Sealed
from people.choices import Side


class Round(models.Model):
    """The n-th attempt at one gate of one initiative."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="rounds")
    gate = models.CharField(max_length=16)
    n = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=RoundState, default=RoundState.DRAFT)
    reason = models.CharField(max_length=24, choices=ReturnReason, blank=True)
    edition = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "gate", "n"], name="rounds_of_a_gate_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["initiative", "gate"],
                condition=Q(state__in=OPEN_STATES),
                name="one_open_round_per_gate",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="round_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.RETURNED, reason__in=ReturnReason.values)
                | (~Q(state=RoundState.RETURNED) & Q(reason="")),
                name="a_returned_round_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.DRAFT, submitted_at=None)
                | Q(state=RoundState.WITHDRAWN)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="a_reviewed_round_was_submitted",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"], name="round_by_state")]

    def __str__(self) -> str:
        return f"{self.initiative_id} gate {self.gate}, round {self.n}"

    @property
    def is_open(self) -> bool:
        """Whether the round can still lead to a passage."""
        return self.state in OPEN_STATES

    @property
    def is_in_review(self) -> bool:
        """Whether content is frozen and signatures may stand on it."""
        return self.state in (RoundState.IN_REVIEW, RoundState.ESCALATED)


class Snapshot(InsertOnly):
    """The frozen, content-addressed record of everything the decision rests on."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="snapshot")
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]


class Terms(InsertOnly):
    """One offer: the conditions under which a gate would pass, and gate 4's verdict."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="terms")
    n = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    offered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "n"], name="terms_of_a_round_are_numbered")
        ]

    def __str__(self) -> str:
        return f"terms {self.n} of round {self.round_id}"


class GateSide(models.Model):
    """One side of a round, with its one live signature: a second one has no place to stand."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sides")
    side = models.CharField(max_length=16, choices=Side)
    live_signature = models.OneToOneField(
        "governance.Signature", on_delete=models.PROTECT, null=True, related_name="live_on"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "side"], name="a_round_has_each_side_once"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="gate_side_is_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.side} of round {self.round_id}"


class Passage(InsertOnly):
    """The outcome of a gate that passed. One per round; nothing ever takes it back."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="passage")
    resolution = models.CharField(max_length=16, default="cosign")
    verdict = models.CharField(max_length=16, blank=True)
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    passed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resolution__in=("cosign", "sponsor")), name="resolution_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"passage of round {self.round_id}"


class ChangeRequest(InsertOnly):
    """A signer's wish for changes: each item names a criterion and what would satisfy it."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="change_request")
    side = models.CharField(max_length=16, choices=Side)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    criteria = models.JSONField()
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"changes asked for in round {self.round_id}"


class Reading(models.Model):
    """When a person first read a frozen text. Noted outside the journal: reading is no act."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "reader"], name="a_text_is_first_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} read {self.snapshot_id}"
