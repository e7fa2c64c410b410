"""Which rapid reads somebody reads, what is due of them, and which a person waits for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from initiatives.choices import ReadOutcome
from initiatives.models import Initiative, RapidDecision, RapidHalf, RapidRead
from initiatives.queries.days import home_day
from initiatives.queries.memberships import only_reads, reads_early
from initiatives.queries.rapid_views import ERASED, ReadView, read_view, whole, words_of
from initiatives.rules.rapid_reads import SpeakerFacts, blockers_to_speak
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from people.models import User
from people.queries import authority_of
from people.rules import Authority

ON_A_PAGE = 50
READ_LOCK = 7_291_009
OPEN = Q(confirmation=None)
# Both decided to look again, the day has come, and nobody has taken it up.
WATCHED = Q(confirmation__decision__outcome=ReadOutcome.WATCH, taken_up=None)


def due_again(on: date) -> Q:
    """Return what both decided to look at again on a day that has come."""
    return WATCHED & Q(confirmation__decision__look_again_on__lte=on)


@dataclass(frozen=True, kw_only=True)
class ReadPage:
    """A page of the list, and how many there are of which sort."""

    reads: tuple[ReadView, ...]
    total: int
    open: int
    overdue: int
    again: int
    number: int

    @property
    def has_next(self) -> bool:
        return self.number * ON_A_PAGE < self.total


def reads_for(authority: Authority) -> "QuerySet[RapidRead]":
    """Return what is this person's to read: as with notes, all of them or what is one's own."""
    rows = RapidRead.objects.all()
    if reads_early(authority):
        return rows
    if authority.person_key is None:
        return rows.none()
    wrote = RapidHalf.objects.filter(read=OuterRef("pk"), author_key=authority.person_key)
    return rows.filter(Q(started_key=authority.person_key) | Exists(wrote))


def reads_page(authority: Authority, *, on: date, number: int = 1) -> ReadPage:
    """Return a page: what is open by its date, what is due again, then what was decided last."""
    due = due_again(on)
    rows = reads_for(authority)
    told = rows.aggregate(
        total=Count("pk"),
        open=Count("pk", filter=OPEN),
        overdue=Count("pk", filter=OPEN & Q(decide_by__lt=on)),
        again=Count("pk", filter=due),
    )
    placed = _by_date(rows, on)
    start = (number - 1) * ON_A_PAGE
    found = whole(placed)[start : start + ON_A_PAGE]
    return ReadPage(reads=tuple(read_view(row, on) for row in found), number=number, **told)


def get_read(read_id: int, authority: Authority) -> RapidRead:
    """Return one read that is this person's to see, for `read_view`.

    :raises NotVisibleError: when there is none.
    """
    found = whole(reads_for(authority)).filter(pk=read_id).first()
    if found is None:
        raise NotVisibleError
    return found


def open_names(authority: Authority) -> frozenset[str]:
    """Return what is being read now, of what is this person's to see: names without case."""
    texts = reads_for(authority).filter(OPEN).values_list("sealed__text")
    found = (json.loads(text) for (text,) in texts if text)
    return frozenset(str(words["name"]).casefold() for words in found)


def speaker_facts(read: RapidRead, authority: Authority) -> SpeakerFacts:
    """Return for which side the person may speak in a read, and for which they have spoken."""
    key = authority.person_key
    if key is None:
        return SpeakerFacts(only_reads=True)
    halves = RapidHalf.objects.filter(read=read, author_key=key).values_list("side")
    decisions = RapidDecision.objects.filter(read=read, proposed_key=key).values_list("side")
    own = {Side(side) for (side,) in halves.union(decisions)}
    return SpeakerFacts(
        only_reads=only_reads(authority),
        key_side=authority.key_side,
        spoken=frozenset(own | ({Side(read.side)} if read.started_key == key else set())),
    )


@dataclass(frozen=True, kw_only=True)
class WaitingRead:
    """A read that waits for a word of a side, and why."""

    id: int
    name: str
    due_on: date
    is_open: bool
    is_late: bool
    proposed_side: Side | None
    has_written: bool


@dataclass(frozen=True)
class Held:
    """A read that nobody else changes until the act ends, and who is acting."""

    row: RapidRead
    view: ReadView
    authority: Authority
    speaker: SpeakerFacts


def held(read_id: int, actor: User, at: datetime) -> Held:
    """Return a read that nobody writes in, decides or uses until this act ends.

    :raises NotVisibleError: when it is not the actor's to see.
    """
    one_at_a_time()
    authority = authority_of(actor, at)
    row = get_read(read_id, authority)
    return Held(row, read_view(row, home_day(at)), authority, speaker_facts(row, authority))


def one_at_a_time() -> None:
    """Let whoever comes second wait until this act ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [READ_LOCK])


def must_speak(facts: SpeakerFacts, side: Side) -> None:
    """Let on whoever may speak for the side in this read.

    :raises ForbiddenError: for everybody else, with the reason.
    """
    if blockers := [*blockers_to_speak(facts, side)]:
        raise ForbiddenError(*blockers)


def waiting_reads(side: Side, on: date) -> "QuerySet[Any]":
    """Return what whoever signs for a side should look at: overdue, theirs to write or confirm.

    The rows are read with others in one query, and opened by `waiting_read`.
    """
    newest = RapidDecision.objects.filter(read=OuterRef("pk")).order_by("-n")
    rows = _by_date(RapidRead.objects.all(), on).annotate(
        proposed=Subquery(newest.values("side")[:1]),
        written=Exists(RapidHalf.objects.filter(read=OuterRef("pk"), side=side)),
    )
    theirs = Q(proposed__isnull=False) & ~Q(proposed=side)
    mine = OPEN & (Q(decide_by__lt=on) | Q(written=False) | theirs)
    found: QuerySet[Any] = rows.filter(mine | due_again(on)).order_by("due_on", "pk")
    return found


def said_of_read() -> JSONObject:
    """Return what a row of `waiting_reads` says, for `waiting_read`."""
    return JSONObject(
        id="pk",
        words="sealed__text",
        due_on="due_on",
        place="place",
        proposed="proposed",
        written="written",
    )


def waiting_read(said: Mapping[str, Any], on: date) -> WaitingRead:
    """Return a row of `waiting_reads` opened for reading."""
    due_on = date.fromisoformat(said["due_on"])
    return WaitingRead(
        id=said["id"],
        name=words_of(said["words"]).get("name", ERASED),
        due_on=due_on,
        is_open=said["place"] == 0,
        is_late=said["place"] == 0 and due_on < on,
        proposed_side=Side(said["proposed"]) if said["proposed"] else None,
        has_written=said["written"],
    )


@dataclass(frozen=True)
class ReadLine:
    """A read as the initiative names it that began with it."""

    id: int
    name: str


def read_of(initiative: Initiative) -> ReadLine | None:
    """Return the read that an initiative, fetched with its `rapid_use`, began with."""
    use = getattr(initiative, "rapid_use", None)
    if use is None:
        return None
    return ReadLine(use.read_id, words_of(use.read.sealed.text).get("name", ERASED))


def _by_date(rows: "QuerySet[RapidRead]", on: date) -> "QuerySet[Any]":
    due = due_again(on)
    return rows.annotate(
        place=Case(When(OPEN, then=Value(0)), When(due, then=Value(1)), default=Value(2)),
        due_on=Case(
            When(OPEN, then=F("decide_by")),
            When(due, then=F("confirmation__decision__look_again_on")),
        ),
    ).order_by(
        "place",
        F("due_on").asc(nulls_last=True),
        F("confirmation__confirmed_at").desc(nulls_last=True),
        "-pk",
    )
