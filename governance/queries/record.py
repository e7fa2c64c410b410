"""The record: decisions and what happened, newest first, page by page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Subquery, Value

from governance.choices import OPEN_STATES, RoundState
from governance.models import Round, Signature
from governance.queries.marks import halves, said_of
from governance.queries.signed_acts import SignedView, as_row, signed_views, standing
from initiatives.models import Initiative
from initiatives.queries.visibility import readable_by
from initiatives.rules.keysets import Place, place_of, token_of
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened, entries
from journal.rows import label
from people.choices import Side
from people.models import User
from people.queries import Authority, people_by_key
from playbook.editions import current
from playbook.playbooks import Playbook

PAGE = 25
OUTCOMES = tuple(state for state in RoundState if state not in OPEN_STATES)
THREAD = "initiatives.initiative"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How one round of one gate ended."""

    round_id: int
    gate: str
    gate_name: str
    n: int
    outcome: RoundState
    reason: str
    verdict: str
    code: str
    name: str
    closed_at: datetime
    digest: str
    technology: str
    people: str
    label: str
    standing: dict[Side, SignedView]

    @property
    def is_passed(self) -> bool:
        return self.outcome == RoundState.PASSED


@dataclass(frozen=True, kw_only=True)
class DecisionFilters:
    """What the decisions are narrowed to."""

    number: int | None = None
    outcome: str = ""
    text: str = ""


@dataclass(frozen=True)
class DecisionPage:
    """A page of decisions; `after` is a word for the address, "" at the end."""

    rows: tuple[Decision, ...]
    after: str
    total: int


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


def decisions(authority: Authority, filters: DecisionFilters, after: str = "") -> DecisionPage:
    """Return ended rounds, the newest first. Two queries."""
    found = _ended(authority, filters)
    total = found.order_by().values(one=Value(1)).annotate(many=Count("pk")).values("many")
    rows = list(_behind(found, after).annotate(total=Subquery(total))[: PAGE + 1])
    shown = rows[:PAGE]
    acts = signed_views(Signature.objects.filter(round__in=[one.pk for one in shown]))
    more = token_of(Place(shown[-1].closed_at.isoformat(), shown[-1].pk)) if rows[PAGE:] else ""
    playbook = current()
    return DecisionPage(
        rows=tuple(_decision(one, acts, playbook) for one in shown),
        after=more,
        total=rows[0].total if rows else 0,
    )


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


def _ended(authority: Authority, filters: DecisionFilters) -> "QuerySet[Round]":
    rows = Round.objects.filter(state__in=OUTCOMES, submitted_at__isnull=False)
    if not authority.reads_everything:
        rows = rows.filter(initiative__in=readable_by(authority))
    if filters.number is not None:
        rows = rows.filter(initiative__number=filters.number)
    if filters.outcome:
        rows = rows.filter(state=filters.outcome)
    for word in filters.text.split()[:8]:
        rows = rows.filter(
            Q(initiative__name__icontains=word) | Q(initiative__problem__icontains=word)
        )
    return rows


def _behind(rows: "QuerySet[Round]", after: str) -> "QuerySet[Round]":
    place = place_of(after) if after else None
    if place is not None:
        try:
            at = datetime.fromisoformat(place.value)
        except ValueError:
            at = None
        if at is not None:
            rows = rows.filter(Q(closed_at__lt=at) | Q(closed_at=at, pk__lt=place.number))
    return (
        rows.select_related("initiative", "snapshot", "passage")
        .defer("snapshot__body", "passage__body")
        .order_by("-closed_at", "-pk")
    )


def _decision(row: Round, acts: Collection[SignedView], playbook: Playbook) -> Decision:
    own = [one for one in acts if one.round_id == row.pk]
    drawn = halves(row.state, [*map(as_row, own)], [])
    gate = playbook.gate(row.gate)
    passage = getattr(row, "passage", None)
    verdicts = {option.value: option.label for option in gate.verdicts}
    technology, people = drawn[Side.TECHNOLOGY], drawn[Side.PEOPLE]
    return Decision(
        round_id=row.pk,
        gate=row.gate,
        gate_name=gate.name,
        n=row.n,
        outcome=RoundState(row.state),
        reason=str(row.get_reason_display()),
        verdict=verdicts.get(passage.verdict, "") if passage else "",
        code=row.initiative.code,
        name=row.initiative.name,
        closed_at=row.closed_at,
        digest=row.snapshot.digest if hasattr(row, "snapshot") else "",
        technology=technology,
        people=people,
        label=said_of(technology, people),
        standing=standing(own),
    )


def _seen_by(authority: Authority) -> Q:
    """Offices read every entry; others those of the initiatives that they read whole."""
    if authority.reads_everything:
        return Q()
    own = readable_by(authority).values_list("pk", flat=True)
    return Q(thread__in=[f"{THREAD}:{pk}" for pk in own])


def _narrowed(filters: JournalFilters, zone: str) -> Q:
    found = Q()
    if filters.kind:
        found &= Q(kind=filters.kind)
    if filters.number is not None:
        pk = Initiative.objects.filter(number=filters.number).values_list("pk", flat=True).first()
        found &= Q(thread=f"{THREAD}:{pk or 0}")
    if filters.person:
        named = User.objects.filter(name__icontains=filters.person)
        found &= Q(actor_key__in=named.values("person_key"))
    if filters.since:
        found &= Q(at__gte=_start_of(filters.since, zone))
    if filters.until:
        found &= Q(at__lt=_start_of(filters.until + timedelta(days=1), zone))
    return found


def _start_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _in_words(rows: Collection[Happened]) -> tuple[EntryView, ...]:
    people = people_by_key({one.actor_key for one in rows if one.actor_key})
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
    return people[one.actor_key].name if one.actor_key in people else "Someone erased"


def _initiatives(rows: "Collection[Entry] | object") -> dict[str, Initiative]:
    keys = {int(row.thread.rpartition(":")[2]) for row in rows if row.thread.startswith(THREAD)}  # type: ignore[attr-defined]  # entries
    found = Initiative.objects.filter(pk__in=keys) if keys else []
    return {f"{label(one)}:{one.pk}": one for one in found}
