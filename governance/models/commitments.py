"""A dated task someone owes: what a condition becomes when its gate passes."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from governance.choices import ConditionKind, OnBreach
from governance.models.rounds import Passage
from journal.models import InsertOnly, InsertOnlyQuerySet, Sealed
from people.choices import SIDE_OF_KEY, Side
from people.models import OfficeTerm


class CommitmentQuerySet(InsertOnlyQuerySet["Commitment"]):
    def with_debtor(self) -> Self:
        """Add who owes it now, by number and name: the last it was handed to, else its owner."""
        handed = Handover.objects.filter(commitment=OuterRef("pk")).order_by("-pk").values("to")
        user = get_user_model().objects.filter(pk=OuterRef("debtor_id"))
        return self.annotate(
            debtor_id=Coalesce(
                Subquery(handed[:1]), "owner_id", output_field=models.BigIntegerField()
            )
        ).annotate(debtor_name=Subquery(user.values("name")[:1]))

    def with_debtor_side(self, at: datetime) -> Self:
        """Add who owes it now, and the key which that person holds at that moment, if any."""
        person = get_user_model().objects.filter(pk=OuterRef(OuterRef("debtor_id")))
        terms = OfficeTerm.objects.held_at(at).filter(
            office__in=SIDE_OF_KEY, person_key=Subquery(person.values("person_key")[:1])
        )
        side = Case(*(When(office=key, then=Value(side)) for key, side in SIDE_OF_KEY.items()))
        return self.with_debtor().annotate(debtor_side=Subquery(terms.values(key=side)[:1]))

    def owed(self) -> Self:
        """Keep what somebody still owes: neither called met nor lapsed."""
        return self.filter(closure=None, lapse=None)


class Commitment(InsertOnly):
    """One condition of one passage, owed by one person until it is closed.

    `owner` is whom both signed; whoever it was handed to since owes it (`with_debtor`).
    """

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="commitments")
    condition = models.CharField(max_length=32)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="commitments"
    )
    due_on = models.DateField()
    kind = models.CharField(max_length=8, choices=ConditionKind)
    on_breach = models.CharField(max_length=8, choices=OnBreach)
    asked_by = models.CharField(max_length=16, choices=Side)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")

    objects = CommitmentQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "condition"], name="one_commitment_per_condition"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ConditionKind.values, on_breach__in=OnBreach.values),
                name="commitment_words_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition} of passage {self.passage_id}"


class Handover(InsertOnly):
    """From when on somebody else owes a commitment, as its owner left. The latest one counts."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="handovers")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to_key = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"commitment {self.commitment_id} to {self.to_id}"


class Breach(InsertOnly):
    """A due date went by and the commitment was not closed: found once per date (N2)."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="breaches")
    due_on = models.DateField()
    breached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "due_on"], name="one_breach_per_commitment_and_date"
            ),
        ]

    def __str__(self) -> str:
        return f"breach of {self.commitment_id}, due {self.due_on}"


class Closure(InsertOnly):
    """The side that asked says that a commitment has been kept."""

    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="closure")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"closure of {self.commitment_id}"


class Lapse(InsertOnly):
    """Nobody owes a commitment any more: its gate must be passed again, or all of it has ended."""

    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="lapse")
    lapsed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"lapse of {self.commitment_id}"
