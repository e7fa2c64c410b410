"""Take up an office, give it up. Changes of tenure wait for gate acts, and gate acts for them."""

from datetime import datetime

from journal.acts import act, change_authority, record
from journal.kinds import Kind
from kernel.canonical import clean_name
from kernel.canonical import moment as stamp
from kernel.refusals import RefusedError
from people.choices import KEY_OFFICE, SIDE_OF_KEY, Holding, Office
from people.models import OfficeTerm, User
from people.operations.tenures import (
    is_ended_by_two,
    is_filled_by_two,
    is_last_administrator,
    is_last_to_confirm,
    title_blockers,
    why_not_appoint,
)
from people.queries import authority_of, terms_at
from people.rules import EndingFacts, blockers_to_end_term, latest_end


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
    """Let `user` be the first to hold `office`; in a demonstration, hold it at all.

    One administrator does that alone. Whoever comes later is proposed to a second person.

    :raises AppointmentRefusedError: when the office is held, keys would meet in one person, or it
        takes two people.
    """
    change_authority()
    ends_at = ends_at or latest_end(office, at)
    blockers = why_not_appoint(
        person_key=user.person_key,
        office=office,
        at=at,
        ends_at=ends_at,
        is_active=user.is_active,
        by_administrator=authority_of(actor, at).is_administrator,
        takes_two=is_filled_by_two(office),
    )
    if blockers := [*blockers, *title_blockers(title)]:
        raise AppointmentRefusedError(*blockers)
    return take_office(actor=actor, user=user, office=office, title=title, at=at, ends_at=ends_at)


@act
def appoint_by_two(
    *,
    actor: User,
    user: User,
    office: Office,
    title: str,
    at: datetime,
    ends_at: datetime | None,
    capacity: Holding = Holding.SEAT,
) -> OfficeTerm:
    """Do what one proposed and `actor` confirmed: part of that act, which judged the two.

    :raises AppointmentRefusedError: when the office is held, or keys would meet in one person.
    """
    ends_at = ends_at or latest_end(office, at)
    blockers = why_not_appoint(
        person_key=user.person_key,
        office=office,
        at=at,
        ends_at=ends_at,
        is_active=user.is_active,
    )
    if blockers := [*blockers, *title_blockers(title)]:
        raise AppointmentRefusedError(*blockers)
    return take_office(
        actor=actor,
        user=user,
        office=office,
        title=title,
        at=at,
        ends_at=ends_at,
        capacity=capacity,
    )


@act
def end_term(*, actor: User, term: OfficeTerm, at: datetime) -> None:
    """End a term with this very moment: in a demonstration; elsewhere two people do.

    :raises TermRefusedError: when it is over, it takes two people, or nobody could keep people
        and offices any more.
    """
    change_authority()
    term = OfficeTerm.objects.select_for_update(of=("self",)).get(pk=term.pk)
    by_administrator = authority_of(actor, at).is_administrator
    takes_two = is_ended_by_two()
    _leave_office(term, actor=actor, at=at, by_administrator=by_administrator, takes_two=takes_two)


@act
def end_term_by_two(*, actor: User, term: OfficeTerm, at: datetime) -> None:
    """Do what one proposed and `actor` confirmed: part of that act, which judged the two.

    :raises TermRefusedError: when it is over, or nobody could keep people and offices any more.
    """
    term = OfficeTerm.objects.select_for_update(of=("self",)).get(pk=term.pk)
    _leave_office(term, actor=actor, at=at)


@act
def end_all_terms(*, actor: User, user: User, at: datetime) -> None:
    """End every office of a person who leaves: part of that act, so it may find none.

    :raises TermRefusedError: when nobody could keep people and offices any more.
    """
    by_administrator = authority_of(actor, at).is_administrator
    for term in terms_at(at).filter(user=user).select_for_update(of=("self",)):
        _leave_office(term, actor=actor, at=at, by_administrator=by_administrator)


@act
def end_counter_signing(*, beside: OfficeTerm, actor: User, at: datetime) -> None:
    """End the term of whoever signs beside one person with both titles, who gave up `beside`.

    Part of the act that ended that term, so it may find none (D-6).

    :raises TermRefusedError: when no two people would be left who change offices together.
    """
    side = SIDE_OF_KEY.get(Office(beside.office))
    others = [office for key, office in KEY_OFFICE.items() if side is not None and key != side]
    held = OfficeTerm.objects.held_at(at).filter(office__in=others, capacity=Holding.COUNTER_SIGNER)
    for term in held.order_by("pk").select_for_update(of=("self",)):
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
    capacity: Holding = Holding.SEAT,
) -> OfficeTerm:
    """Write the term down: what `appoint` does once nothing stands against it, and founding."""
    term = OfficeTerm.objects.create(
        user=user,
        person_key=user.person_key,
        office=office,
        title=clean_name(title),
        capacity=capacity,
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
            **({} if capacity == Holding.SEAT else {"capacity": str(capacity)}),
        },
        private={"title": term.title},
    )
    return term


@act
def begin_if_first(user: User, office: Office, title: str, at: datetime) -> bool:
    """Let somebody invited begin as the first holder of an office; False where it takes two."""
    if is_filled_by_two(office):
        return False
    ends_at = latest_end(office, at)
    take_office(actor=user, user=user, office=office, title=title, at=at, ends_at=ends_at)
    return True


def _leave_office(
    term: OfficeTerm,
    *,
    actor: User,
    at: datetime,
    by_administrator: bool = True,
    takes_two: bool = False,
) -> None:
    facts = EndingFacts(
        by_administrator=by_administrator,
        has_begun=term.starts_at < at,
        is_over=term.ends_at is not None and term.ends_at <= at,
        last_administrator=is_last_administrator(term, at),
        last_to_confirm=is_last_to_confirm(term, at),
        takes_two=takes_two,
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
