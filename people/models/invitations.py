"""Invitation: a way in for somebody who has no login yet."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from people.choices import Office
from people.models.users import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> Self:
        """Neither accepted nor withdrawn; it may have run out."""
        return self.filter(used_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """A way in for one e-mail. Of the mailed link only a digest is kept, and half of its making.

    The other half is SECRET_KEY, so that the worker can write the link and a stolen table cannot.
    """

    email = models.EmailField(max_length=254)
    office = models.CharField(max_length=24, choices=Office, blank=True)
    title = models.CharField(max_length=200, blank=True)
    nonce = models.UUIDField(default=uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="one_standing_invitation_per_email",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invited_email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(office__in=["", *Office.values]), name="invited_office_is_one_we_have"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, user=None)
                | Q(used_at__isnull=False, user__isnull=False, withdrawn_at=None),
                name="invitation_is_accepted_by_somebody_or_not_at_all",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def has_run_out(self, at: datetime) -> bool:
        return self.expires_at <= at
