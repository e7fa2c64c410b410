"""A stalemate: who was reminded, why the sponsor was asked, what was said, and how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.choices import STEPS, EscalationCause, Resolved
from governance.models.rounds import Round
from governance.models.signatures import Signature
from journal.models import InsertOnly, Sealed
from people.choices import Side


class Reminder(InsertOnly):
    """A side has had a round for so much of its time: said once each (T11)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reminders")
    side = models.CharField(max_length=16, choices=Side)
    step = models.PositiveSmallIntegerField()
    reminded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "side", "step"], name="one_reminder_a_round_side_and_step"
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values, step__in=STEPS), name="reminder_is_of_a_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} % of {self.side} in round {self.round_id}"


class Escalation(InsertOnly):
    """A round came before the sponsor without a decline (T12); `against` does not consent.

    That side may answer until `reply_until`, which is kept as it was when the time began.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="escalation")
    cause = models.CharField(max_length=16, choices=EscalationCause)
    against = models.CharField(max_length=16, choices=Side)
    escalated_at = models.DateTimeField()
    reply_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=("silence", "changes"), against__in=Side.values),
                name="escalation_has_a_cause_and_a_side",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cause} in round {self.round_id}"


class Dissent(InsertOnly):
    """What a side says for itself once the sponsor is asked; it stays on the decision for ever.

    `about` names the row by which the sponsor was asked: asked anew, the side may say more.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="dissents")
    side = models.CharField(max_length=16, choices=Side)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    about = models.CharField(max_length=64, null=True)  # noqa: DJ001  # older rows keep their digests

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "side", "about"],
                nulls_distinct=False,
                name="one_dissent_a_side_each_time_the_sponsor_is_asked",
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="dissent_is_of_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.side} on round {self.round_id}"


class Resolution(InsertOnly):
    """What the sponsor decided where the two sides did not (T15, T16), signed like any act."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="resolution")
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="resolution")
    way = models.CharField(max_length=16, choices=Resolved)
    resolved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=Resolved.values), name="resolution_way_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.way} of round {self.round_id}"
