"""User: one login of one natural person."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.crypto import salted_hmac

from kernel.fulltext import words_in
from people.choices import Theme

# What a person is found by.
NAME_AND_TITLE = words_in(Concat("name", Value(" "), "title"))


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
        indexes = [GinIndex(NAME_AND_TITLE, name="person_by_words")]

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
