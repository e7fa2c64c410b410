"""The journal: what happened, newest first, page by page."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from initiatives.models import Initiative
from initiatives.queries.visibility import readable_by
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened, entries
from journal.rows import label
from people.models import User
from people.queries import people_by_key
from people.rules import Authority

PAGE = 25
THREAD = "initiatives.initiative"


@dataclass(frozen=True, kw_only=True)
class JournalFilters:
    """What the entries are narrowed to."""

    kind: str = ""
    number: int | None = None
    person: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """One entry in words."""

    happened: Happened
    actor: str
    code: str
    name: str
    previous: str

    @property
    def seq(self) -> int:
        return self.happened.seq


@dataclass(frozen=True)
class JournalPage:
    """A page of entries; `after` is the number before which the next page begins, 0 at the end."""

    rows: tuple[EntryView, ...]
    after: int


def journal(
    authority: Authority,
    filters: JournalFilters,
    *,
    zone: str,
    before: int = 0,
    size: int = PAGE,
) -> JournalPage:
    """Return entries, the newest first. Three queries."""
    found = entries().filter(_seen_by(authority)).filter(_narrowed(filters, zone))
    if before:
        found = found.filter(seq__lt=before)
    rows = [*found[: size + 1]]
    shown = [Happened(row) for row in rows[:size]]
    return JournalPage(rows=_in_words(shown), after=shown[-1].seq if rows[size:] else 0)


def kinds() -> list[tuple[str, str]]:
    """Return every kind of entry with its words, for a filter."""
    return sorted(((kind.value, str(kind.label)) for kind in Kind), key=lambda one: one[1])


def _seen_by(authority: Authority) -> Q:
    """Offices read every entry; others those of the initiatives that they read whole."""
    if authority.reads_everything:
        return Q()
    return Q(thread__in=_threads(readable_by(authority)))


def _narrowed(filters: JournalFilters, zone: str) -> Q:
    found = Q()
    if filters.kind:
        found &= Q(kind=filters.kind)
    if filters.number is not None:
        found &= Q(thread__in=_threads(Initiative.objects.filter(number=filters.number)))
    if filters.person:
        named = User.objects.filter(name__icontains=filters.person)
        found &= Q(actor_key__in=named.values("person_key"))
    if filters.since:
        found &= Q(at__gte=_start_of(filters.since, zone))
    if filters.until and filters.until < date.max:
        found &= Q(at__lt=_start_of(filters.until + timedelta(days=1), zone))
    return found


def _threads(initiatives: QuerySet[Initiative]) -> QuerySet[Any]:
    """Return the names of their threads, worked out by the database."""
    name = Concat(Value(f"{THREAD}:"), Cast("pk", CharField()))
    return initiatives.order_by().annotate(thread_name=name).values("thread_name")


def _start_of(day: date, zone: str) -> datetime:
    try:
        return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:  # the first day there is begins elsewhere a day before that
        return datetime.min.replace(tzinfo=UTC)


def _in_words(rows: Collection[Happened]) -> tuple[EntryView, ...]:
    keys = {one.actor_key for one in rows if one.actor_key}
    people = people_by_key(keys | {UUID(one.data["instead_of"]) for one in rows if _stood_in(one)})
    threads = _initiatives(one.entry for one in rows)
    return tuple(
        EntryView(
            happened=one,
            actor=_actor(one, people),
            code=threads[one.entry.thread].code if one.entry.thread in threads else "",
            name=threads[one.entry.thread].name if one.entry.thread in threads else "",
            previous=bytes(one.entry.prev).hex(),
        )
        for one in rows
    )


def _actor(one: Happened, people: Mapping[UUID, User]) -> str:
    if one.actor_key is None:
        return f"System ({one.system})" if one.system else "System"
    name = _name(one.actor_key, people)
    return f"{name} for {_name(UUID(one.data['instead_of']), people)}" if _stood_in(one) else name


def _name(key: UUID, people: Mapping[UUID, User]) -> str:
    return people[key].name if key in people else "Someone erased"


def _stood_in(one: Happened) -> bool:
    """Tell whether somebody acted in an office holder's place."""
    return "instead_of" in one.data


def _initiatives(rows: Iterable[Entry]) -> dict[str, Initiative]:
    keys = {int(row.thread.rpartition(":")[2]) for row in rows if row.thread.startswith(THREAD)}
    found = Initiative.objects.filter(pk__in=keys) if keys else []
    return {f"{label(one)}:{one.pk}": one for one in found}
