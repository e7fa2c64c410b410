"""Shortlists: what is in force for a quarter, what waits for a word, and everything before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from initiatives.models import Initiative, Shortlist, ShortlistPlace
from initiatives.queries.visibility import readable_by, reads_anything
from initiatives.rules.rankings import quarter_of, quarter_word
from journal.models import Sealed
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.choices import Side
from people.rules import Authority

KEPT = 50


@dataclass(frozen=True, kw_only=True)
class ShortlistView:
    """One shortlist with its story. Of what the reader does not read only the number is told."""

    pk: int
    quarter: date
    n: int
    initiatives: tuple[Initiative, ...]
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
        return quarter_word(self.quarter)

    @property
    def is_waiting(self) -> bool:
        """Whether the other side still has to say a word."""
        return self.is_newest and not self.is_answered


def shortlists(authority: Authority, *, since: date | None = None) -> tuple[ShortlistView, ...]:
    """Return the shortlists, the latest quarter and list first: the newest fifty. Two queries.

    With `since` only those of that quarter and later.

    :raises NotVisibleError: for whoever reads no initiative whole.
    """
    rows = _lists()
    if since is not None:
        rows = rows.filter(quarter__gte=quarter_of(since))
    found = list(rows[:KEPT])
    reads = None if authority.reads_everything else _readable(authority)
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


def must_settle(authority: Authority) -> Side:
    """Return the side whose key the person holds: it proposes and answers shortlists.

    :raises ForbiddenError: for other offices, and NotVisibleError for everybody else.
    """
    if authority.key_side is not None:
        return authority.key_side
    if not reads_anything(authority):
        raise NotVisibleError
    raise ForbiddenError(Blocker("no_key", "Only the CIO or the CHRO settles a shortlist."))


def agreed_for(quarter: date) -> Shortlist | None:
    """Return the list in force for a quarter."""
    agreed = Shortlist.objects.filter(quarter=quarter, answer__is_agreed=True)
    return agreed.order_by("-n").first()


def shortlisted(keys: Collection[int], on: date) -> dict[int, str]:
    """Return for which quarter each of these is on a list in force: the nearest from today on.

    One query, however many there are.
    """
    in_force = (
        Shortlist.objects.filter(answer__is_agreed=True, quarter__gte=quarter_of(on))
        .order_by("quarter", "-n")
        .distinct("quarter")
        .values("pk")
    )
    rows = (
        ShortlistPlace.objects.filter(shortlist__in=in_force, initiative__in=keys)
        .order_by("-shortlist__quarter")
        .values_list("initiative", "shortlist__quarter")
    )
    return {key: quarter_word(quarter) for key, quarter in rows}


def _lists() -> QuerySet[Shortlist]:
    places = ShortlistPlace.objects.select_related("initiative").order_by("place")
    return (
        Shortlist.objects.select_related(
            "words", "proposed_by", "answer__reason", "answer__answered_by"
        )
        .prefetch_related(Prefetch("places", queryset=places))
        .order_by("-quarter", "-n")
    )


def _readable(authority: Authority) -> set[int]:
    own = set(readable_by(authority).values_list("pk", flat=True))
    if not own:
        raise NotVisibleError
    return own


def _view(
    row: Shortlist, reads: set[int] | None, *, is_newest: bool, is_in_force: bool
) -> ShortlistView:
    answer = row.answer if hasattr(row, "answer") else None
    all_of_it = [one.initiative for one in row.places.all()]
    shown = [one for one in all_of_it if reads is None or one.pk in reads]
    return ShortlistView(
        pk=row.pk,
        quarter=row.quarter,
        n=row.n,
        initiatives=tuple(shown),
        hidden=len(all_of_it) - len(shown),
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
