"""Whose call it is: one side leaves something joint to the other, and may take it back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly
from people.choices import Side


class Deferral(InsertOnly):
    """A side leaves something to the other, or takes it back; of each place the latest counts."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="deferrals")
    slot = models.CharField(max_length=64, blank=True)
    criterion = models.CharField(max_length=64, blank=True)
    side = models.CharField(max_length=16, choices=Side)
    is_left = models.BooleanField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_key = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(slot="") & ~Q(criterion="")) | (~Q(slot="") & Q(criterion="")),
                name="deferral_has_one_target",
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="deferral_has_a_side"),
        ]
        indexes = [models.Index(fields=["initiative", "-id"], name="deferral_latest")]

    def __str__(self) -> str:
        return f"{self.side} about {self.slot or self.criterion}"
