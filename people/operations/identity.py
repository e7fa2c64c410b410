"""Confirm that it is you: each time afresh, for exactly the act at hand.

It is not the sign-in and knows no window of trust after it. A failure is an act of its own, so
that it stays in the journal whatever becomes of the act it was meant for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import models

from journal.acts import act, record
from journal.kinds import Kind
from kernel.refusals import Blocker, RefusedError
from people.models import User
from people.operations.throttles import (
    TooManyTriesError,
    forget_tries,
    identity_door,
    take_try,
)

Level = Literal["L1", "L3"]
Method = Literal["password", "password+totp", "passkey"]


class IdentityRefusedError(RefusedError):
    """It was not shown that this person is here."""


@dataclass(frozen=True)
class IdentityProof:
    """Fresh proof that the person was here at that moment, and how it was given.

    Level 1 is a password, with the app's code where there is an app. Level 3 is a passkey over the
    very thing confirmed; `assertion` is then what it gave, as `kernel.assertions.kept` spells it.
    """

    user_id: int
    person_key: UUID
    level: Level
    method: Method
    at: datetime
    assertion: Mapping[str, str] = field(default_factory=dict)


def check_identity(
    *,
    user: User,
    password: str,
    code: str = "",
    at: datetime,
    thread: models.Model | None = None,
) -> IdentityProof:
    """Prove that `user` is here: by password, and by the app's code when there is one.

    Call it before the act it serves, never inside. Recovery codes do not count. `thread` is the
    initiative under whose history the outcome is listed.

    :raises IdentityRefusedError: when password or code do not fit.
    :raises TooManyTriesError: after five failures, for a quarter of an hour.
    :raises RuntimeError: inside another act.
    """
    try:
        take_try(identity_door(user), at=at)
    except TooManyTriesError:
        record_refused_proof(user=user, reason="throttled", at=at, thread=thread)
        raise
    person = User.objects.get(pk=user.pk)
    app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if reason := _mismatch(person, app, password=password, code=code):
        record_refused_proof(user=user, reason=reason, at=at, thread=thread)
        raise IdentityRefusedError(_blocker(reason, has_app=app is not None))
    method: Method = "password+totp" if app else "password"
    _record_proof(user=user, method=method, at=at, thread=thread)
    return IdentityProof(
        user_id=person.pk, person_key=person.person_key, level="L1", method=method, at=at
    )


def has_second_factor(user: User) -> bool:
    """Tell whether this login asks for a code from an app."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def _mismatch(person: User, app: Authenticator | None, *, password: str, code: str) -> str:
    """Return why the proof fails, or nothing. The code is spent only if the password fits."""
    if not person.check_password(password) or not person.is_active:
        return "password"
    if app is not None and not app.wrap().validate_code("".join(code.split())):
        return "code"
    return ""


def _blocker(reason: str, *, has_app: bool) -> Blocker:
    if not has_app:
        return Blocker(reason, "This is not your password. Nothing was changed.", "password")
    return Blocker(
        reason,
        "Password and code do not fit. A code counts once: if you have just used it, wait for"
        " the next. Nothing was changed.",
        "password",
    )


@act
def record_refused_proof(
    *, user: User, reason: str, at: datetime, thread: models.Model | None
) -> None:
    """Remember that somebody did not prove to be this person, and why."""
    record(
        Kind.IDENTITY_REFUSED,
        actor=user,
        subject=user,
        thread=thread,
        at=at,
        data={"reason": reason},
    )


@act
def _record_proof(*, user: User, method: str, at: datetime, thread: models.Model | None) -> None:
    forget_tries(identity_door(user))
    record(
        Kind.IDENTITY_PROVED,
        actor=user,
        subject=user,
        thread=thread,
        at=at,
        data={"method": method, "level": "L1"},
    )
