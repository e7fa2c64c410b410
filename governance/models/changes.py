"""Changes of who decides and by which rules: one person proposes, a second one answers (I19)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from governance.choices import ChangeKind, ChangeOutcome
from journal.models import InsertOnly, InsertOnlyQuerySet, Sealed
from people.choices import Holding, Office
from people.models import OfficeTerm

OUTCOMES_OF_ANOTHER = (ChangeOutcome.CONFIRMED, ChangeOutcome.REFUSED)


class ChangeQuerySet(InsertOnlyQuerySet["Change"]):
    def unanswered(self) -> Self:
        """Neither confirmed nor refused nor taken back; it may have run out."""
        return self.filter(answer=None)


class Change(InsertOnly):
    """What somebody proposes. It changes nothing until somebody else confirms it."""

    kind = models.CharField(max_length=16, choices=ChangeKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    person_key = models.UUIDField(null=True)
    office = models.CharField(max_length=24, choices=Office, blank=True)
    title = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    ends_at = models.DateTimeField(null=True)
    # How the key is to be held. Empty in older rows, whose digests know of no such column.
    capacity = models.CharField(max_length=16, choices=Holding, null=True)  # noqa: DJ001  # see above
    # Whether somebody who cannot come in chooses a new password; empty in older rows, as above.
    with_password = models.BooleanField(null=True)
    term = models.ForeignKey(OfficeTerm, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    bytes = models.BinaryField(null=True)
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_key = models.UUIDField()
    proposed_at = models.DateTimeField()

    objects = ChangeQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.PLAYBOOK, user=None, bytes__isnull=False)
                & ~Q(digest="")
                | Q(kind=ChangeKind.APPOINTMENT, user__isnull=False, title__isnull=False)
                & Q(office__in=Office.values)
                | Q(kind=ChangeKind.ENDING, user__isnull=False, term__isnull=False)
                | Q(kind=ChangeKind.RECOVERY, user__isnull=False),
                name="change_says_what_changes",
            ),
            models.CheckConstraint(
                condition=Q(user=None, person_key=None)
                | Q(user__isnull=False, person_key__isnull=False),
                name="change_names_the_person_of_its_user",
            ),
        ]
        indexes = [models.Index(fields=["-proposed_at"], name="change_by_age")]

    def __str__(self) -> str:
        return f"change {self.pk}: {self.kind}"


class ChangeAnswer(InsertOnly):
    """The one answer to a proposed change: by another person, or taken back by the same one."""

    change = models.OneToOneField(Change, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=16, choices=ChangeOutcome)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_key = models.UUIDField()
    proposed_key = models.UUIDField()
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=OUTCOMES_OF_ANOTHER) & ~Q(by_key=F("proposed_key"))
                | Q(outcome=ChangeOutcome.TAKEN_BACK, by_key=F("proposed_key")),
                name="nobody_confirms_their_own_change",
            ),
        ]

    def __str__(self) -> str:
        return f"change {self.change_id} {self.outcome}"
