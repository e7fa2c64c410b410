"""Take up an office, give it up. Changes of tenure wait for gate acts, and gate acts for them."""

from datetime import datetime

from journal.acts import act, change_authority, record
from journal.kinds import Kind
from kernel.canonical import clean_name
from kernel.canonical import moment as stamp
from kernel.refusals import Blocker, RefusedError
from people.choices import Office
from people.models import OfficeTerm, User
from people.queries import authority_of, term_facts, terms_at
from people.rules import (
    AppointmentFacts,
    EndingFacts,
    blockers_to_appoint,
    blockers_to_end_term,
)

LONGEST_TITLE = 200


class AppointmentRefusedError(RefusedError):
    """This person cannot take up this office now."""


class TermRefusedError(RefusedError):
    """This term cannot end now."""


@act
def appoint(
    *,
    actor: User,
    user: User,
    office: Office,
    title: str,
    at: datetime,
    ends_at: datetime | None = None,
) -> OfficeTerm:
    """Let `user` hold `office` from `at` on. One administrator does it, until two must.

    :raises AppointmentRefusedError: when the office is held, or keys would meet in one person.
    """
    change_authority()
    facts = AppointmentFacts(
        by_administrator=authority_of(actor, at).is_administrator,
        person_is_active=user.is_active,
        person_key=user.person_key,
        office=office,
        starts_at=at,
        ends_at=ends_at,
        terms=tuple(map(term_facts, terms_at(at))),
    )
    if blockers := [*blockers_to_appoint(facts), *title_blockers(title)]:
        raise AppointmentRefusedError(*blockers)
    return take_office(actor=actor, user=user, office=office, title=title, at=at, ends_at=ends_at)


@act
def end_term(*, actor: User, term: OfficeTerm, at: datetime) -> None:
    """End a term with this very moment. One administrator does it, until two must.

    :raises TermRefusedError: when it is over, or nobody could keep people and offices any more.
    """
    change_authority()
    term = OfficeTerm.objects.select_for_update(of=("self",)).get(pk=term.pk)
    _leave_office(term, actor=actor, at=at)


@act
def end_all_terms(*, actor: User, user: User, at: datetime) -> None:
    """End every office of a person who leaves: part of that act, so it may find none.

    :raises TermRefusedError: when nobody could keep people and offices any more.
    """
    for term in terms_at(at).filter(user=user).select_for_update(of=("self",)):
        _leave_office(term, actor=actor, at=at)


@act
def take_office(
    *,
    actor: User | str,
    user: User,
    office: Office,
    title: str,
    at: datetime,
    ends_at: datetime | None = None,
) -> OfficeTerm:
    """Write the term down: what `appoint` does once nothing stands against it, and founding."""
    term = OfficeTerm.objects.create(
        user=user,
        person_key=user.person_key,
        office=office,
        title=clean_name(title),
        starts_at=at,
        ends_at=ends_at,
    )
    record(
        Kind.OFFICE_TAKEN,
        actor=actor,
        subject=term,
        at=at,
        data={
            "office": str(office),
            "person": str(user.person_key),
            "ends_at": stamp(ends_at) if ends_at else None,
        },
        private={"title": term.title},
    )
    return term


def _leave_office(term: OfficeTerm, *, actor: User, at: datetime) -> None:
    facts = EndingFacts(
        by_administrator=authority_of(actor, at).is_administrator,
        has_begun=term.starts_at < at,
        is_over=term.ends_at is not None and term.ends_at <= at,
        last_administrator=_is_last_administrator(term, at),
    )
    if blockers := [*blockers_to_end_term(facts)]:
        raise TermRefusedError(*blockers)
    term.ends_at = at
    term.save(update_fields=["ends_at"])
    record(
        Kind.OFFICE_LEFT,
        actor=actor,
        subject=term,
        at=at,
        data={"office": term.office, "person": str(term.person_key)},
    )


def _is_last_administrator(term: OfficeTerm, at: datetime) -> bool:
    """Tell whether nobody else could keep people and offices for good."""
    if term.office != Office.ADMINISTRATOR:
        return False
    others = OfficeTerm.objects.held_at(at).filter(office=Office.ADMINISTRATOR, ends_at=None)
    return not others.exclude(person_key=term.person_key).exists()


def title_blockers(title: str) -> list[Blocker]:
    """Say why this cannot be printed as the title of whoever holds an office."""
    try:
        title = clean_name(title)
    except ValueError as error:
        return [Blocker("title", str(error), "title")]
    if 0 < len(title) <= LONGEST_TITLE:
        return []
    return [
        Blocker(
            "title", f"Say how the title is printed, in up to {LONGEST_TITLE} characters.", "title"
        )
    ]
