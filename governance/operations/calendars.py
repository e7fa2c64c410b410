"""A person says which holidays count and when it is away; an administrator keeps the own days."""

from datetime import date, datetime

from governance.models import Absence, Holidays, OwnDay
from governance.queries.calendars import absences_of, own_day
from governance.queries.holidays import countries, regions
from governance.rules.absences import (
    blockers_to_come_back,
    blockers_to_drop_day,
    blockers_to_go_away,
    blockers_to_keep_day,
    blockers_to_set_holidays,
)
from initiatives.queries.days import home_day
from journal.acts import act, change_authority, record
from journal.kinds import Kind
from kernel.canonical import clean_name
from kernel.refusals import Blocker, NotVisibleError, RefusedError
from people.models import User
from people.queries import authority_of


class CalendarRefusedError(RefusedError):
    """The days cannot be changed like this; the field says which."""


@act
def set_holidays(*, country: str, region: str, actor: User, at: datetime) -> Holidays:
    """Say which public holidays one has: of a country, and of a region in it.

    :raises CalendarRefusedError: for a country or region that is not known.
    """
    _locked(actor)
    region = region.strip()
    known = countries()
    _judge(
        *blockers_to_set_holidays(
            country=country,
            region=region,
            countries=known,
            regions=regions(country) if country in known else (),
        )
    )
    row, _ = Holidays.objects.update_or_create(
        user=actor, defaults={"country": country, "region": region}
    )
    record(
        Kind.HOLIDAYS_CHOSEN,
        actor=actor,
        subject=row,
        at=at,
        private={"country": country, "region": region},
    )
    return row


@act
def go_away(*, starts_on: date, ends_on: date, actor: User, at: datetime) -> Absence:
    """Say that one is away from one day to another: one's clock rests (E1).

    :raises CalendarRefusedError: for days that are over, too many, or entered before.
    """
    _locked(actor)
    known = [(one.starts_on, one.ends_on) for one in absences_of(actor).filter(back_on=None)]
    _judge(
        *blockers_to_go_away(
            starts_on=starts_on, ends_on=ends_on, today=own_day(actor, at), known=known
        )
    )
    row = Absence.objects.create(user=actor, starts_on=starts_on, ends_on=ends_on, entered_at=at)
    record(
        Kind.ABSENCE_ENTERED,
        actor=actor,
        subject=row,
        at=at,
        private={"from": starts_on.isoformat(), "to": ends_on.isoformat()},
    )
    return row


@act
def come_back(*, absence_id: int, actor: User, at: datetime) -> Absence:
    """End an absence: from today on one's clock runs again.

    :raises CalendarRefusedError: for somebody else's, or one that is over.
    """
    _locked(actor)
    row = Absence.objects.filter(pk=absence_id).first()
    if row is None:
        raise NotVisibleError
    today = own_day(actor, at)
    _judge(
        *blockers_to_come_back(
            is_own=row.user_id == actor.pk,
            is_back=row.back_on is not None,
            ends_on=row.ends_on,
            today=today,
        )
    )
    row.back_on = max(today, row.starts_on)
    row.save(update_fields=["back_on"])
    record(
        Kind.ABSENCE_ENDED,
        actor=actor,
        subject=row,
        at=at,
        private={"back_on": row.back_on.isoformat()},
    )
    return row


@act
def keep_day(*, day: date, is_worked: bool, name: str, actor: User, at: datetime) -> OwnDay:
    """Keep a day off for everybody, or work on it, whatever week and holidays say.

    :raises CalendarRefusedError: for others than administrators, a day that is over or listed.
    """
    change_authority()  # of two who add one day at once, the second reads what the first wrote
    try:
        name = clean_name(name)
    except ValueError as error:
        raise CalendarRefusedError(Blocker("name", str(error), "name")) from error
    _judge(
        *blockers_to_keep_day(
            is_administrator=authority_of(actor, at).is_administrator,
            day=day,
            today=home_day(at),
            name=name,
            is_known=OwnDay.objects.filter(day=day).exists(),
        )
    )
    row = OwnDay.objects.create(day=day, is_worked=is_worked, name=name)
    record(
        Kind.OWN_DAY_KEPT,
        actor=actor,
        subject=row,
        at=at,
        data={"day": day.isoformat(), "is_worked": is_worked},
        private={"name": name},
    )
    return row


@act
def drop_day(*, day_id: int, actor: User, at: datetime) -> None:
    """Take an own day off the list again.

    :raises CalendarRefusedError: for others than administrators, or a day that is over.
    """
    change_authority()
    row = OwnDay.objects.filter(pk=day_id).first()
    if row is None:
        raise NotVisibleError
    _judge(
        *blockers_to_drop_day(
            is_administrator=authority_of(actor, at).is_administrator,
            day=row.day,
            today=home_day(at),
        )
    )
    record(
        Kind.OWN_DAY_DROPPED,
        actor=actor,
        subject=row,
        at=at,
        data={"day": row.day.isoformat()},
    )
    OwnDay.objects.filter(pk=row.pk).delete()


def _locked(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)


def _judge(*blockers: Blocker) -> None:
    if blockers:
        raise CalendarRefusedError(*blockers)
