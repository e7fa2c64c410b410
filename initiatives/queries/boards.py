"""The board: four stages, what is in work and what waits at the gate between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, cast

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, ExpressionWrapper, F, Q, QuerySet, Subquery, Value
from django.db.models.fields import BooleanField, DateTimeField
from django.db.models.functions import Cast, Coalesce

from initiatives.choices import Stage
from initiatives.models import Initiative
from initiatives.queries.visibility import if_read_whole, listed_for
from people.rules import Authority

CARDS_IN_WORK = 4
CARDS_AT_GATE = 5
MOST_CARDS = max(CARDS_IN_WORK, CARDS_AT_GATE)
LAST_MOMENT = datetime(9999, 12, 31, tzinfo=UTC)


class _BoardRow(Protocol):
    """An initiative as the board reads it."""

    since: datetime
    reads_whole: bool


@dataclass(frozen=True)
class Card:
    """One initiative on the board. Without `reads_whole`, show name, stage and unit only."""

    initiative: Initiative
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


@dataclass(frozen=True)
class _Pile:
    """How many there are, and the keys of the few on top."""

    total: int
    top: Sequence[int]


EMPTY = _Pile(0, ())


def board(authority: Authority, *, waiting_since: Subquery | None = None) -> tuple[Column, ...]:
    """Return the four columns, with cards up to a limit.

    `waiting_since` gives the moment since when an initiative waits at its gate (correlated by
    OuterRef("pk"), null when it does not): gates are known above this app.

    The database piles up the keys, and only the few on top are read as cards: a page costs this
    process the same with a hundred initiatives and with thousands.
    """
    listed = _waiting(listed_for(authority).under_way().shown(), waiting_since)
    piles = _piles(listed)
    shown = [pk for pile in piles.values() for pk in pile.top]
    rows = {row.pk: row for row in listed.filter(pk__in=shown).select_related("unit")}
    return tuple(_column(stage, piles, rows) for stage in Stage)


def _waiting(listed: QuerySet[Initiative], waiting_since: Subquery | None) -> QuerySet[Initiative]:
    """Add whether each is at its gate, and since when it waits there or in its stage.

    What the reader only finds stands last and in work: neither is told of it.
    """
    gate = waiting_since or Cast(Value(None), DateTimeField())
    return listed.annotate(at_gate_since=if_read_whole(gate, otherwise=None)).annotate(
        at_gate=ExpressionWrapper(Q(at_gate_since__isnull=False), output_field=BooleanField()),
        since=if_read_whole(Coalesce("at_gate_since", "stage_since"), otherwise=LAST_MOMENT),
    )


def _piles(listed: QuerySet[Any]) -> dict[tuple[int, bool], _Pile]:
    """Return the piles by stage and by whether they are at the gate, the longest wait on top."""
    longest_first = ArrayAgg("pk", order_by=("since", "number"))
    piles = listed.order_by().values("stage", "at_gate").annotate(all=longest_first, n=Count("pk"))
    rows = piles.values_list("stage", "at_gate", "n", F(f"all__0_{MOST_CARDS}"))
    return {
        (stage, at_gate): _Pile(n, keys[: CARDS_AT_GATE if at_gate else CARDS_IN_WORK])
        for stage, at_gate, n, keys in rows
    }


def _column(
    stage: Stage, piles: Mapping[tuple[int, bool], _Pile], rows: Mapping[int, Initiative]
) -> Column:
    in_work, at_gate = piles.get((stage, False), EMPTY), piles.get((stage, True), EMPTY)
    return Column(
        stage=stage,
        in_work=tuple(_card(rows[pk], at_gate=False) for pk in in_work.top),
        at_gate=tuple(_card(rows[pk], at_gate=True) for pk in at_gate.top),
        total_in_work=in_work.total,
        total_at_gate=at_gate.total,
    )


def _card(row: Initiative, *, at_gate: bool) -> Card:
    listed = cast(_BoardRow, row)
    return Card(
        initiative=row,
        waits_since=listed.since,
        at_gate=at_gate,
        reads_whole=listed.reads_whole,
    )
