"""Help somebody who cannot come in: the second factor goes, the password too if it is lost."""

from datetime import datetime
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from journal.acts import act, record
from journal.kinds import Kind
from journal.queries import installation
from journal.transports import keeps_mails
from kernel.refusals import Blocker, RefusedError
from people.factors import asks_for_passkey
from people.models import User
from people.operations.passkeys import recover_passkeys

NO_MAILBOX = Blocker(
    "mailbox",
    "The link to a new password is for one mailbox alone, and no mail server is set: whoever runs"
    " this installation would read it. Let them set EMAIL_URL first.",
    "with_password",
)


class RecoveryRefusedError(RefusedError):
    """There is nothing to recover for this person."""


def has_any_factor(user: User) -> bool:
    """Tell whether signing in or signing asks this person for more than a password."""
    return bool(Authenticator.objects.filter(user=user).exists()) or asks_for_passkey(user)


def reaches_mailbox() -> bool:
    """Tell whether a mailed link is read by its owner first. A demonstration invents its people."""
    ours = installation()
    return bool(ours and ours.is_demo) or not keeps_mails()


@act
def recover_second_factor(
    *, actor: User, user: User, at: datetime, with_password: bool = False
) -> None:
    """Do what one asked and `actor` confirmed: part of that act, which judged the two.

    The app, its recovery codes and all passkeys are gone, and every session ends: who found the
    lost device stays outside. `with_password`: the old one opens nothing either, and whoever reads
    the person's mail chooses a new one.

    :raises RecoveryRefusedError: when the person has left, has no second factor, or could not be
        the first to read the link.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if not person.is_active:
        raise RecoveryRefusedError(Blocker("inactive", "This person has left."))
    if not has_any_factor(person) and not with_password:
        raise RecoveryRefusedError(Blocker("none", "This person has no second factor to lose."))
    if with_password and not reaches_mailbox():
        raise RecoveryRefusedError(NO_MAILBOX)
    Authenticator.objects.filter(user=person).delete()
    recover_passkeys(actor=actor, user=person, at=at)
    if with_password:
        person.set_unusable_password()
    person.session_salt = uuid4()
    person.save(update_fields=["password", "session_salt"])
    UserSession.objects.filter(user=person).delete()
    record(
        Kind.SECOND_FACTOR_RECOVERED,
        actor=actor,
        subject=person,
        at=at,
        data={
            "person": str(person.person_key),
            **({"password": True} if with_password else {}),
        },
    )
