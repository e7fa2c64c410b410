"""Reading scores. Before both sides are shown, a side's values leave the database for it alone."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Protocol, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from initiatives.models import Discussion, Initiative, Score, Scoring
from initiatives.models.initiatives import InitiativeQuerySet
from initiatives.queries.shortlists import nearest_word, quarters_of
from initiatives.rules.opportunities import ScoredFacts, why_not_scored
from kernel.prepared import NUMBER, Prepared
from people.choices import Side
from playbook.editions import edition
from playbook.playbooks import Playbook
from playbook.scoring import ScoreSheet


class _Told(Protocol):
    """A scoring with how far each side is, and which differences were talked over."""

    by_technology: int
    by_people: int
    talked: Collection[str]


def newest_scoring(initiative: Initiative) -> Scoring | None:
    """Return the newest scoring with how far it has come; one query."""
    return scorings_of(initiative).first()


def sheet_of(scoring: Scoring | None, playbook: Playbook) -> ScoreSheet:
    """Return what is scored: of the edition the scoring began with, else of the one in force."""
    return edition(scoring.edition_id).scoring if scoring else playbook.scoring


def is_revealed(scoring: Scoring | None) -> bool:
    """Tell whether both sides were shown."""
    return scoring is not None and hasattr(scoring, "reveal")


def scored_facts(scoring: Scoring | None, sheet: ScoreSheet) -> ScoredFacts:
    """Return how far a `newest_scoring` has come."""
    told = cast("_Told", scoring)
    shown = is_revealed(scoring)
    return ScoredFacts(
        given={
            Side.TECHNOLOGY: told.by_technology if scoring else 0,
            Side.PEOPLE: told.by_people if scoring else 0,
        },
        of={side: len(sheet.of(side)) for side in Side},
        is_revealed=shown,
        open_differences=len(set(scoring.reveal.to_discuss) - {*told.talked})
        if scoring and shown
        else 0,
    )


@dataclass(frozen=True, kw_only=True)
class ScoredWords:
    """The scores of an initiative in a line: what came out last, and what is still missing."""

    priority: Decimal | None
    missing: str
    quarter: str


def with_scores(initiatives: InitiativeQuerySet) -> InitiativeQuerySet:
    """Add to each how far its scorings have come, without a value of any side, and its quarters."""
    told = _told(Scoring.objects.filter(initiative=OuterRef("pk")))
    return initiatives.annotate(
        scorings_told=ArraySubquery(told), quarters=quarters_of(OuterRef("pk"))
    )


def scored_words(initiative: Initiative, playbook: Playbook, *, on: date) -> ScoredWords:
    """Return the line that the page of the initiative shows; it was read `with_scores`."""
    told: list[dict[str, Any]] = vars(initiative)["scorings_told"]
    last = next((one["priority"] for one in told if one["priority"] is not None), None)
    return ScoredWords(
        priority=None if last is None else Decimal(str(last)),
        missing=why_not_scored(scored_now(initiative, playbook)),
        quarter=nearest_word(vars(initiative)["quarters"], on),
    )


def scored_now(initiative: Initiative, playbook: Playbook) -> ScoredFacts:
    """Return how far the newest scoring has come; one query unless read `with_scores`."""
    told: list[dict[str, Any]] | None = vars(initiative).get("scorings_told")
    if told is None:
        told = [json.loads(row[0]) for row in _newest_told().ask({NUMBER: initiative.pk})]
    nothing: dict[str, Any] = {"technology": 0, "people": 0, "priority": None}
    last = told[0] if told else nothing
    sheet = edition(last["edition"]).scoring if told else playbook.scoring
    is_shown = last["priority"] is not None
    return ScoredFacts(
        given={side: last[side.value] for side in Side},
        of={side: len(sheet.of(side)) for side in Side},
        is_revealed=is_shown,
        open_differences=len({*last["to_discuss"]} - {*last["talked"]}) if is_shown else 0,
    )


def values_of(scoring: Scoring, sides: Iterable[Side]) -> dict[Side, dict[str, int]]:
    """Return the latest values of the sides named: the caller settles whose may be seen."""
    wanted = list(sides)
    rows = (
        Score.objects.filter(scoring=scoring, side__in=wanted)
        .order_by("side", "criterion", "-pk")
        .distinct("side", "criterion")
        .values_list("side", "criterion", "value")
    )
    found: dict[Side, dict[str, int]] = {side: {} for side in wanted}
    for side, criterion, value in rows:
        found[Side(side)][criterion] = value
    return found


def scorings_of(initiative: Initiative) -> QuerySet[Scoring, Any]:
    """Return the scorings of an initiative, the newest first, with how far each has come."""
    return (
        Scoring.objects.filter(initiative=initiative)
        .select_related("reveal")
        .annotate(
            by_technology=_given(Side.TECHNOLOGY),
            by_people=_given(Side.PEOPLE),
            talked=ArraySubquery(_talked()),
        )
        .order_by("-n")
    )


@cache
def _newest_told() -> Prepared:
    return Prepared.of(_told(Scoring.objects.filter(initiative=NUMBER))[:1])


def _told(rows: QuerySet[Scoring, Any]) -> QuerySet[Scoring, Any]:
    """Tell of each scoring, the newest first, how far it has come: no value of any side."""
    return rows.order_by("-n").values(
        told=JSONObject(
            edition="edition",
            technology=_given_to(Side.TECHNOLOGY),
            people=_given_to(Side.PEOPLE),
            priority="reveal__priority",
            to_discuss="reveal__to_discuss",
            talked=ArraySubquery(_talked()),
        )
    )


def _talked() -> QuerySet[Discussion, Any]:
    return Discussion.objects.filter(scoring=OuterRef("pk")).values("criterion").distinct()


def _given_to(side: Side) -> Coalesce:
    given = Score.objects.filter(scoring=OuterRef("pk"), side=side).order_by().values("scoring")
    counted = given.annotate(given=Count("criterion", distinct=True)).values("given")
    return Coalesce(Subquery(counted), 0)


def _given(side: Side) -> Count:
    return Count("scores__criterion", distinct=True, filter=Q(scores__side=side))
