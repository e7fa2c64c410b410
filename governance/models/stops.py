"""Stopping is cheap, going on is dear: a pause takes one person, its end takes two keys."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.models.commitments import Breach
from governance.models.rounds import Round
from initiatives.models import Initiative
from journal.models import InsertOnly, Sealed


class Pause(InsertOnly):
    """A person stopped an initiative with a reason, or a broken commitment did, as was signed."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="pauses")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    breach = models.OneToOneField(Breach, on_delete=models.PROTECT, null=True, related_name="pause")
    paused_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, sealed__isnull=False, breach__isnull=True)
                | Q(by__isnull=True, sealed__isnull=True, breach__isnull=False),
                name="pause_has_one_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"pause of {self.initiative_id}"


class Resumption(InsertOnly):
    """The end of a pause: a passed round of the gate `resume`."""

    pause = models.OneToOneField(Pause, on_delete=models.PROTECT, related_name="resumption")
    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="resumption")
    resumed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"end of pause {self.pause_id}"
