"""Invite somebody by e-mail, perhaps to an office; send it again, withdraw it, accept it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.crypto import salted_hmac

from journal.acts import act, change_authority, record
from journal.kinds import Kind
from kernel.canonical import clean_name, digest
from kernel.canonical import moment as stamp
from kernel.refusals import Blocker, RefusedError
from people.choices import SINGLE_OFFICES, Office
from people.models import Invitation, User
from people.operations.offices import begin_if_first
from people.operations.persons import email_blocker, enter, keeper_blocker
from people.operations.tenures import title_blockers, why_not_appoint
from people.operations.throttles import give_back_try, invitation_door, take_try
from people.queries import authority_of, get_person_by_email
from people.rules import InvitationFacts, blockers_to_accept, blockers_to_invite

LASTS = timedelta(days=14)
Opened = Invitation  # what a link opened, by a name that pages may use


class InvitationRefusedError(RefusedError):
    """This e-mail cannot be invited like this."""


class InvitationClosedError(RefusedError):
    """The link has been used, withdrawn, or has run out, or its office is taken."""


@act
def invite(
    *, actor: User, email: str, office: Office | None, title: str, at: datetime
) -> Invitation:
    """Invite whoever reads this e-mail, to an office if one is named. It lasts 14 days.

    :raises InvitationRefusedError: when the actor is no administrator, the e-mail signs in or is
        invited already, or the office is held, promised, or would put two keys in one hand.
    """
    change_authority()
    email = email.strip().lower()
    if blockers := why_not_invite(actor=actor, email=email, office=office, title=title, at=at):
        raise InvitationRefusedError(*blockers)
    title = clean_name(title) or (office.usual_title if office else "")
    invitation = Invitation(email=email, office=office or "", title=title)
    return _send(invitation, actor=actor, at=at)


def why_not_invite(
    *,
    actor: User,
    email: str,
    office: Office | None,
    title: str,
    at: datetime,
    sent: Invitation | None = None,
) -> list[Blocker]:
    """Say everything that stands in the way of inviting this e-mail, to this office if one.

    `sent` is the invitation that is to be sent again, which does not stand in its own way.
    """
    person = get_person_by_email(email)
    standing = Invitation.objects.standing().exclude(pk=sent.pk if sent else 0)
    promised = standing.filter(office=office, expires_at__gt=at).exclude(email=email)
    facts = InvitationFacts(
        has_login=person is not None,
        is_invited=standing.filter(email=email).exists(),
        is_promised=office in SINGLE_OFFICES and promised.exists(),
    )
    mail = email_blocker(email) if person is None else None
    return [
        *_office_blockers(actor, person.person_key if person else uuid4(), office, at),
        *(title_blockers(title) if title.strip() else []),
        *([mail] if mail else []),
        *blockers_to_invite(facts),
    ]


@act
def send_invitation_again(*, actor: User, invitation: Invitation, at: datetime) -> Invitation:
    """Send a new link for another 14 days; the one before opens nothing any more.

    :raises InvitationRefusedError: when the actor is no administrator, it was answered, or it
        could not be sent for the first time now.
    """
    sent = _standing(invitation, actor=actor, at=at)
    blockers = why_not_invite(
        actor=actor,
        email=sent.email,
        office=_office(sent),
        title=sent.title,
        at=at,
        sent=sent,
    )
    if blockers:
        raise InvitationRefusedError(*blockers)
    return _send(sent, actor=actor, at=at)


@act
def withdraw_invitation(*, actor: User, invitation: Invitation, at: datetime) -> None:
    """Let the link open nothing any more.

    :raises InvitationRefusedError: when the actor is no administrator, or it was answered.
    """
    locked = _standing(invitation, actor=actor, at=at)
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    record(Kind.INVITATION_WITHDRAWN, actor=actor, subject=locked, at=at)


def link_of(invitation: Invitation) -> str:
    """Return the link as it is mailed. It follows from the row and SECRET_KEY together."""
    return f"{settings.BASE_URL}/invitations/{_token(invitation.nonce)}/"


def find_invitation(*, token: str, address: str, at: datetime) -> Invitation | None:
    """Return the invitation that a link names. Guesses are counted by address.

    :raises TooManyTriesError: when too many links from there led nowhere.
    """
    door = invitation_door(address)
    take_try(door, at=at)
    found = Invitation.objects.select_related("invited_by").filter(token_hash=_hash(token)).first()
    if found is not None:
        give_back_try(door)
    return found


def closed_because(invitation: Invitation, at: datetime) -> list[Blocker]:
    """Say why the invitation cannot be accepted; nothing stands in the way of an empty list."""
    facts = InvitationFacts(
        has_login=get_person_by_email(invitation.email) is not None,
        is_withdrawn=invitation.withdrawn_at is not None,
        is_used=invitation.used_at is not None,
        has_run_out=invitation.has_run_out(at),
    )
    if blockers := [*blockers_to_accept(facts)]:
        return blockers[:1]
    if _office_blockers(invitation.invited_by, uuid4(), _office(invitation), at):
        return [
            Blocker("unfit", "Its office is taken, or its sender may not fill it now. Ask again.")
        ]
    return []


@act
def accept_invitation(
    *, invitation: Invitation, name: str, zone: str, password: str, at: datetime
) -> User:
    """Come in by the link: the login is made and the office begins, both or neither.

    An office that takes two people does not begin: it is proposed, in the inviter's name.

    :raises InvitationClosedError: when it was answered, withdrawn or has run out, or does not fit.
    :raises PersonRefusedError: when name, zone or password does not do.
    """
    change_authority()
    rows = Invitation.objects.select_related("invited_by").select_for_update(of=("self",))
    locked = rows.get(pk=invitation.pk)
    if blockers := closed_because(locked, at):
        raise InvitationClosedError(*blockers)
    person = enter(
        actor="invitation",
        email=locked.email,
        name=name,
        title=locked.title,
        zone=zone,
        password=password,
        at=at,
    )
    office = _office(locked)
    takes_two = not (office is None or begin_if_first(person, office, locked.title, at))
    locked.used_at, locked.user = at, person
    locked.save(update_fields=["used_at", "user"])
    record(
        Kind.INVITATION_ACCEPTED,
        actor=person,
        subject=locked,
        at=at,
        data={"office": locked.office, "person": str(person.person_key), "takes_two": takes_two},
    )
    return person


def _send(invitation: Invitation, *, actor: User, at: datetime) -> Invitation:
    invitation.nonce, invitation.invited_by = uuid4(), actor
    invitation.token_hash = _hash(_token(invitation.nonce))
    invitation.sent_at, invitation.expires_at = at, at + LASTS
    invitation.save()
    record(
        Kind.INVITATION_SENT,
        actor=actor,
        subject=invitation,
        at=at,
        data={"office": invitation.office, "expires_at": stamp(invitation.expires_at)},
        private={"email": invitation.email, "title": invitation.title},
    )
    return invitation


def _standing(invitation: Invitation, *, actor: User, at: datetime) -> Invitation:
    """Lock an invitation that waits for its answer."""
    change_authority()
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    keeper = keeper_blocker(actor, at)
    blockers = [keeper] if keeper else []
    if locked.used_at or locked.withdrawn_at:
        blockers.append(Blocker("answered", "It has been accepted or withdrawn meanwhile."))
    if blockers:
        raise InvitationRefusedError(*blockers)
    return locked


def _office(invitation: Invitation) -> Office | None:
    return Office(invitation.office) if invitation.office else None


def _office_blockers(
    sender: User, person_key: UUID, office: Office | None, at: datetime
) -> list[Blocker]:
    """Judge as an appointment does; without an office only whether the sender may invite."""
    if office is None:
        keeper = keeper_blocker(sender, at)
        return [keeper] if keeper else []
    by_administrator = authority_of(sender, at).is_administrator
    return why_not_appoint(
        person_key=person_key, office=office, at=at, by_administrator=by_administrator
    )


def _token(nonce: UUID) -> str:
    return salted_hmac("people.invitation", str(nonce), algorithm="sha256").hexdigest()


def _hash(token: str) -> str:
    return digest(token.encode(errors="replace"))
