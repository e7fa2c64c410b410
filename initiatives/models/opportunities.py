"""Blind scores: what each side gave apart, what came out when both were shown, and the talk."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly, Sealed
from people.choices import Side
from playbook.models import PlaybookEdition

SALT_LENGTH = 64


def _mean(**options: Any) -> "models.DecimalField[Any, Any]":  # noqa: ANN401  # Django's options
    return models.DecimalField(max_digits=3, decimal_places=2, **options)


class Scoring(InsertOnly):
    """The n-th time that both sides score an initiative; the edition says what is scored."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="scorings")
    n = models.PositiveIntegerField()
    edition = models.ForeignKey(
        PlaybookEdition, on_delete=models.PROTECT, to_field="digest", related_name="+"
    )
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_key = models.UUIDField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "n"], name="one_scoring_a_number"),
            models.CheckConstraint(
                condition=Q(n=1, reason=None) | Q(n__gt=1, reason__isnull=False),
                name="scoring_again_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"scoring {self.n}"


class Score(InsertOnly):
    """One value of one side, 1 to 5; the latest of a side counts until both are shown.

    The journal names every row by its digest, and everybody who checks the journal may know it.
    The random salt keeps five guesses from telling which value the digest was made of.
    """

    scoring = models.ForeignKey(Scoring, on_delete=models.PROTECT, related_name="scores")
    side = models.CharField(max_length=16, choices=Side)
    criterion = models.CharField(max_length=64)
    value = models.PositiveSmallIntegerField()
    salt = models.CharField(max_length=SALT_LENGTH)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_key = models.UUIDField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__range=(1, 5)), name="score_is_one_to_five"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="score_has_a_side"),
            models.CheckConstraint(
                condition=Q(salt__regex=r"^[0-9a-f]{64}$"), name="score_is_salted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} of {self.side}"


class Reveal(InsertOnly):
    """The moment both sides were shown, and what came out. Its scoring is fixed from then on."""

    scoring = models.OneToOneField(Scoring, on_delete=models.PROTECT, related_name="reveal")
    technology_feasible = _mean()
    technology_needed = _mean()
    people_feasible = _mean()
    people_needed = _mean()
    priority = _mean()
    gap = _mean()
    to_discuss = models.JSONField()
    revealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    revealed_key = models.UUIDField()
    revealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(priority__range=(1, 5), gap__range=(0, 4)),
                name="reveal_is_within_the_scale",
            )
        ]
        indexes = [models.Index(F("priority").desc(), "gap", name="reveal_by_priority")]

    def __str__(self) -> str:
        return f"priority {self.priority}"


class Discussion(InsertOnly):
    """What was said about one difference, and what follows from it."""

    scoring = models.ForeignKey(Scoring, on_delete=models.PROTECT, related_name="discussions")
    criterion = models.CharField(max_length=64)
    side = models.CharField(max_length=16, choices=Side)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_key = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="discussion_has_a_side")
        ]

    def __str__(self) -> str:
        return f"discussion of {self.criterion}"
