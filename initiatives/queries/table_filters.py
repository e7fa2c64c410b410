"""What the table is narrowed to; nothing is found by what the reader may not see."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from initiatives.models import Initiative, Membership
from initiatives.queries.visibility import listed_for
from kernel.canonical import clean_text
from people.models import User
from people.rules import Authority

MOST_WORDS = 8
DIGITS_OF_A_CODE = 3


@dataclass(frozen=True, kw_only=True)
class TableFilters:
    """What the table is narrowed to. `waiting` comes from above, where gates are known.

    What a reader only finds is left out by every filter on what it does not show; it counts as
    not waiting, as on the board.
    """

    stage: int | None = None
    standing: str = ""
    unit: str = ""
    risk: str = ""
    tag: str = ""
    needs: str = ""
    is_mine: bool = False
    is_archived: bool = False
    without_lead: str = ""
    text: str = ""
    waiting: Q | None = None
    is_waiting: bool = True


def filtered(authority: Authority, filters: TableFilters) -> QuerySet[Initiative]:
    """Return what the person finds in lists, narrowed; what is archived only when asked for."""
    rows = listed_for(authority)
    archived = rows.filter(_whole(), archived_at__isnull=False)
    rows = archived if filters.is_archived else rows.shown()
    if filters.is_mine:
        own = Membership.objects.current().of_person(authority.person_key)
        rows = rows.filter(pk__in=own.values("initiative"))
    return _waiting(_said(_sorted(rows, filters), filters), filters)


def _sorted(rows: QuerySet[Initiative], filters: TableFilters) -> QuerySet[Initiative]:
    shown = {"stage": filters.stage, "unit__name__iexact": _typed(filters.unit)}
    hidden = {
        "standing": filters.standing,
        "risk_tier": filters.risk,
        "needs": filters.needs,
        "tags__contains": [tag] if (tag := _typed(filters.tag)) else None,
    }
    rows = rows.filter(**{field: value for field, value in shown.items() if value})
    for field, value in hidden.items():
        if value:
            rows = rows.filter(_whole(), **{field: value})
    if filters.without_lead:
        rows = rows.filter(_whole()).exclude(pk__in=_led(side=filters.without_lead))
    return rows


def _said(rows: QuerySet[Initiative], filters: TableFilters) -> QuerySet[Initiative]:
    words = _typed(filters.text).casefold().split()[:MOST_WORDS]
    for word in words:
        within = _written(word) | Q(pk__in=_led(user__in=_people_named(word)))
        rows = rows.filter(Q(name__icontains=word) | (within & _whole()))
    return rows


def _written(word: str) -> Q:
    """Find a word anywhere; a few digits only in the code, or hundreds of texts would hide it."""
    if word.isascii() and word.isdigit() and len(word) <= DIGITS_OF_A_CODE:
        return Q(search__regex=rf"^ai-\d*{word}")
    return Q(search__contains=word)


def _waiting(rows: QuerySet[Initiative], filters: TableFilters) -> QuerySet[Initiative]:
    if filters.waiting is None:
        return rows
    waiting = filters.waiting & _whole()
    return rows.filter(waiting if filters.is_waiting else ~waiting)


def _typed(text: str) -> str:
    """Return what a person typed into an address, "" for what is no text."""
    try:
        return clean_text(text)
    except ValueError:
        return ""


def _whole() -> Q:
    """Keep what this person reads: the rest is not found by what it hides."""
    return Q(reads_whole=True)


def _people_named(word: str) -> QuerySet[User, Any]:
    """Return who is called by the word: asked once, far cheaper than once a lead."""
    return User.objects.filter(name__icontains=word).values("pk")


def _led(**by: str | QuerySet[User, Any]) -> QuerySet[Membership, Any]:
    """Return which initiatives have such a lead: asked once, not once a row."""
    return Membership.objects.leads().filter(**by).values("initiative")
