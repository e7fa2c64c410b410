"""The board: four stages, what is in work and what waits at the gate between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.fields import DateTimeField
from django.db.models.functions import Coalesce, RowNumber

from initiatives.choices import Stage
from initiatives.models import Initiative, Membership
from initiatives.queries.memberships import leads_among
from initiatives.queries.visibility import listed_for
from people.choices import Side
from people.rules import Authority

CARDS_IN_WORK = 4
CARDS_AT_GATE = 5


class ListedRow(Protocol):
    """An initiative as lists read it, with what `_waiting` and `with_leads` put beside it."""

    lead_rows: list[Membership]
    reads_whole: bool
    waits_since: datetime
    at_gate: bool


@dataclass(frozen=True)
class Card:
    """One initiative on the board. Without `reads_whole`, show name, stage and unit only."""

    initiative: Initiative
    leads: dict[Side, Membership]
    waits_since: datetime
    at_gate: bool
    reads_whole: bool


@dataclass(frozen=True)
class Column:
    """A stage with the longest waits on top, and how many more there are."""

    stage: Stage
    in_work: tuple[Card, ...]
    at_gate: tuple[Card, ...]
    total_in_work: int
    total_at_gate: int

    @property
    def total(self) -> int:
        return self.total_in_work + self.total_at_gate

    @property
    def more_in_work(self) -> int:
        return self.total_in_work - len(self.in_work)

    @property
    def more_at_gate(self) -> int:
        return self.total_at_gate - len(self.at_gate)


def board(authority: Authority, *, waiting_since: Subquery | None = None) -> tuple[Column, ...]:
    """Return the four columns, with cards up to a limit.

    `waiting_since` gives the moment since when an initiative waits at its gate (correlated by
    OuterRef("pk"), null when it does not): gates are known above this app.
    """
    rows = _waiting(listed_for(authority).under_way(), waiting_since)
    totals = _totals(rows)
    cards = [_card(row) for row in _top(rows)]
    return tuple(_column(stage, cards, totals) for stage in Stage)


def with_leads(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Add unit and leads, in one query more however many rows there are."""
    leads = Membership.objects.leads().select_related("user")
    return rows.select_related("unit").prefetch_related(
        Prefetch("memberships", queryset=leads, to_attr="lead_rows")
    )


def _waiting(rows: QuerySet[Initiative], since: Subquery | None) -> QuerySet[Initiative]:
    gate = since or Value(None, output_field=DateTimeField())
    return rows.annotate(at_gate_since=gate).annotate(
        at_gate=Q(at_gate_since__isnull=False),
        waits_since=Coalesce("at_gate_since", "stage_since"),
        shown=Case(When(at_gate_since__isnull=False, then=CARDS_AT_GATE), default=CARDS_IN_WORK),
    )


def _totals(rows: QuerySet[Initiative]) -> dict[tuple[int, bool], int]:
    counted = rows.order_by().values("stage", "at_gate").annotate(total=Count("pk"))  # type: ignore[misc]  # annotated in _waiting()
    return {(row["stage"], row["at_gate"]): row["total"] for row in counted}


def _top(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    place = Window(
        RowNumber(),
        partition_by=[F("stage"), F("at_gate")],
        order_by=[F("waits_since").asc(), F("number").asc()],
    )
    ranked = rows.annotate(place=place).filter(place__lte=F("shown"))
    return with_leads(ranked.order_by("stage", "place"))


def _card(row: Initiative) -> Card:
    listed = cast(ListedRow, row)
    return Card(
        initiative=row,
        leads=leads_among(listed.lead_rows),
        waits_since=listed.waits_since,
        at_gate=listed.at_gate,
        reads_whole=listed.reads_whole,
    )


def _column(stage: Stage, cards: Sequence[Card], totals: dict[tuple[int, bool], int]) -> Column:
    own = [card for card in cards if card.initiative.stage == stage]
    return Column(
        stage=stage,
        in_work=tuple(card for card in own if not card.at_gate),
        at_gate=tuple(card for card in own if card.at_gate),
        total_in_work=totals.get((stage, False), 0),
        total_at_gate=totals.get((stage, True), 0),
    )
