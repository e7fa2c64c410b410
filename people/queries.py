"""Who holds which office, what a login may do, and who is there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from kernel.compiled import compiled
from kernel.numbers import whole_number
from people import rules
from people.choices import KEY_OFFICE, SIDE_OF_KEY, Office, Side
from people.devices import device
from people.models import Invitation, OfficeTerm, User
from people.rules import NOBODY, Authority, TermFacts


@dataclass(frozen=True)
class Seat:
    """Who holds a side's key, and since which term."""

    side: Side
    user: User
    person_key: UUID
    name: str
    title: str
    term_id: int
    capacity: str = "seat"


def authority_of(user: User, at: datetime) -> Authority:
    """Return what this login may do at that moment. One query; none for who may not act."""
    if not user.is_active:
        return NOBODY
    terms = map(term_facts, _terms_of(user.pk, at))
    return rules.authority(user_id=user.pk, person_key=user.person_key, terms=terms, at=at)


@compiled
def _terms_of(user_id: int, at: datetime) -> QuerySet[OfficeTerm]:
    return OfficeTerm.objects.filter(user=user_id).held_at(at)


def key_terms(at: datetime) -> dict[Side, OfficeTerm]:
    """Return the term of office of each key at that moment; a vacant side is not in it."""
    return _by_side(_key_terms(at))


def seat_holders(at: datetime) -> dict[Side, Seat]:
    """Return who holds each key at that moment; a vacant side is not in it."""
    return {
        side: Seat(
            side=side,
            user=term.user,
            person_key=term.person_key,
            name=term.user.name,
            title=term.title,
            term_id=term.pk,
            capacity=term.capacity,
        )
        for side, term in _by_side(_terms_of_keys(at).select_related("user")).items()
    }


@compiled
def _key_terms(at: datetime) -> QuerySet[OfficeTerm]:
    return _terms_of_keys(at)


def _terms_of_keys(at: datetime) -> QuerySet[OfficeTerm]:
    return OfficeTerm.objects.held_at(at).filter(office__in=KEY_OFFICE.values())


def _by_side(terms: Iterable[OfficeTerm]) -> dict[Side, OfficeTerm]:
    return {SIDE_OF_KEY[Office(term.office)]: term for term in terms}


def nameable(seats: Mapping[Side, Seat]) -> list[tuple[int, str, str]]:
    """Return who can be named: id, name with title, and the side whose key the person holds."""
    keys = {seat.person_key: side for side, seat in seats.items()}
    return [
        (
            person.pk,
            f"{person.name}, {person.title}" if person.title else person.name,
            keys.get(person.person_key, ""),
        )
        for person in active_people()
    ]


def office_holders(office: Office, at: datetime) -> list[User]:
    """Return who holds the office at that moment, by name."""
    held = OfficeTerm.objects.held_at(at).filter(office=office)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("name", "pk"))


def terms_at(at: datetime) -> QuerySet[OfficeTerm]:
    """Return the terms that run or will, with their people, by name."""
    return OfficeTerm.objects.not_over(at).select_related("user").order_by("user__name", "pk")


def get_term(term_id: int) -> OfficeTerm | None:
    """Return one term with its person."""
    return OfficeTerm.objects.select_related("user").filter(pk=term_id).first()


def standing_invitations() -> QuerySet[Invitation]:
    """Return the invitations that wait for an answer, the newest first."""
    return Invitation.objects.standing().select_related("invited_by").order_by("-sent_at", "-pk")


def get_invitation(invitation_id: int) -> Invitation | None:
    """Return one invitation, whether it was answered or not."""
    return Invitation.objects.filter(pk=invitation_id).first()


def get_person(user_id: int) -> User | None:
    """Return one login, whether its person still works here or not."""
    return User.objects.filter(pk=user_id).first()


def get_person_by_email(email: str) -> User | None:
    """Return the login with this e-mail, whatever its case."""
    return User.objects.filter(email=email.strip().lower()).first()


def people_by_key(keys: Collection[UUID]) -> dict[UUID, User]:
    """Return one login for each person key: the active one, else the oldest."""
    if not keys:
        return {}
    logins = User.objects.filter(person_key__in=keys).order_by("is_active", "-pk")
    return {login.person_key: login for login in logins}


def active_people() -> QuerySet[User]:
    """Return everyone who may sign in, by name."""
    return User.objects.filter(is_active=True).order_by("name", "pk")


def all_people() -> QuerySet[User]:
    """Return everyone there is, by name."""
    return User.objects.order_by("name", "pk")


PAGE = 100


@dataclass(frozen=True)
class PeoplePage:
    """A hundred people by name, each with the offices held, and where the next hundred begins."""

    rows: list[tuple[User, list[OfficeTerm]]]
    total: int
    next_after: int | None


def people_page(*, after: str, at: datetime) -> PeoplePage:
    """Return those who come after the person with that number; from the first on, if nobody has."""
    people = all_people()
    number = whole_number(after)
    last = get_person(number) if number is not None else None
    if last is not None:
        people = people.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
    found = list(people[: PAGE + 1])
    shown = found[:PAGE]
    held: dict[int, list[OfficeTerm]] = {person.pk: [] for person in shown}
    for term in terms_at(at).filter(user__in=shown):
        held[term.user_id].append(term)
    return PeoplePage(
        rows=[(person, held[person.pk]) for person in shown],
        total=User.objects.filter(is_active=True).count(),
        next_after=shown[-1].pk if len(found) > PAGE else None,
    )


def running_terms(user: User, at: datetime) -> QuerySet[OfficeTerm]:
    """Return the offices this login holds at that moment, the oldest first."""
    return OfficeTerm.objects.held_at(at).filter(user=user).order_by("starts_at", "pk")


@dataclass(frozen=True)
class SeenSession:
    """A session as its owner sees it."""

    pk: int
    device: str
    address: str
    since: datetime
    is_current: bool


def sessions_of(user: User, *, current_key: str) -> list[SeenSession]:
    """Return the sessions of this login that still stand, this one first."""
    standing = Session.objects.filter(expire_date__gt=Now()).values("session_key")
    rows = UserSession.objects.filter(user=user, session_key__in=standing).order_by("-created_at")
    seen = [
        SeenSession(
            pk=row.pk,
            device=device(row.user_agent),
            address=row.ip,
            since=row.created_at,
            is_current=row.session_key == current_key,
        )
        for row in rows
    ]
    return sorted(seen, key=lambda session: not session.is_current)


def term_facts(term: OfficeTerm) -> TermFacts:
    """Return the term as the rules see it."""
    return TermFacts(
        term_id=term.pk,
        person_key=term.person_key,
        office=Office(term.office),
        starts_at=term.starts_at,
        ends_at=term.ends_at,
    )
