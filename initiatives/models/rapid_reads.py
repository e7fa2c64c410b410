"""Rapid reads: a new capability seen by both sides on one page, decided by a date."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from initiatives.choices import ReadOutcome
from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly, Sealed
from people.choices import Side
from playbook.models import PlaybookEdition


class RapidRead(InsertOnly):
    """A capability that somebody saw. Its name and what is new are sealed, as JSON.

    `before` is the read that this one takes up again.
    """

    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    decide_by = models.DateField()
    edition = models.ForeignKey(
        PlaybookEdition, on_delete=models.PROTECT, to_field="digest", related_name="+"
    )
    before = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_up"
    )
    side = models.CharField(max_length=16, choices=Side)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_key = models.UUIDField()
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="read_has_a_side")
        ]
        indexes = [models.Index(fields=["decide_by"], name="read_by_its_date")]

    def __str__(self) -> str:
        return f"rapid read {self.pk}"


class RapidHalf(InsertOnly):
    """Version `n` of what one side answers: sealed JSON, from the key of a question to its text."""

    read = models.ForeignKey(RapidRead, on_delete=models.PROTECT, related_name="halves")
    side = models.CharField(max_length=16, choices=Side)
    n = models.PositiveIntegerField()
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_key = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["read", "side", "n"], name="one_half_a_number"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="half_has_a_side"),
        ]

    def __str__(self) -> str:
        return f"half {self.n} of {self.side}"


class RapidDecision(InsertOnly):
    """What one side would decide, with its words; the newest one waits for the other side."""

    read = models.ForeignKey(RapidRead, on_delete=models.PROTECT, related_name="decisions")
    n = models.PositiveIntegerField()
    outcome = models.CharField(max_length=16, choices=ReadOutcome)
    look_again_on = models.DateField(null=True)
    words = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=16, choices=Side)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_key = models.UUIDField()
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["read", "n"], name="one_read_decision_a_number"),
            models.CheckConstraint(
                condition=Q(outcome=ReadOutcome.WATCH, look_again_on__isnull=False)
                | Q(outcome__in=(ReadOutcome.TRY, ReadOutcome.LEAVE), look_again_on=None),
                name="watching_alone_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="read_decision_has_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} by {self.side}"


class RapidConfirmation(InsertOnly):
    """The other side's word, which closes the read; it names the halves that it rests on."""

    read = models.OneToOneField(RapidRead, on_delete=models.PROTECT, related_name="confirmation")
    decision = models.OneToOneField(
        RapidDecision, on_delete=models.PROTECT, related_name="confirmation"
    )
    technology_n = models.PositiveIntegerField()
    people_n = models.PositiveIntegerField()
    side = models.CharField(max_length=16, choices=Side)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_key = models.UUIDField()
    proposed_key = models.UUIDField()
    proposed_side = models.CharField(max_length=16, choices=Side)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(technology_n__gte=1, people_n__gte=1), name="both_halves_were_there"
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values, proposed_side__in=Side.values),
                name="confirmation_has_a_side",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_key=F("proposed_key")) & ~Q(side=F("proposed_side")),
                name="another_person_of_the_other_side_confirms",
            ),
        ]

    def __str__(self) -> str:
        return f"confirmation of {self.decision_id}"


class RapidUse(InsertOnly):
    """A read that both decided to try became an initiative, once."""

    read = models.OneToOneField(RapidRead, on_delete=models.PROTECT, related_name="use")
    initiative = models.OneToOneField(
        Initiative, on_delete=models.PROTECT, related_name="rapid_use"
    )

    def __str__(self) -> str:
        return f"rapid read {self.read_id} in {self.initiative_id}"
