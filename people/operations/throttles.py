"""Count tries and make people wait. Counted before the check, so that racing guesses count too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import transaction
from django.utils.crypto import salted_hmac

from kernel.refusals import Blocker, ThrottledError
from people import rules
from people.models import Throttle, User
from people.rules import PER_ADDRESS, PER_PERSON, Limit, Tries

FORGOTTEN_AFTER = timedelta(days=1)
SWEPT_AT_ONCE = 100


class TooManyTriesError(ThrottledError):
    """Somebody has to wait before the next try."""

    def __init__(self, *, until: datetime, at: datetime, is_first: bool) -> None:
        """Say how long, in whole minutes; `is_first` marks the first refusal of this wait."""
        minutes = max(1, ceil((until - at).total_seconds() / 60))
        super().__init__(
            Blocker(
                "throttled",
                f"Too many tries. Wait {minutes} minute{'' if minutes == 1 else 's'},"
                " then try once more.",
            )
        )
        self.is_first = is_first


@dataclass(frozen=True)
class Door:
    """What a try counts against: a fingerprint, and how many are let through."""

    key: str
    limit: Limit


def identity_door(user: User) -> Door:
    """Return the door of confirming that it is you: one for a person, whichever login is used."""
    return Door(_key("identity", str(user.person_key)), PER_PERSON)


def account_door(email: str) -> Door:
    """Return the door of signing in as this e-mail, whether anybody has it or not."""
    return Door(_key("account", email.strip().lower()), PER_PERSON)


def address_door(address: str) -> Door:
    """Return the door of signing in from this network address."""
    return Door(_key("address", address), PER_ADDRESS)


def founding_door(address: str) -> Door:
    """Return the door of founding this installation from this network address."""
    return Door(_key("founding", address), PER_ADDRESS)


def invitation_door(address: str) -> Door:
    """Return the door of opening mailed links from this network address."""
    return Door(_key("invitation", address), PER_ADDRESS)


def take_try(*doors: Door, at: datetime) -> None:
    """Count one try at each door, in a transaction of its own.

    :raises TooManyTriesError: when one of them is shut; then nothing is counted.
    :raises RuntimeError: inside another transaction, whose roll-back would give the try back.
    """
    with transaction.atomic(durable=True):
        rows = _locked_rows(doors, at)
        shut = _first_shut(doors, rows, at)
        if shut is None:
            for door in doors:
                _count(rows[door.key], door.limit, at)
        _sweep(at)
    if shut is not None:
        raise shut


def forget_tries(*doors: Door) -> None:
    """Begin afresh after a success."""
    Throttle.objects.filter(key__in=[door.key for door in doors]).delete()


def give_back_try(door: Door) -> None:
    """Take back the one try of a success; other people's failures at this door stay counted."""
    with transaction.atomic():
        row = Throttle.objects.select_for_update().filter(key=door.key).first()
        if row is not None and row.tries > 0:
            row.tries -= 1
            row.save(update_fields=["tries"])


def _locked_rows(doors: tuple[Door, ...], at: datetime) -> dict[str, Throttle]:
    keys = sorted(door.key for door in doors)
    Throttle.objects.bulk_create(
        [Throttle(key=key, tries=0, since=at, last=at) for key in keys], ignore_conflicts=True
    )
    rows = Throttle.objects.filter(key__in=keys).order_by("key").select_for_update()
    return {row.key: row for row in rows}


def _first_shut(
    doors: tuple[Door, ...], rows: Mapping[str, Throttle], at: datetime
) -> TooManyTriesError | None:
    for door in doors:
        row = rows[door.key]
        until = rules.wait_until(_tries(row), limit=door.limit, at=at)
        if until is not None:
            is_first = row.tries == door.limit.tries
            if is_first:  # one above the limit: the wait has been said and journalled
                row.tries += 1
                row.save(update_fields=["tries"])
            return TooManyTriesError(until=until, at=at, is_first=is_first)
    return None


def _count(row: Throttle, limit: Limit, at: datetime) -> None:
    tries = rules.one_more(_tries(row), limit=limit, at=at)
    row.tries, row.since, row.last = tries.count, tries.since, tries.last
    row.save(update_fields=["tries", "since", "last"])


def _tries(row: Throttle) -> Tries:
    return Tries(count=row.tries, since=row.since, last=row.last)


def _sweep(at: datetime) -> None:
    """Drop some counts that nobody waits for; those in use by others are left alone."""
    old = Throttle.objects.filter(last__lt=at - FORGOTTEN_AFTER).select_for_update(skip_locked=True)
    Throttle.objects.filter(pk__in=[row.pk for row in old[:SWEPT_AT_ONCE]]).delete()


def _key(door: str, name: str) -> str:
    """Return a fingerprint that says nothing about the e-mail or address it stands for."""
    return salted_hmac("people.throttle", f"{door}:{name}", algorithm="sha256").hexdigest()
