"""A page of the joint order, with where each side sees what; and the page of one move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from initiatives.choices import Stage
from initiatives.models import (
    Discussion,
    Initiative,
    Membership,
    Placing,
    Reveal,
    Score,
    Scoring,
)
from initiatives.queries.rankings import candidates, places
from initiatives.queries.shortlists import quarters_of
from initiatives.queries.visibility import readable_keys
from initiatives.rules.rankings import joint_order, proposed_order
from people.choices import Side
from people.rules import Authority

ON_A_PAGE = 25
TO_SCORE = 4


@dataclass(frozen=True, kw_only=True)
class Move:
    """Who moved it by hand, and why."""

    name: str
    side: Side
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """One initiative in the joint order, with where each side sees it."""

    place: int
    initiative: Initiative
    reveal: Reveal
    move: Move | None
    open_differences: int
    is_scored_again: bool
    quarters: tuple[date, ...]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One initiative that waits for scores, with how many each side has given."""

    initiative: Initiative
    technology: int
    people: int
    is_again: bool


@dataclass(frozen=True, kw_only=True)
class PrioritiesPage:
    """A page of the joint order for one reader; `total` counts what this reader reads."""

    rows: tuple[Ranked, ...]
    total: int
    start: int
    waiting: tuple[Waiting, ...]
    has_more_waiting: bool
    reads: frozenset[int] | None

    @property
    def end(self) -> int:
        return self.start + len(self.rows)


def priorities_page(authority: Authority, *, start: int = 0) -> PrioritiesPage:
    """Return a page of the joint order, from the place after `start` that this person reads.

    Places count over everything that is ranked; rows are only what the person reads whole. The
    same number of queries for three and for three thousand.

    :raises NotVisibleError: for whoever holds no office and works on nothing.
    """
    ranked = places()
    own = readable_keys(authority)
    if own is not None:
        ranked = {key: place for key, place in ranked.items() if key in own}
    keys = list(ranked)[start : start + ON_A_PAGE]
    waiting = list(_waiting(authority)[: TO_SCORE + 1])
    return PrioritiesPage(
        rows=_rows({key: ranked[key] for key in keys}),
        total=len(ranked),
        start=start,
        waiting=tuple(_wait(one) for one in waiting[:TO_SCORE]),
        has_more_waiting=len(waiting) > TO_SCORE,
        reads=own,
    )


def _rows(ranked: Mapping[int, int]) -> tuple[Ranked, ...]:
    talked = Discussion.objects.filter(scoring=OuterRef("scoring")).values("criterion").distinct()
    own = OuterRef("scoring__initiative")
    later = Scoring.objects.filter(initiative=own, n__gt=OuterRef("scoring__n"))
    rows: QuerySet[Reveal, Any] = (
        Reveal.objects.filter(scoring__initiative__in=list(ranked))
        .select_related("scoring__initiative__unit")
        .annotate(
            talked=ArraySubquery(talked),
            again=Exists(later),
            moved=Subquery(_last_move(own)),
            quarters=quarters_of(own),
        )
        .order_by("scoring__initiative", "-scoring__n")
        .distinct("scoring__initiative")
    )
    found = [_ranked(row, ranked[row.scoring.initiative_id]) for row in rows]
    return tuple(sorted(found, key=lambda one: one.place))


def _ranked(row: Any, place: int) -> Ranked:  # noqa: ANN401  # annotated by _rows()
    return Ranked(
        place=place,
        initiative=row.scoring.initiative,
        reveal=row,
        move=_move(row.moved),
        open_differences=len(set(row.to_discuss) - {*row.talked}),
        is_scored_again=row.again,
        quarters=tuple(row.quarters),
    )


def _last_move(initiative: OuterRef | int) -> QuerySet[Placing, Any]:
    told = JSONObject(
        place="place",
        name="placed_by__name",
        side="side",
        reason="reason__text",
        at="placed_at",
    )
    return Placing.objects.filter(initiative=initiative).order_by("-pk").values_list(told)[:1]


def _move(told: dict[str, Any] | None) -> Move | None:
    """Return a move as people read it; none where the last one put it back."""
    if told is None or told["place"] is None:
        return None
    return Move(
        name=told["name"],
        side=Side(told["side"]),
        reason="words erased" if told["reason"] is None else told["reason"],
        at=datetime.fromisoformat(told["at"]),
    )


def _waiting(authority: Authority) -> QuerySet[Initiative, Any]:
    """Return what this person is to score: a key everything, a lead what they lead."""
    rows = Initiative.objects.under_way().shown()
    if authority.key_side is None:
        led = Membership.objects.leads().of_person(authority.person_key)
        rows = rows.filter(pk__in=led.values("initiative"))
    scorings = Scoring.objects.filter(initiative=OuterRef("pk"))
    rows = rows.annotate(
        is_begun=Exists(scorings.filter(reveal=None)),
        is_again=Exists(scorings.filter(reveal=None, n__gt=1)),
        is_scored=Exists(scorings),
        by_technology=_given(Side.TECHNOLOGY),
        by_people=_given(Side.PEOPLE),
    )
    return rows.filter(Q(is_begun=True) | Q(is_scored=False, stage=Stage.PROBLEM)).order_by(
        F("is_begun").desc(), "-number"
    )


def _given(side: Side) -> Coalesce:
    given = (
        Score.objects.filter(scoring__initiative=OuterRef("pk"), scoring__reveal=None, side=side)
        .order_by()
        .values("scoring")
        .annotate(given=Count("criterion", distinct=True))
        .values("given")
    )
    return Coalesce(Subquery(given[:1]), Value(0), output_field=IntegerField())


def _wait(row: Any) -> Waiting:  # noqa: ANN401  # annotated by _waiting()
    return Waiting(
        initiative=row,
        technology=row.by_technology,
        people=row.by_people,
        is_again=row.is_again,
    )


@dataclass(frozen=True, kw_only=True)
class MovePage:
    """Where an initiative stands in the joint order, where the scores put it, and who moved it."""

    place: int | None
    proposed: int | None
    total: int
    move: Move | None


def move_page(initiative: Initiative) -> MovePage:
    """Return what somebody sees who is about to move an initiative. Two queries."""
    ranked = candidates()
    order = {one.key: place for place, one in enumerate(joint_order(ranked), start=1)}
    proposed = {one.key: place for place, one in enumerate(proposed_order(ranked), start=1)}
    return MovePage(
        place=order.get(initiative.pk),
        proposed=proposed.get(initiative.pk),
        total=len(ranked),
        move=_move(next((told for (told,) in _last_move(initiative.pk)), None)),
    )
