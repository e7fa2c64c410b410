"""Whose clock runs when: the calendar of each signer, in one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from governance.models import Absence, Holidays, OwnDay
from governance.queries.holidays import public_holidays
from initiatives.queries.days import working_days
from kernel.calendars import WorkCalendar
from people.choices import KEY_OFFICE, SIDE_OF_KEY, Office, Side
from people.models import OfficeTerm, User

LONGEST_LIST = 200


@dataclass(frozen=True)
class Own:
    """The days that the organisation keeps off, and those on which it works anyway."""

    free: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


def calendars_of_keys(
    at: datetime, *, entered_by: datetime | None = None
) -> dict[Side, WorkCalendar]:
    """Return when whoever holds each key works; a vacant side is not in it. One query.

    Of absences, those that were `entered_by` a moment, or all.
    """
    rows = signers_at(at, entered_by=entered_by)
    return read_calendars([row["signer"] for row in rows], at)


def signers_at(at: datetime | OuterRef, *, entered_by: datetime | None = None) -> Any:  # noqa: ANN401  # a QuerySet of values
    """Return what the calendar of each signer is put together from; also as a part of a query."""
    known = Q(entered_at__lte=entered_by) if entered_by else Q()
    away = Absence.objects.filter(known, user=OuterRef("user")).values(
        span=JSONObject(first="starts_on", last="ends_on", back="back_on")
    )
    own = OwnDay.objects.values(kept=JSONObject(day="day", is_worked="is_worked"))
    terms = OfficeTerm.objects.held_at(at).filter(  # type: ignore[arg-type]  # of an outer query
        office__in=KEY_OFFICE.values()
    )
    return terms.values(
        signer=JSONObject(
            office="office",
            zone="user__zone",
            country="user__holidays__country",
            region="user__holidays__region",
            away=ArraySubquery(away),
            own=ArraySubquery(own),
        )
    )


def read_calendars(signers: Iterable[Mapping[str, Any]], at: datetime) -> dict[Side, WorkCalendar]:
    """Return the calendar of each side for the time around `at`."""
    return {SIDE_OF_KEY[Office(one["office"])]: _calendar(one, at) for one in signers}


def _calendar(row: Mapping[str, Any], at: datetime) -> WorkCalendar:
    kept = [(date.fromisoformat(one["day"]), one["is_worked"]) for one in row["own"]]
    public = frozenset(
        day
        for year in (at.year - 1, at.year, at.year + 1)
        if row["country"]
        for day in public_holidays(row["country"], row["region"], year)
    )
    return work_calendar(
        row["zone"],
        working_days(),
        public=public,
        own=Own(
            free=frozenset(day for day, is_worked in kept if not is_worked),
            worked=frozenset(day for day, is_worked in kept if is_worked),
        ),
        away=[_span(one) for one in row["away"]],
    )


def work_calendar(
    zone: str,
    week: str,
    *,
    public: frozenset[date],
    own: Own,
    away: Iterable[tuple[date, date]],
) -> WorkCalendar:
    """Put a calendar together: own days go before public holidays, an absence before both."""
    absent = {
        first + timedelta(days=number)
        for first, last in away
        for number in range((last - first).days + 1)
    }
    return WorkCalendar(
        zone=zone,
        working_days=week,
        free=frozenset((public - own.worked) | own.free | absent),
        worked=own.worked,
    )


def own_day(user: User, at: datetime) -> date:
    """Return which day it is for the person."""
    return at.astimezone(ZoneInfo(user.zone)).date()


def absences_of(user: User) -> "QuerySet[Absence]":
    """Return what the person has entered, the next first."""
    return Absence.objects.filter(user=user).order_by("starts_on", "pk")


def coming_absences(user: User, today: date) -> list[Absence]:
    """Return the absences of a person that last or are to come, the next first."""
    rows = absences_of(user).filter(ends_on__gte=today, back_on=None)
    return list(rows[:LONGEST_LIST])


def holidays_of(user: User) -> tuple[str, str]:
    """Return the country and region whose public holidays the person has; "" for none."""
    row = Holidays.objects.filter(user=user).first()
    return (row.country, row.region) if row else ("", "")


def next_holidays(
    country: str, region: str, today: date, *, most: int = 5
) -> list[tuple[date, str]]:
    """Return the next public holidays there, by day."""
    if not country:
        return []
    named = {
        day: name
        for year in (today.year, today.year + 1)
        for day, name in public_holidays(country, region, year).items()
    }
    return sorted((day, name) for day, name in named.items() if day >= today)[:most]


def own_days(today: date) -> list[OwnDay]:
    """Return the days the organisation keeps for itself, from today on."""
    return list(OwnDay.objects.filter(day__gte=today).order_by("day")[:LONGEST_LIST])


def _span(row: Mapping[str, Any]) -> tuple[date, date]:
    first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
    back = row["back"]
    return first, min(last, date.fromisoformat(back) - timedelta(days=1)) if back else last
