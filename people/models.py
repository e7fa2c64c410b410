"""User, OfficeTerm (who held which office when), Invitation and Throttle (who has to wait)."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from people.choices import SINGLE_OFFICES, Office, Theme


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail, whatever its case. Nobody is made here: see people.operations."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """One login of one natural person. `person_key` names the person behind it.

    Two logins of one person share the key; every rule of different people compares keys.
    """

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    person_key = models.UUIDField(default=uuid4, editable=False, db_index=True)
    zone = models.CharField(max_length=64, default="UTC")
    theme = models.CharField(max_length=8, choices=Theme, default=Theme.SYSTEM)
    is_active = models.BooleanField(default=True)
    # Part of every session's fingerprint: a new one ends all sessions at once, caches or not.
    session_salt = models.UUIDField(default=uuid4, editable=False)
    added_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_is_lower_case"),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(theme__in=Theme.values), name="theme_is_one_we_have"
            ),
            # What a term refers to, so that it always names the person of its user.
            models.UniqueConstraint(fields=["id", "person_key"], name="user_and_person"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: Any = None) -> str:  # noqa: ANN401  # Django's signature
        return salted_hmac(
            "people.session",
            f"{self.session_salt}{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class OfficeTermQuerySet(models.QuerySet["OfficeTerm"]):
    def held_at(self, at: datetime) -> Self:
        """Terms running at that moment, of people who may act at all."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at)).filter(
            starts_at__lte=at, user__is_active=True
        )

    def not_over(self, at: datetime) -> Self:
        """Terms that run at that moment or will."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))


def _same(value: Func | F) -> Func:
    """Return a range that overlaps only that of an equal value: `=` without btree_gist."""
    return Func(value, value, Value("[]"), function="int8range")


_PERSON = _same(Func(F("person_key"), Value(0), function="uuid_hash_extended"))
_OFFICE = _same(Func(F("office"), Value(0), function="hashtextextended"))
_PERIOD = Func(
    F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField()
)
_OVERLAPS = RangeOperators.OVERLAPS


class OfficeTerm(models.Model):
    """Who held which office, from when to when. `ends_at` is the first moment without it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="terms")
    person_key = models.UUIDField(editable=False)
    office = models.CharField(max_length=24, choices=Office)
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    objects = OfficeTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="term_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(office__in=Office.values), name="office_is_one_we_have"
            ),
            ExclusionConstraint(
                name="one_holder_of_a_key_at_a_time",
                expressions=[(_OFFICE, _OVERLAPS), (_PERIOD, _OVERLAPS)],
                condition=Q(office__in=SINGLE_OFFICES),
            ),
            ExclusionConstraint(
                name="nobody_holds_two_keys_at_once",
                expressions=[(_PERSON, _OVERLAPS), (_PERIOD, _OVERLAPS)],
                condition=Q(office__in=SINGLE_OFFICES),
            ),
            ExclusionConstraint(
                name="nobody_holds_an_office_twice",
                expressions=[
                    (_PERSON, _OVERLAPS),
                    (_OFFICE, _OVERLAPS),
                    (_PERIOD, _OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["user", "office"], name="term_of_user")]

    def __str__(self) -> str:
        return f"{self.get_office_display()}: {self.user_id}"

    def is_running(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


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


class Throttle(models.Model):
    """Tries of one thing by one subject: `key` is a fingerprint, nothing personal."""

    key = models.CharField(max_length=64, unique=True)
    tries = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    last = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last"], name="throttle_by_age")]

    def __str__(self) -> str:
        return f"{self.tries} tries"
