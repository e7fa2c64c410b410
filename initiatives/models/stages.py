"""The way between the stages, on and back."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly, InsertOnlyQuerySet


class StageReturn(InsertOnly):
    """Both sides, or the sponsor, sent it back: what was passed from there on is past."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="returns")
    from_stage = models.PositiveSmallIntegerField()
    to_stage = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_stage__gte=1, to_stage__lt=F("from_stage"), from_stage__lte=4),
                name="a_return_leads_to_an_earlier_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"back to stage {self.to_stage}"


class StageAdvanceQuerySet(InsertOnlyQuerySet["StageAdvance"]):
    def standing(self) -> Self:
        """Keep the gates that are passed now: nothing sent the initiative back behind them."""
        since = StageReturn.objects.filter(
            initiative=OuterRef("initiative"),
            to_stage__lte=OuterRef("gate"),
            pk__gt=Coalesce(OuterRef("after"), 0),
        )
        return self.filter(~Exists(since))


class StageAdvance(InsertOnly):
    """A gate was passed and the stage moved. Only a passing gate writes one.

    `after` is the last return before it, where it is passed again.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="advances")
    gate = models.PositiveSmallIntegerField()
    from_stage = models.PositiveSmallIntegerField()
    to_stage = models.PositiveSmallIntegerField()
    after = models.ForeignKey(
        StageReturn, on_delete=models.PROTECT, null=True, related_name="advances"
    )
    at = models.DateTimeField()

    objects = StageAdvanceQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "gate", "after"],
                name="one_advance_through_a_gate",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(gate__in=[1, 2, 3], from_stage=F("gate"), to_stage=F("gate") + 1),
                name="a_gate_leads_to_the_next_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"gate {self.gate}"
