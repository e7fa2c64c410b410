"""Add people, change who they are, let them go."""

from datetime import datetime
from uuid import UUID, uuid4

from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email

from journal.acts import act, change_authority, record
from journal.kinds import Kind
from kernel.canonical import clean_name
from kernel.refusals import Blocker, RefusedError
from people.choices import Theme
from people.models import User
from people.operations.offices import end_all_terms
from people.queries import authority_of, get_person_by_email
from people.rules import known_zones

LONGEST = 200
LONGEST_EMAIL = 254


class PersonRefusedError(RefusedError):
    """The person cannot be added, changed or let go like this."""


@act
def add_person(
    *,
    actor: User,
    email: str,
    name: str,
    title: str,
    zone: str,
    at: datetime,
    password: str | None = None,
    person_key: UUID | None = None,
) -> User:
    """Let someone in. `person_key` says that it is a further login of a person already here.

    Without a password nobody can sign in with it yet.

    :raises PersonRefusedError: when the actor is no administrator, or a value does not do.
    """
    change_authority()  # of two who add one e-mail at once, the second reads what the first wrote
    _judge(keeper_blocker(actor, at))
    return enter(
        actor=actor,
        email=email,
        name=name,
        title=title,
        zone=zone,
        password=password,
        at=at,
        person_key=person_key,
    )


@act
def change_profile(
    *, actor: User, name: str, title: str, zone: str, theme: str, at: datetime
) -> None:
    """Change one's own name, title, time zone and theme.

    :raises PersonRefusedError: when a value does not do, or nothing is different.
    """
    person = User.objects.select_for_update().get(pk=actor.pk)
    wanted = {
        "name": _clean(name, "name"),
        "title": _clean(title, "title"),
        "zone": zone,
        "theme": theme,
    }
    _judge(
        _name_blocker(wanted["name"]),
        _title_blocker(wanted["title"]),
        _zone_blocker(zone),
        None if theme in Theme.values else Blocker("theme", "Choose one of the themes.", "theme"),
    )
    changed = sorted(key for key, value in wanted.items() if getattr(person, key) != value)
    if not changed:
        raise PersonRefusedError(Blocker("unchanged", "Nothing is different from before."))
    before = {key: getattr(person, key) for key in changed}
    for key in changed:
        setattr(person, key, wanted[key])
        setattr(actor, key, wanted[key])
    person.save(update_fields=changed)
    record(
        Kind.PERSON_CHANGED,
        actor=actor,
        subject=person,
        at=at,
        data={"fields": changed},
        private={"before": before, "after": {key: wanted[key] for key in changed}},
    )


@act
def deactivate_person(*, actor: User, user: User, at: datetime) -> None:
    """Let someone go: every office and every session ends with this very moment.

    :raises PersonRefusedError: when the actor is no administrator, or the person has left already.
    :raises TermRefusedError: when nobody else could keep people and offices.
    """
    change_authority()
    person = User.objects.select_for_update().get(pk=user.pk)
    _judge(
        keeper_blocker(actor, at),
        None if person.is_active else Blocker("inactive", "This person has left already."),
    )
    end_all_terms(actor=actor, user=person, at=at)
    person.is_active = user.is_active = False
    person.session_salt = user.session_salt = uuid4()
    person.save(update_fields=["is_active", "session_salt"])
    UserSession.objects.filter(user=person).delete()
    record(
        Kind.PERSON_DEACTIVATED,
        actor=actor,
        subject=person,
        at=at,
        data={"person": str(person.person_key)},
    )


@act
def enter(
    *,
    actor: User | str,
    email: str,
    name: str,
    title: str,
    zone: str,
    password: str | None,
    at: datetime,
    person_key: UUID | None = None,
) -> User:
    """Write down a new login. Who may let people in is judged by the act that this is part of.

    :raises PersonRefusedError: when a value does not do.
    """
    email, name, title = email.strip().lower(), _clean(name, "name"), _clean(title, "title")
    person = User(email=email, name=name, title=title, zone=zone, added_at=at)
    _judge(
        email_blocker(email),
        _name_blocker(name),
        _title_blocker(title),
        _zone_blocker(zone),
        password_blocker(password, person) if password is not None else None,
        Blocker("person", "There is no such person.", "person_key")
        if person_key and not User.objects.filter(person_key=person_key).exists()
        else None,
    )
    if person_key:
        person.person_key = person_key
    person.set_password(password)
    person.save(force_insert=True)
    record(
        Kind.PERSON_ADDED,
        actor=actor,
        subject=person,
        at=at,
        data={"person": str(person.person_key)},
        private={"email": person.email, "name": person.name, "title": person.title},
    )
    return person


def password_blocker(password: str, person: User) -> Blocker | None:
    """Say why this password is too weak for this person; None means that it does."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        return Blocker("password", " ".join(error.messages), "password")
    return None


def _judge(*blockers: Blocker | None) -> None:
    found_blockers = [blocker for blocker in blockers if blocker is not None]
    if found_blockers:
        raise PersonRefusedError(*found_blockers)


def keeper_blocker(actor: User, at: datetime) -> Blocker | None:
    """Say that somebody else lets people in and out; None means that this one does."""
    if authority_of(actor, at).is_administrator:
        return None
    return Blocker("not_administrator", "Only an administrator lets people in and out. Ask one.")


def _clean(text: str, field: str) -> str:
    """Return one line of clean text.

    :raises PersonRefusedError: for what is no name.
    """
    try:
        return clean_name(text)
    except ValueError as error:
        raise PersonRefusedError(Blocker("text", str(error), field)) from error


def email_blocker(email: str) -> Blocker | None:
    """Say why nobody can be let in under this e-mail; None means that somebody can."""
    try:
        MaxLengthValidator(LONGEST_EMAIL)(email)
        validate_email(email)
    except ValidationError:
        return Blocker("email", "This is no e-mail address.", "email")
    if get_person_by_email(email):
        return Blocker("email_taken", "Somebody signs in with this e-mail already.", "email")
    return None


def _name_blocker(name: str) -> Blocker | None:
    if 0 < len(name) <= LONGEST:
        return None
    return Blocker("name", f"A name has 1 to {LONGEST} characters.", "name")


def _title_blocker(title: str) -> Blocker | None:
    if len(title) <= LONGEST:
        return None
    return Blocker("title", f"A title has up to {LONGEST} characters.", "title")


def _zone_blocker(zone: str) -> Blocker | None:
    if zone in known_zones():
        return None
    return Blocker("zone", "This is no time zone. An example is Europe/Berlin.", "zone")
