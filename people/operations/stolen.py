"""Report a means of signing in as stolen: it is dead, and so is what it opened (V9)."""

from datetime import datetime
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession

from journal.acts import act, change_authority, record
from journal.kinds import Kind
from kernel.refusals import RefusedError
from people.choices import Means, PasskeyEnding
from people.factors import credentials_of
from people.models import Passkey, StolenReport, User
from people.operations.identity import has_second_factor
from people.operations.passkeys import end_passkey
from people.queries import authority_of
from people.rules.stolen import ReportFacts, blockers_to_report


class ReportRefusedError(RefusedError):
    """This cannot be reported as stolen."""


@act(refusals=True)
def report_stolen(
    *, actor: User, user: User, means: Means, at: datetime, passkey_id: int | None = None
) -> StolenReport:
    """End all sessions of a person, kill what was stolen, and void what they signed, if undecided.

    A stolen app goes on being asked for, with a secret that nobody knows: a password alone must
    not open more than before. Two people lead back from there, or a passkey that was not stolen.

    :raises ReportRefusedError: for others than the person and an administrator, for what is not in
        use, and where an administrator would shut somebody out for good.
    """
    change_authority()  # whatever is being signed comes before the report or sees it
    person = User.objects.select_for_update().get(pk=user.pk)
    passkey = Passkey.objects.standing().filter(user=person, pk=passkey_id or 0).first()
    facts = ReportFacts(
        is_own=actor.person_key == person.person_key,
        by_administrator=authority_of(actor, at).is_administrator,
        person_is_active=person.is_active,
        means=means,
        is_held=_is_held(person, means, passkey),
        has_other_passkey=_has_another(person, passkey),
        password_opens=person.has_usable_password() and not _has_dead_app(person),
    )
    if blockers := [*blockers_to_report(facts)]:
        raise ReportRefusedError(*blockers)
    _kill(person, means, passkey, actor=actor, at=at)
    person.session_salt = user.session_salt = uuid4()
    person.save(update_fields=["password", "session_salt"])
    UserSession.objects.filter(user=person).delete()
    return note_stolen(actor=actor, user=person, means=means, passkey=passkey, at=at)


@act
def note_stolen(
    *, actor: User, user: User, means: Means, at: datetime, passkey: Passkey | None = None
) -> StolenReport:
    """Write the report down: part of the act that has made the means useless."""
    report = StolenReport.objects.create(
        user=user,
        person_key=user.person_key,
        means=means,
        passkey=passkey,
        by=actor,
        reported_at=at,
    )
    record(
        Kind.MEANS_REPORTED,
        actor=actor,
        subject=report,
        at=at,
        data={"means": str(means), "person": str(user.person_key)},
    )
    return report


def _is_held(person: User, means: Means, passkey: Passkey | None) -> bool:
    if means == Means.PASSKEY:
        return passkey is not None
    if means == Means.APP:
        return has_second_factor(person)
    return person.has_usable_password()


def _has_another(person: User, passkey: Passkey | None) -> bool:
    reported = passkey and bytes.fromhex(passkey.credential_id)
    return any(one != reported for one in credentials_of(person))


def _has_dead_app(person: User) -> bool:
    """Tell whether the app's secret is one that nobody knows: `_kill` leaves no recovery codes."""
    kept = {*Authenticator.objects.filter(user=person).values_list("type", flat=True)}
    return kept == {Authenticator.Type.TOTP}


def _kill(
    person: User, means: Means, passkey: Passkey | None, *, actor: User, at: datetime
) -> None:
    if passkey is not None and means == Means.PASSKEY:
        end_passkey(passkey=passkey, cause=PasskeyEnding.STOLEN, actor=actor, at=at)
    elif means == Means.APP:
        Authenticator.objects.filter(user=person).delete()
        TOTP.activate(person, generate_totp_secret())
    else:
        person.set_unusable_password()
