"""Early thinking: a note that one side shares with the other before there is a proposal."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly, InsertOnlyQuerySet, Sealed
from people.choices import Side


class NoteQuerySet(InsertOnlyQuerySet["Note"]):
    def standing(self) -> Self:
        """Leave out what was taken back."""
        return self.filter(withdrawal=None)


class Note(InsertOnly):
    """What somebody thinks, for a side. Title and text are sealed, as JSON."""

    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=16, choices=Side)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_key = models.UUIDField()
    shared_at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="note_has_a_side")
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class NoteWithdrawal(InsertOnly):
    """Its author took a note back: it is shown no longer."""

    note = models.OneToOneField(Note, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"withdrawal of note {self.note_id}"


class NoteUse(InsertOnly):
    """A proposal began with a note, and remembers it."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="uses")
    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="note_use")

    def __str__(self) -> str:
        return f"note {self.note_id} in {self.initiative_id}"
