"""A disagreement beside a gate or its decision: both positions, a day, and how it was settled."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from governance.choices import SettlementWay
from governance.models.rounds import Round
from journal.models import InsertOnly, InsertOnlyQuerySet, Sealed
from people.choices import Side


class DisagreementQuerySet(InsertOnlyQuerySet["Disagreement"]):
    def open(self) -> Self:
        return self.filter(settlement=None)

    def at_gate(self, initiative: Any, gate: Any) -> Self:  # noqa: ANN401  # or an OuterRef
        """Keep what stands beside one gate of an initiative, in whatever round it was raised."""
        return self.filter(round__initiative=initiative, round__gate=gate)


class Disagreement(InsertOnly):
    """What the sides see differently. It opens no gate and closes none.

    `is_of_decision` when the round had passed already: then it is about what was decided.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="disagreements")
    is_of_decision = models.BooleanField()
    side = models.CharField(max_length=16, choices=Side)
    subject = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()

    objects = DisagreementQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="disagreement_is_raised_by_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"disagreement at round {self.round_id}"


class Position(InsertOnly):
    """How a side sees it, in its own words. The latest of a side counts."""

    disagreement = models.ForeignKey(
        Disagreement, on_delete=models.PROTECT, related_name="positions"
    )
    side = models.CharField(max_length=16, choices=Side)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_key = models.UUIDField()
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="position_has_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.side} in disagreement {self.disagreement_id}"


class Deadline(InsertOnly):
    """A day by which a side wants it settled: in force when raised, later once both name it."""

    disagreement = models.ForeignKey(
        Disagreement, on_delete=models.PROTECT, related_name="deadlines"
    )
    side = models.CharField(max_length=16, choices=Side)
    due_on = models.DateField()
    is_in_force = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_key = models.UUIDField()
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="deadline_has_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.due_on} for disagreement {self.disagreement_id}"


class SettlementOffer(InsertOnly):
    """How one side says that it was settled; nothing ends until the other side confirms it."""

    disagreement = models.ForeignKey(Disagreement, on_delete=models.PROTECT, related_name="offers")
    side = models.CharField(max_length=16, choices=Side)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_key = models.UUIDField()
    offered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="offer_has_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.side} offers to settle disagreement {self.disagreement_id}"


class Settlement(InsertOnly):
    """The end of a disagreement: by two people of two sides, by the sponsor, or taken back."""

    disagreement = models.OneToOneField(
        Disagreement, on_delete=models.PROTECT, related_name="settlement"
    )
    way = models.CharField(max_length=16, choices=SettlementWay)
    offer = models.OneToOneField(
        SettlementOffer, on_delete=models.PROTECT, null=True, related_name="settlement"
    )
    offered_key = models.UUIDField(null=True)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_key = models.UUIDField()
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    way=SettlementWay.AGREED,
                    offer__isnull=False,
                    offered_key__isnull=False,
                    sealed__isnull=True,
                )
                | Q(
                    way__in=(SettlementWay.SPONSOR, SettlementWay.TAKEN_BACK),
                    offer__isnull=True,
                    offered_key__isnull=True,
                    sealed__isnull=False,
                ),
                name="settlement_has_its_words",
            ),
            models.CheckConstraint(
                condition=Q(offered_key__isnull=True) | ~Q(offered_key=F("by_key")),
                name="both_sides_settle_as_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} end of disagreement {self.disagreement_id}"
