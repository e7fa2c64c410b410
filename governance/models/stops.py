"""Stopping is cheap, going on is dear: a pause takes one person, its end takes two keys."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.choices import ALONE
from governance.models.commitments import Breach
from governance.models.rounds import Passage, Round
from initiatives.models import Initiative
from journal.models import InsertOnly, InsertOnlyQuerySet, Sealed


class PauseQuerySet(InsertOnlyQuerySet["Pause"]):
    def lasting(self) -> Self:
        """Keep the pauses that nothing has ended: no gate, no word of the sponsor, no real stop."""
        return self.filter(resumption=None, ruling=None, replaced_by=None)


class Pause(InsertOnly):
    """A person stopped an initiative with a reason, or a broken commitment did, as was signed.

    `is_exercise` is True for a drill and empty for a stop in earnest. A stop in earnest takes the
    place of the drill during which it comes (`replaces`): that one is over.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="pauses")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    breach = models.OneToOneField(Breach, on_delete=models.PROTECT, null=True, related_name="pause")
    is_exercise = models.BooleanField(null=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    paused_at = models.DateTimeField()

    objects = PauseQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, sealed__isnull=False, breach__isnull=True)
                | Q(by__isnull=True, sealed__isnull=True, breach__isnull=False),
                name="pause_has_one_cause",
            ),
            models.CheckConstraint(
                condition=Q(is_exercise=None) | Q(is_exercise=True, breach__isnull=True),
                name="a_person_begins_a_drill",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | Q(is_exercise=None), name="no_drill_ends_a_drill"
            ),
        ]

    def __str__(self) -> str:
        return f"pause of {self.initiative_id}"


class Standstill(InsertOnly):
    """Somebody saw that everything a pause is about stands still: how long stopping took."""

    pause = models.OneToOneField(Pause, on_delete=models.PROTECT, related_name="standstill")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"standstill of pause {self.pause_id}"


class Resumption(InsertOnly):
    """The end of a pause by both sides: a passed round of the gate `resume`, whichever way."""

    pause = models.OneToOneField(Pause, on_delete=models.PROTECT, related_name="resumption")
    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="resumption")
    resumed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"end of pause {self.pause_id}"


class Ruling(InsertOnly):
    """The sponsor ended a pause that both sides left open for five working days (K2).

    `step_up` says how it was shown that the sponsor was there.
    """

    pause = models.OneToOneField(Pause, on_delete=models.PROTECT, related_name="ruling")
    way = models.CharField(max_length=16)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    step_up = models.JSONField()
    ruled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(way__in=ALONE), name="a_ruling_never_goes_on"),
        ]

    def __str__(self) -> str:
        return f"ruling on pause {self.pause_id}: {self.way}"


class Rollback(InsertOnly):
    """An initiative went back to an earlier stage: by a passed way out, or by the sponsor (K3)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="rollbacks")
    to_stage = models.PositiveSmallIntegerField()
    passage = models.OneToOneField(
        Passage, on_delete=models.PROTECT, null=True, related_name="rollback"
    )
    ruling = models.OneToOneField(
        Ruling, on_delete=models.PROTECT, null=True, related_name="rollback"
    )
    rolled_back_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(passage__isnull=False, ruling__isnull=True)
                | Q(passage__isnull=True, ruling__isnull=False),
                name="rollback_has_one_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"rollback of {self.initiative_id} to stage {self.to_stage}"


class Supersession(InsertOnly):
    """A passage counts no longer: its gate must be passed again. The passage itself stays."""

    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="supersession")
    rollback = models.ForeignKey(Rollback, on_delete=models.PROTECT, related_name="superseded")

    def __str__(self) -> str:
        return f"supersession of passage {self.passage_id}"
