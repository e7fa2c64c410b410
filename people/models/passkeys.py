"""Passkey, how it ended, how often it was used, and what was reported as stolen."""

from typing import Self

from django.db import models
from django.db.models import Q

from journal.models import InsertOnly, InsertOnlyQuerySet, Sealed
from people.choices import Means, PasskeyEnding
from people.models.users import User


class PasskeyQuerySet(InsertOnlyQuerySet["Passkey"]):
    def standing(self) -> Self:
        """Those that open something: neither revoked, nor reported stolen, nor recovered."""
        return self.filter(ends=None)

    def asked_for(self) -> Self:
        """Those after which a password signs nothing any more, until two people say otherwise."""
        return self.exclude(ends__cause=PasskeyEnding.RECOVERED)


class Passkey(InsertOnly):
    """The public half of a key that only its owner's device holds: whose, since when, for where.

    `credential_id` is lower hexadecimal. A signature made with the key is judged by this row, years
    later too, so the row stays for good; what its owner calls it is sealed.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="passkeys")
    person_key = models.UUIDField()
    credential_id = models.CharField(max_length=2046, unique=True)
    public_key = models.BinaryField()
    rp_id = models.CharField(max_length=253)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = PasskeyQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        indexes = [models.Index(fields=["person_key"], name="passkey_of_person")]

    def __str__(self) -> str:
        return f"passkey {self.pk}"


class PasskeyEnd(InsertOnly):
    """From when on a passkey opens nothing, and why. One that was stolen may be recovered later."""

    passkey = models.ForeignKey(Passkey, on_delete=models.PROTECT, related_name="ends")
    cause = models.CharField(max_length=16, choices=PasskeyEnding)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passkey", "cause"], name="passkey_ends_so_once"),
            models.CheckConstraint(
                condition=Q(cause__in=PasskeyEnding.values), name="passkey_ending_known"
            ),
        ]

    def __str__(self) -> str:
        return f"end of passkey {self.passkey_id}: {self.cause}"


class StolenReport(InsertOnly):
    """From when on a means of signing in may have been in other hands, and who said so."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person_key = models.UUIDField()
    means = models.CharField(max_length=16, choices=Means)
    passkey = models.OneToOneField(
        Passkey, on_delete=models.PROTECT, null=True, related_name="stolen_report"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(means=Means.PASSKEY, passkey__isnull=False)
                | Q(means__in=[Means.APP, Means.PASSWORD], passkey=None),
                name="report_names_the_passkey_if_it_is_one",
            ),
        ]
        indexes = [models.Index(fields=["person_key", "reported_at"], name="report_of_person")]

    def __str__(self) -> str:
        return f"report {self.pk}: {self.means}"


class PasskeyUse(models.Model):
    """Where the counter of a passkey stands, and when it was last used: no evidence by itself."""

    passkey = models.OneToOneField(Passkey, on_delete=models.PROTECT, related_name="use")
    counter = models.BigIntegerField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(counter__gte=0), name="passkey_counts_up")
        ]

    def __str__(self) -> str:
        return f"use of passkey {self.passkey_id}"
