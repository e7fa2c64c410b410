"""Questions and answers beside a slot or a criterion: a thread, outside what is signed."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.choices import ENDED
from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly, Sealed
from people.choices import Side


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def waiting(self) -> Self:
        """Keep what somebody is still to say something to: nothing of what has ended."""
        return self.open().exclude(initiative__standing__in=ENDED)


class Question(models.Model):
    """A thread that one side began; its words are its posts. It waits for a side while open."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="questions")
    slot = models.CharField(max_length=64, blank=True)
    criterion = models.CharField(max_length=64, blank=True)
    side = models.CharField(max_length=16, choices=Side)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    waits_for = models.CharField(max_length=16, choices=Side)
    closed_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(slot="") & ~Q(criterion="")) | (~Q(slot="") & Q(criterion="")),
                name="question_has_one_target",
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values, waits_for__in=Side.values),
                name="question_has_two_sides",
            ),
        ]
        indexes = [
            models.Index(
                fields=["initiative"], condition=Q(closed_at=None), name="question_still_open"
            )
        ]

    def __str__(self) -> str:
        return f"question about {self.slot or self.criterion}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def turn_to(self, side: Side) -> None:
        """Say whose word is awaited now."""
        self.waits_for = side
        self.save(update_fields=["waits_for"])

    def close(self, at: datetime | None) -> None:
        """Close the thread, or open it again without a moment."""
        self.closed_at = at
        self.save(update_fields=["closed_at"])


class Post(InsertOnly):
    """What somebody said in a thread, for their side; the first post is the question itself."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="posts")
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=16, choices=Side)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_key = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="post_has_a_side")
        ]

    def __str__(self) -> str:
        return f"post in {self.question_id}"
