"""The board: four stages, what is in work and what waits at the gate between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, cast

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import ExpressionWrapper, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.fields import BooleanField, DateTimeField
from django.db.models.functions import Cast, Coalesce

from initiatives.choices import Stage
from initiatives.models import Initiative, Membership
from initiatives.queries.memberships import leads_among
from initiatives.queries.visibility import if_read_whole, listed_for
from people.choices import Side
from people.rules import Authority

CARDS_IN_WORK = 4
CARDS_AT_GATE = 5
LAST_MOMENT = datetime(9999, 12, 31, tzinfo=UTC)


class ListedRow(Protocol):
    """An initiative as lists read it, with what `with_leads` put beside it."""

    lead_rows: list[Membership]
    reads_whole: bool


class _BoardRow(ListedRow, Protocol):
    """An initiative as the board reads it."""

    since: datetime


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

    The database piles up the keys, and only the few on top are read as cards: a page costs this
    process the same with a hundred initiatives and with thousands.
    """
    listed = _waiting(listed_for(authority).under_way(), waiting_since)
    piles = _piles(listed)
    shown = [pk for (_, at_gate), pile in piles.items() for pk in pile[: _limit(at_gate=at_gate)]]
    rows = {row.pk: row for row in with_leads(listed.filter(pk__in=shown))}
    return tuple(_column(stage, piles, rows) for stage in Stage)


def with_leads(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Add unit and leads, in one query more however many rows there are."""
    leads = Membership.objects.leads().select_related("user")
    return rows.select_related("unit").prefetch_related(
        Prefetch("memberships", queryset=leads, to_attr="lead_rows")
    )


def _waiting(listed: QuerySet[Initiative], waiting_since: Subquery | None) -> QuerySet[Initiative]:
    """Add whether each is at its gate, and since when it waits there or in its stage.

    What the reader only finds stands last and in work: neither is told of it.
    """
    gate = waiting_since or Cast(Value(None), DateTimeField())
    return listed.annotate(at_gate_since=if_read_whole(gate, otherwise=None)).annotate(
        at_gate=ExpressionWrapper(Q(at_gate_since__isnull=False), output_field=BooleanField()),
        since=if_read_whole(Coalesce("at_gate_since", "stage_since"), otherwise=LAST_MOMENT),
    )


def _piles(listed: QuerySet[Any]) -> dict[tuple[int, bool], list[int]]:
    """Return the keys by stage and by whether it is at the gate, the longest wait first."""
    piles = listed.order_by().values("stage", "at_gate")
    longest_first = ArrayAgg("pk", order_by=("since", "number"))
    rows = piles.annotate(keys=longest_first).values_list("stage", "at_gate", "keys")
    return {(stage, at_gate): keys for stage, at_gate, keys in rows}


def _limit(*, at_gate: bool) -> int:
    return CARDS_AT_GATE if at_gate else CARDS_IN_WORK


def _column(
    stage: Stage,
    piles: Mapping[tuple[int, bool], Sequence[int]],
    rows: Mapping[int, Initiative],
) -> Column:
    in_work, at_gate = piles.get((stage, False), ()), piles.get((stage, True), ())
    return Column(
        stage=stage,
        in_work=tuple(_card(rows[pk], at_gate=False) for pk in in_work[:CARDS_IN_WORK]),
        at_gate=tuple(_card(rows[pk], at_gate=True) for pk in at_gate[:CARDS_AT_GATE]),
        total_in_work=len(in_work),
        total_at_gate=len(at_gate),
    )


def _card(row: Initiative, *, at_gate: bool) -> Card:
    listed = cast(_BoardRow, row)
    return Card(
        initiative=row,
        leads=leads_among(listed.lead_rows),
        waits_since=listed.since,
        at_gate=at_gate,
        reads_whole=listed.reads_whole,
    )
