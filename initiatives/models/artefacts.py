"""What a side, or both, wrote into a slot of the playbook; each save is a row for good."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly, InsertOnlyQuerySet, Sealed
from people.choices import Side
from playbook.models import PlaybookEdition


class ArtefactVersionQuerySet(InsertOnlyQuerySet["ArtefactVersion"]):
    def current(self) -> Self:
        """Keep the newest version of each slot."""
        return self.order_by("initiative", "slot", "-n").distinct("initiative", "slot")


class ArtefactVersion(InsertOnly):
    """Version `n` of a slot: numbers, dates and choices in `open`, every text in `sealed`.

    The sealed text is canonical JSON: a map from the path of a field to its text. `side` is the
    side the author wrote for, also in a joint slot.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="versions")
    slot = models.CharField(max_length=64)
    n = models.PositiveIntegerField()
    edition = models.ForeignKey(
        PlaybookEdition, on_delete=models.PROTECT, to_field="digest", related_name="+"
    )
    open = models.JSONField()
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=16, choices=Side)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_key = models.UUIDField()
    asked_for_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = ArtefactVersionQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "slot", "n"], name="one_version_a_number"
            ),
            models.CheckConstraint(condition=Q(n__gte=1), name="versions_start_at_one"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="version_has_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.n}"
