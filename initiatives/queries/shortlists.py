"""Shortlists: what is in force for a quarter, what waits for a word, and everything before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from initiatives.models import Initiative, Shortlist, ShortlistPlace
from initiatives.queries.days import this_quarter, word_of_quarter
from journal.models import Sealed
from people.choices import Side

KEPT = 50


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One initiative on a shortlist, by code and name."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class WaitingShortlist:
    """A shortlist that the other side proposed, and that waits for one's word."""

    word: str
    by: str
    side: Side
    many: int


@dataclass(frozen=True, kw_only=True)
class ShortlistView:
    """One shortlist with its story. Of what the reader does not read only the number is told."""

    pk: int
    quarter: date
    n: int
    initiatives: tuple[Listed, ...]
    hidden: int
    side: Side
    by: str
    words: str
    proposed_at: datetime
    is_answered: bool
    is_agreed: bool
    answered_by: str
    answered_side: Side | None
    reason: str
    answered_at: datetime | None
    is_newest: bool
    is_in_force: bool

    @property
    def word(self) -> str:
        """The quarter as it is printed."""
        return word_of_quarter(self.quarter)

    @property
    def is_waiting(self) -> bool:
        """Whether the other side still has to say a word."""
        return self.is_newest and not self.is_answered


def shortlists(
    reads: frozenset[int] | None, *, since: date | None = None
) -> tuple[ShortlistView, ...]:
    """Return the shortlists, the latest quarter and list first: the newest fifty. One query.

    With `since` only those of that quarter and later. `reads` are the keys of what the person
    reads whole; None is everything.
    """
    rows = _lists()
    if since is not None:
        rows = rows.filter(quarter__gte=this_quarter(since))
    found = list(rows[:KEPT])
    newest: dict[date, int] = {}
    in_force: dict[date, int] = {}
    for row in found:
        newest.setdefault(row.quarter, row.n)
        if _is_agreed(row):
            in_force.setdefault(row.quarter, row.n)
    return tuple(
        _view(
            row,
            reads,
            is_newest=newest[row.quarter] == row.n,
            is_in_force=in_force.get(row.quarter) == row.n,
        )
        for row in found
    )


def waiting_shortlists(side: Side, today: date) -> QuerySet[Shortlist, Any]:
    """Return the lists of this quarter and later that wait for a side's word, oldest first."""
    newer = Shortlist.objects.filter(quarter=OuterRef("quarter"), n__gt=OuterRef("n"))
    rows = Shortlist.objects.filter(~Exists(newer), answer__isnull=True)
    return rows.filter(quarter__gte=this_quarter(today)).exclude(side=side).order_by("pk")


def said_of_shortlist() -> JSONObject:
    """Return what home reads of one, in one column."""
    places = ShortlistPlace.objects.filter(shortlist=OuterRef("pk")).values("place")
    return JSONObject(
        quarter="quarter", by="proposed_by__name", side="side", places=ArraySubquery(places)
    )


def waiting_shortlist(row: Mapping[str, Any]) -> WaitingShortlist:
    """Return one as home shows it."""
    return WaitingShortlist(
        word=word_of_quarter(date.fromisoformat(row["quarter"])),
        by=row["by"],
        side=Side(row["side"]),
        many=len(row["places"]),
    )


def agreed_keys(quarter: date) -> list[int]:
    """Return what is on the list in force for a quarter."""
    rows = _in_force().filter(shortlist__quarter=quarter)
    return list(rows.values_list("initiative", flat=True))


def shortlisted(keys: Collection[int], on: date) -> dict[int, str]:
    """Return for which quarter each of these is on a list in force: the nearest from today on.

    One query, however many there are.
    """
    rows = _in_force().filter(initiative__in=keys).values_list("initiative", "shortlist__quarter")
    found: dict[int, list[date]] = {}
    for key, quarter in rows:
        found.setdefault(key, []).append(quarter)
    words = {key: nearest_word(quarters, on) for key, quarters in found.items()}
    return {key: word for key, word in words.items() if word}


def quarters_of(initiative: OuterRef) -> ArraySubquery:
    """Return, within another query, the quarters on whose list in force an initiative is."""
    return ArraySubquery(_in_force().filter(initiative=initiative).values("shortlist__quarter"))


def nearest_word(quarters: Collection[date], on: date) -> str:
    """Return the nearest of the quarters from today on, "" when all of them are over."""
    ahead = [quarter for quarter in quarters if quarter >= this_quarter(on)]
    return word_of_quarter(min(ahead)) if ahead else ""


def _in_force() -> QuerySet[ShortlistPlace]:
    """Return the places of every list that is the last agreed one of its quarter."""
    newer = Shortlist.objects.filter(
        quarter=OuterRef("shortlist__quarter"),
        n__gt=OuterRef("shortlist__n"),
        answer__is_agreed=True,
    )
    return ShortlistPlace.objects.filter(~Exists(newer), shortlist__answer__is_agreed=True)


def _lists() -> QuerySet[Shortlist, Any]:
    listed = JSONObject(key="initiative", number="initiative__number", name="initiative__name")
    places = ShortlistPlace.objects.filter(shortlist=OuterRef("pk")).order_by("place")
    return (
        Shortlist.objects.select_related(
            "words", "proposed_by", "answer__reason", "answer__answered_by"
        )
        .annotate(listed=ArraySubquery(places.values_list(listed)))
        .order_by("-quarter", "-n")
    )


def _view(
    row: Any,  # noqa: ANN401  # annotated by _lists()
    reads: frozenset[int] | None,
    *,
    is_newest: bool,
    is_in_force: bool,
) -> ShortlistView:
    answer = row.answer if hasattr(row, "answer") else None
    shown = [one for one in row.listed if reads is None or one["key"] in reads]
    return ShortlistView(
        pk=row.pk,
        quarter=row.quarter,
        n=row.n,
        initiatives=tuple(
            Listed(code=Initiative(number=one["number"]).code, name=one["name"]) for one in shown
        ),
        hidden=len(row.listed) - len(shown),
        side=Side(row.side),
        by=row.proposed_by.name,
        words=_text(row.words),
        proposed_at=row.proposed_at,
        is_answered=answer is not None,
        is_agreed=answer is not None and answer.is_agreed,
        answered_by=answer.answered_by.name if answer else "",
        answered_side=Side(answer.side) if answer else None,
        reason=_text(answer.reason) if answer else "",
        answered_at=answer.answered_at if answer else None,
        is_newest=is_newest,
        is_in_force=is_in_force,
    )


def _is_agreed(row: Shortlist) -> bool:
    return hasattr(row, "answer") and row.answer.is_agreed


def _text(sealed: Sealed | None) -> str:
    if sealed is None:
        return ""
    return "words erased" if sealed.text is None else sealed.text
