"""Units, places and roles appear when somebody first names them."""

from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, connection, transaction

from journal.acts import Actor, act, record
from journal.kinds import Kind
from kernel.canonical import clean_name
from kernel.refusals import Blocker, RefusedError
from workforce.models import NAME_LENGTH, Location, OrgUnit, Role

NAMING_LOCK = 7_291_003

NamedT = TypeVar("NamedT", OrgUnit, Location, Role)


class NameRefusedError(RefusedError):
    """The name of a unit, place or role cannot be used."""


class _TakenMeanwhileError(Exception):
    """Somebody else added the same name a moment ago."""


def add_unit(*, actor: Actor, name: str, at: datetime) -> OrgUnit:
    """Return the unit of this name, whatever its case; add it when it is new.

    :raises NameRefusedError: for an empty or overlong name.
    """
    return _named(OrgUnit, Kind.UNIT_ADDED, actor=actor, name=name, at=at)


def add_location(*, actor: Actor, name: str, at: datetime) -> Location:
    """Return the place of this name, whatever its case; add it when it is new.

    :raises NameRefusedError: for an empty or overlong name.
    """
    return _named(Location, Kind.LOCATION_ADDED, actor=actor, name=name, at=at)


def add_role(*, actor: Actor, name: str, at: datetime) -> Role:
    """Return the role of this name, whatever its case; add it when it is new.

    :raises NameRefusedError: for an empty or overlong name.
    """
    return _named(Role, Kind.ROLE_ADDED, actor=actor, name=name, at=at)


def _named(model: type[NamedT], kind: Kind, *, actor: Actor, name: str, at: datetime) -> NamedT:
    name = _usable(name)
    if (known := _known(model, name)) is not None:
        return known
    if connection.in_atomic_block:
        # A clash would end the act that this is part of, so whoever names something is waited for.
        _wait_for_others()
        if (known := _known(model, name)) is not None:
            return known
    try:
        return _add(model, kind, actor=actor, name=name, at=at)
    except _TakenMeanwhileError:
        return model.objects.get(name__iexact=name)


def _known(model: type[NamedT], name: str) -> NamedT | None:
    return model.objects.filter(name__iexact=name).first()


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NAMING_LOCK])


@act
def _add(model: type[NamedT], kind: Kind, *, actor: Actor, name: str, at: datetime) -> NamedT:
    _wait_for_others()
    try:
        with transaction.atomic():
            thing = model.objects.create(name=name)
    except IntegrityError as taken:
        raise _TakenMeanwhileError from taken
    record(kind, actor=actor, subject=thing, at=at, data={"name": name})
    return thing


def _usable(name: str) -> str:
    try:
        name = clean_name(name)
    except ValueError as broken:
        raise NameRefusedError(Blocker("name_broken", str(broken), "name")) from broken
    if not name:
        raise NameRefusedError(Blocker("name_missing", "Please give a name.", "name"))
    if len(name) > NAME_LENGTH:
        message = f"The name is too long: {len(name):,} characters, {NAME_LENGTH} at most."
        raise NameRefusedError(Blocker("name_too_long", message, "name"))
    return name
