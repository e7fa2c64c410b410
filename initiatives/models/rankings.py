"""The joint order: where somebody moved an initiative by hand, and what a quarter takes on."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly, Sealed
from people.choices import Side


class Placing(InsertOnly):
    """A move by hand, with its reason; the latest counts, one without a place takes it back."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="placings")
    place = models.PositiveIntegerField(null=True)
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=16, choices=Side)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_key = models.UUIDField()
    placed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place=None) | Q(place__gte=1), name="places_start_at_one"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="placing_has_a_side"),
        ]

    def __str__(self) -> str:
        return f"place {self.place}"


class Shortlist(InsertOnly):
    """What one side proposes to take on in a quarter; in force once the other side agrees."""

    quarter = models.DateField()
    n = models.PositiveIntegerField()
    side = models.CharField(max_length=16, choices=Side)
    words = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_key = models.UUIDField()
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quarter", "n"], name="one_shortlist_a_number"),
            models.CheckConstraint(
                condition=Q(quarter__day=1),
                name="a_quarter_starts_with_its_first_day",
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="shortlist_has_a_side"),
        ]

    def __str__(self) -> str:
        return f"shortlist {self.n} for {self.quarter}"


class ShortlistPlace(InsertOnly):
    """One initiative on a shortlist, in the joint order of that day."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.PROTECT, related_name="places")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="shortlist_places"
    )
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "initiative"], name="once_on_a_shortlist"),
            models.CheckConstraint(condition=Q(place__gte=1), name="shortlist_places_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} at {self.place}"


class ShortlistAnswer(InsertOnly):
    """The other side's word on a shortlist, given once."""

    shortlist = models.OneToOneField(Shortlist, on_delete=models.PROTECT, related_name="answer")
    is_agreed = models.BooleanField()
    side = models.CharField(max_length=16, choices=Side)
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_key = models.UUIDField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_agreed=True) | Q(reason__isnull=False),
                name="a_no_to_a_shortlist_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="answer_has_a_side"),
        ]

    def __str__(self) -> str:
        return "agreed" if self.is_agreed else "not agreed"
