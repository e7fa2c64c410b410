"""The way between the stages."""

from django.db import models
from django.db.models import F, Q

from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly


class StageAdvance(InsertOnly):
    """A gate was passed and the stage moved. Only a passing gate writes one."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="advances")
    gate = models.PositiveSmallIntegerField()
    from_stage = models.PositiveSmallIntegerField()
    to_stage = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "gate"], name="one_advance_through_a_gate"
            ),
            models.CheckConstraint(
                condition=Q(gate__in=[1, 2, 3], from_stage=F("gate"), to_stage=F("gate") + 1),
                name="a_gate_leads_to_the_next_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"gate {self.gate}"
