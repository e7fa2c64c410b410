"""Units, places and roles appear when somebody first names them, or an administrator lists them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from journal.acts import Actor, act, record
from journal.kinds import Kind
from kernel.canonical import clean_name
from kernel.refusals import Blocker, RefusedError
from people.models import User
from people.operations.persons import keeper_blocker
from workforce.models import NAME_LENGTH, Location, OrgUnit, Role
from workforce.queries import get_unit

NAMING_LOCK = 7_291_003
MOST_AT_ONCE = 2_000

NamedT = TypeVar("NamedT", OrgUnit, Location, Role)


class NameRefusedError(RefusedError):
    """The name of a unit, place or role cannot be used."""


class UnitRefusedError(RefusedError):
    """Units cannot be listed or taken off the list like this."""


class _AllKnownError(Exception):
    """Every name of the list stands there already."""


class _TakenMeanwhileError(Exception):
    """Somebody else added the same name a moment ago."""


def add_unit(*, actor: Actor, name: str, at: datetime) -> OrgUnit:
    """Return the unit of this name, whatever its case; add it when it is new.

    :raises NameRefusedError: for an empty or overlong name.
    """
    return _named(OrgUnit, Kind.UNIT_ADDED, actor=actor, name=name, at=at)


def add_units(*, actor: User, names: Iterable[str], at: datetime) -> int:
    """Add the units of a list, all or none; return how many are new.

    :raises UnitRefusedError: when the actor is no administrator, or there is no name, or too many.
    :raises NameRefusedError: naming each name that does not do.
    """
    try:
        return _add_all(actor=actor, names=[*names], at=at)
    except _AllKnownError:
        # Nothing happened, so there is nothing to record: such an act is none.
        return 0


@act
def _add_all(*, actor: User, names: list[str], at: datetime) -> int:
    _keep(actor, at)
    if not 0 < len(names) <= MOST_AT_ONCE:
        message = f"Name at least one unit, and at most {MOST_AT_ONCE:,} at once."
        raise UnitRefusedError(Blocker("how_many", message, "names"))
    if problems := [*_problems(names)]:
        raise NameRefusedError(*problems)
    _wait_for_others()
    before = OrgUnit.objects.count()
    for name in names:
        add_unit(actor=actor, name=name, at=at)
    new = OrgUnit.objects.count() - before
    if not new:
        raise _AllKnownError
    return new


@act
def remove_unit(*, actor: User, unit: OrgUnit, at: datetime) -> None:
    """Take a unit off the list that nothing names.

    :raises UnitRefusedError: when the actor is no administrator, or something names it.
    :raises NotVisibleError: when somebody else took it off meanwhile.
    """
    _keep(actor, at)
    _wait_for_others()
    unit = get_unit(unit.pk, held=True)
    try:
        record(Kind.UNIT_REMOVED, actor=actor, subject=unit, at=at, data={"name": unit.name})
        unit.delete()
    except ProtectedError as named:
        message = f"An initiative names {unit.name}. Give it another unit first."
        raise UnitRefusedError(Blocker("named", message)) from named


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


def _keep(actor: User, at: datetime) -> None:
    if keeper_blocker(actor, at):
        message = "Only an administrator lists units. Ask one."
        raise UnitRefusedError(Blocker("not_administrator", message))


def _problems(names: Iterable[str]) -> Iterator[Blocker]:
    for line, name in enumerate(names, start=1):
        try:
            _usable(name)
        except NameRefusedError as refusal:
            [blocker] = refusal.blockers
            yield Blocker(blocker.code, f"Line {line}: {blocker.message}", "names")


def _named(model: type[NamedT], kind: Kind, *, actor: Actor, name: str, at: datetime) -> NamedT:
    name = _usable(name)
    known = _known(model, name)
    if known is None and connection.in_atomic_block:
        # A clash would end the act that this is part of, so whoever names something is waited for.
        _wait_for_others()
        known = _known(model, name)
    if known is not None:
        return known
    try:
        return _add(model, kind, actor=actor, name=name, at=at)
    except _TakenMeanwhileError:
        return model.objects.get(name__iexact=name)


def _known(model: type[NamedT], name: str) -> NamedT | None:
    """Return the one of this name, held until the act that names it is written."""
    found = model.objects.filter(name__iexact=name)
    if connection.in_atomic_block:
        found = found.select_for_update(no_key=True)
    return found.first()


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
