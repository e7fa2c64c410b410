"""The board: four stages, what is in work and what waits at the gate between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol, cast

from django.db.models import Prefetch, QuerySet, Subquery, Value
from django.db.models.fields import DateTimeField

from initiatives.choices import Stage
from initiatives.models import Initiative, Membership
from initiatives.queries.memberships import leads_among
from initiatives.queries.visibility import listed_for
from people.choices import Side
from people.rules import Authority

CARDS_IN_WORK = 4
CARDS_AT_GATE = 5


class ListedRow(Protocol):
    """An initiative as lists read it, with what `with_leads` put beside it."""

    lead_rows: list[Membership]
    reads_whole: bool


class _Wait(NamedTuple):
    """Where one initiative stands in the piles of the board."""

    pk: int
    stage: int
    number: int
    stage_since: datetime
    at_gate_since: datetime | None

    @property
    def at_gate(self) -> bool:
        return self.at_gate_since is not None

    @property
    def since(self) -> datetime:
        return self.at_gate_since or self.stage_since


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

    Every initiative is read once as five plain values and only the few on top as cards: cheaper
    than ranking whole rows in the database, which asks for each gate four times.
    """
    listed = listed_for(authority).under_way()
    piles = _piles(listed, waiting_since)
    shown = [wait.pk for pile in piles.values() for wait in pile[: _limit(pile)]]
    rows = {row.pk: row for row in with_leads(listed.filter(pk__in=shown))}
    return tuple(_column(stage, piles, rows) for stage in Stage)


def with_leads(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Add unit and leads, in one query more however many rows there are."""
    leads = Membership.objects.leads().select_related("user")
    return rows.select_related("unit").prefetch_related(
        Prefetch("memberships", queryset=leads, to_attr="lead_rows")
    )


def _piles(
    listed: QuerySet[Initiative], waiting_since: Subquery | None
) -> dict[tuple[int, bool], list[_Wait]]:
    """Return what waits, by stage and by whether it is at the gate, the longest first."""
    gate = waiting_since or Value(None, output_field=DateTimeField())
    waits = [
        _Wait(*values)
        for values in listed.annotate(at_gate_since=gate).values_list(
            "pk", "stage", "number", "stage_since", "at_gate_since"
        )
    ]
    piles: dict[tuple[int, bool], list[_Wait]] = {}
    for wait in sorted(waits, key=lambda wait: (wait.since, wait.number)):
        piles.setdefault((wait.stage, wait.at_gate), []).append(wait)
    return piles


def _limit(pile: Sequence[_Wait]) -> int:
    return CARDS_AT_GATE if pile[0].at_gate else CARDS_IN_WORK


def _column(
    stage: Stage,
    piles: Mapping[tuple[int, bool], Sequence[_Wait]],
    rows: Mapping[int, Initiative],
) -> Column:
    in_work, at_gate = piles.get((stage, False), ()), piles.get((stage, True), ())
    return Column(
        stage=stage,
        in_work=tuple(_card(rows[wait.pk], wait) for wait in in_work[:CARDS_IN_WORK]),
        at_gate=tuple(_card(rows[wait.pk], wait) for wait in at_gate[:CARDS_AT_GATE]),
        total_in_work=len(in_work),
        total_at_gate=len(at_gate),
    )


def _card(row: Initiative, wait: _Wait) -> Card:
    listed = cast(ListedRow, row)
    return Card(
        initiative=row,
        leads=leads_among(listed.lead_rows),
        waits_since=wait.since,
        at_gate=wait.at_gate,
        reads_whole=listed.reads_whole,
    )
