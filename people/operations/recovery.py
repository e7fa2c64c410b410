"""Help somebody who lost the second factor: the factor goes, the person enrols again."""

from collections.abc import Collection
from datetime import datetime
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from journal.acts import act, record
from journal.kinds import Kind
from kernel.refusals import Blocker, RefusedError
from people.factors import asks_for_passkey
from people.models import Passkey, User
from people.operations.passkeys import recover_passkeys


class RecoveryRefusedError(RefusedError):
    """There is nothing to recover for this person."""


def has_any_factor(user: User) -> bool:
    """Tell whether signing in or signing asks this person for more than a password."""
    return bool(Authenticator.objects.filter(user=user).exists()) or asks_for_passkey(user)


def with_a_factor(user_ids: Collection[int]) -> frozenset[int]:
    """Return which of these logins have something to lose besides a password. One query."""
    apps = Authenticator.objects.filter(user__in=user_ids).values_list("user", flat=True)
    keys = Passkey.objects.asked_for().filter(user__in=user_ids).values_list("user", flat=True)
    return frozenset(apps.union(keys))


@act
def recover_second_factor(*, actor: User, user: User, at: datetime) -> None:
    """Do what one asked and `actor` confirmed: part of that act, which judged the two.

    The app, its recovery codes and all passkeys are gone, and every session ends: who found the
    lost device stays outside.

    :raises RecoveryRefusedError: when the person has left, or has no second factor.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if not person.is_active:
        raise RecoveryRefusedError(Blocker("inactive", "This person has left."))
    if not has_any_factor(person):
        raise RecoveryRefusedError(Blocker("none", "This person has no second factor to lose."))
    Authenticator.objects.filter(user=person).delete()
    recover_passkeys(actor=actor, user=person, at=at)
    person.session_salt = uuid4()
    person.save(update_fields=["session_salt"])
    UserSession.objects.filter(user=person).delete()
    record(
        Kind.SECOND_FACTOR_RECOVERED,
        actor=actor,
        subject=person,
        at=at,
        data={"person": str(person.person_key)},
    )
