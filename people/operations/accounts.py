"""Keep one's own login: password, second factor, sessions."""

from datetime import datetime
from importlib import import_module
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from journal.acts import act, change_authority, record
from journal.kinds import Kind
from kernel.refusals import Blocker, NotVisibleError, RefusedError
from people.choices import Means
from people.models import User
from people.operations.identity import IdentityProof, has_second_factor
from people.operations.persons import password_blocker
from people.operations.proofs import refuse_weak
from people.operations.stolen import note_stolen


class AccountRefusedError(RefusedError):
    """The login cannot be changed like this."""


@act
def change_password(
    *, user: User, new: str, proof: IdentityProof, at: datetime, is_stolen: bool = False
) -> None:
    """Set a new password; every session begun under the old one ends with this moment.

    With `is_stolen`, somebody else may know the old one: what the person signed is void, where it
    is undecided (V9).

    :raises AccountRefusedError: when the new password is too weak, or the old one.
    :raises WeakProofError: when the proof is not enough.
    """
    if is_stolen:
        change_authority()
    person = User.objects.select_for_update().get(pk=user.pk)
    refuse_weak(proof=proof, actor=person, at=at)
    blocker = password_blocker(new, person)
    if blocker is None and person.check_password(new):
        blocker = Blocker("same", "This is the password you have already.")
    if blocker:
        raise AccountRefusedError(Blocker(blocker.code, blocker.message, "new"))
    person.set_password(new)
    _end_all(person)
    user.password, user.session_salt = person.password, person.session_salt
    record(Kind.PASSWORD_CHANGED, actor=user, subject=person, at=at)
    if is_stolen:
        note_stolen(actor=user, user=person, means=Means.PASSWORD, at=at)


@act
def add_second_factor(
    *, user: User, secret: str, code: str, proof: IdentityProof, at: datetime
) -> list[str]:
    """Ask for a code from an app at each sign-in and signature; return the recovery codes.

    :raises AccountRefusedError: when there is one already, or the code does not fit the secret.
    :raises WeakProofError: when the proof is not enough.
    """
    User.objects.select_for_update().get(pk=user.pk)
    refuse_weak(proof=proof, actor=user, at=at)
    if has_second_factor(user):
        raise AccountRefusedError(Blocker("held", "You have an app already. Remove it first."))
    code = "".join(code.split())
    if not validate_totp_code(secret, code):
        raise AccountRefusedError(
            Blocker("code", "The code does not fit. Type the one your app shows now.", "code")
        )
    TOTP.activate(user, secret).validate_code(code)  # spends the code: it counts once
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    record(Kind.SECOND_FACTOR_ADDED, actor=user, subject=user, at=at, data={"kind": "totp"})
    return codes


@act
def remove_second_factor(*, user: User, proof: IdentityProof, at: datetime) -> None:
    """Ask for the password alone again.

    :raises AccountRefusedError: when there is none.
    :raises WeakProofError: when the proof is not enough.
    """
    User.objects.select_for_update().get(pk=user.pk)
    refuse_weak(proof=proof, actor=user, at=at)
    if not has_second_factor(user):
        raise AccountRefusedError(Blocker("none", "There is no app to remove."))
    Authenticator.objects.filter(user=user).delete()
    record(Kind.SECOND_FACTOR_REMOVED, actor=user, subject=user, at=at, data={"kind": "totp"})


@act
def renew_recovery_codes(*, user: User, proof: IdentityProof, at: datetime) -> list[str]:
    """Make new recovery codes; the old ones are void from now on.

    :raises AccountRefusedError: when there is no second factor to recover.
    :raises WeakProofError: when the proof is not enough.
    """
    User.objects.select_for_update().get(pk=user.pk)
    refuse_weak(proof=proof, actor=user, at=at)
    if not has_second_factor(user):
        raise AccountRefusedError(Blocker("none", "Recovery codes come with an app."))
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    record(Kind.RECOVERY_CODES_RENEWED, actor=user, subject=user, at=at)
    return codes


@act
def end_session(*, user: User, session_id: int, at: datetime) -> None:
    """End one of one's own sessions.

    :raises NotVisibleError: when it is not one's own, or over already.
    """
    session = UserSession.objects.select_for_update().filter(user=user, pk=session_id).first()
    if session is None:
        raise NotVisibleError
    key = session.session_key
    session.delete()
    _forget_session(key)
    transaction.on_commit(lambda: _forget_session(key))
    record(Kind.SESSION_ENDED, actor=user, subject=user, at=at)


@act
def end_all_sessions(*, user: User, at: datetime) -> None:
    """Sign out everywhere, here too."""
    person = User.objects.select_for_update().get(pk=user.pk)
    _end_all(person)
    user.session_salt = person.session_salt
    record(Kind.SESSIONS_ENDED, actor=user, subject=person, at=at)


def _end_all(person: User) -> None:
    """Make every session's fingerprint wrong, which no cache can survive, and drop the rows."""
    person.session_salt = uuid4()
    person.save(update_fields=["password", "session_salt"])
    UserSession.objects.filter(user=person).delete()


def _forget_session(key: str) -> None:
    """Drop the stored session; once more after the commit, lest a reader has cached it again."""
    import_module(settings.SESSION_ENGINE).SessionStore().delete(key)
