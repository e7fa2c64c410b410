"""Vendors, money and launch dates that came before the gate that authorises them."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.db.models import Case, OuterRef, Q, Subquery, Value, When

from governance.queries.holders import Holders
from governance.rules.signals import (
    EarlyFact,
    begins_repeating,
    is_on_desk,
    repeated,
    year_before,
)
from initiatives.choices import FactKind
from initiatives.models import Fact, Initiative, Membership, StageAdvance
from initiatives.queries.days import home_zone
from initiatives.rules.facts import GATE_OF
from journal.models import Entry
from people.choices import Side


@dataclass(frozen=True, kw_only=True)
class EarlyView:
    """One of them: who entered it (None is unknown), and how long before its gate it came.

    `days` counts to the day the gate passed, or until today while it has not: `is_passed` tells.
    """

    id: int
    initiative: Initiative
    kind: FactKind
    gate: int
    came_on: date
    side: Side | None
    recorded_at: datetime
    days: int
    is_passed: bool

    @property
    def code(self) -> str:
        return self.initiative.code

    @property
    def fact(self) -> EarlyFact:
        return EarlyFact(side=self.side, recorded_at=self.recorded_at)


@dataclass(frozen=True, kw_only=True)
class Repetition:
    """A side that entered two or more within twelve months: from then on it is the sponsor's."""

    side: Side
    count: int
    latest: datetime
    rows: tuple[EarlyView, ...]

    @property
    def initiatives(self) -> tuple[Initiative, ...]:
        """Return each initiative once, the latest first."""
        return tuple({row.initiative.pk: row.initiative for row in self.rows}.values())


def early_facts(holders: Holders, at: datetime) -> tuple[EarlyView, ...]:
    """Return those that were entered in the twelve months until then, the newest first."""
    zone = home_zone()
    rows = _rows(Q(recorded_at__gt=year_before(at), recorded_at__lte=at))
    return tuple(_view(row, holders, at, zone) for row in rows)


def repetitions(rows: tuple[EarlyView, ...], at: datetime) -> tuple[Repetition, ...]:
    """Return what is the sponsor's of these, by side."""
    return tuple(
        Repetition(
            side=side,
            count=count,
            latest=max(row.recorded_at for row in rows if row.side == side),
            rows=tuple(row for row in rows if row.side == side),
        )
        for side, count in repeated([row.fact for row in rows], at).items()
    )


def on_desk(holders: Holders, at: datetime) -> list[Repetition]:
    """Return what the sponsor reads at home: what was repeated lately."""
    found = repetitions(early_facts(holders, at), at)
    return [one for one in found if is_on_desk(one.latest, at)]


def repetition_begun_by(entry: Entry, holders: Holders) -> Repetition | None:
    """Return what the fact of an entry makes a repetition; None for the first and the third.

    Those before it are told by the journal's order, so that of two at once one is the second.
    """
    fact = next(iter(_rows(Q(pk=entry.subject_id))), None)
    if fact is None:
        return None
    within = {"recorded_at__gt": year_before(fact.recorded_at)}
    zone = home_zone()
    rows = [_view(row, holders, entry.at, zone) for row in _rows(Q(**within))]
    told = Entry.objects.filter(
        kind=entry.kind, seq__lt=entry.seq, subject_id__in=[str(row.id) for row in rows]
    )
    known = set(told.values_list("subject_id", flat=True))
    before = [row for row in rows if str(row.id) in known]
    new = _view(fact, holders, entry.at, zone)
    if new.side is None or not begins_repeating([row.fact for row in before], new.fact):
        return None
    same = tuple(row for row in before if row.side == new.side)
    return Repetition(side=new.side, count=len(same) + 1, latest=new.recorded_at, rows=(new, *same))


def _rows(which: Q) -> Any:  # noqa: ANN401  # the annotations are not in its class
    """Return facts out of order, with the side of who entered it and when its gate passed."""
    at = OuterRef("recorded_at")
    part = Membership.objects.filter(
        Q(until=None) | Q(until__gt=at),
        initiative=OuterRef("initiative"),
        person_key=OuterRef("recorded_key"),
        since__lte=at,
    )
    gate = Case(*[When(kind=kind, then=Value(number)) for kind, number in GATE_OF.items()])
    passed = StageAdvance.objects.standing().filter(
        initiative=OuterRef("initiative"), gate=OuterRef("gate")
    )
    return (
        Fact.objects.exclude(breach="")
        .filter(which)
        .select_related("initiative")
        .annotate(gate=gate, member_side=Subquery(part.values("side")[:1]))
        .annotate(passed_at=Subquery(passed.values("at")[:1]))
        .order_by("-recorded_at", "-pk")
    )


def _view(row: Any, holders: Holders, at: datetime, zone: tzinfo) -> EarlyView:  # noqa: ANN401  # annotated
    word = row.member_side or holders.word_of(row.recorded_key, row.recorded_at)
    until = (row.passed_at or at).astimezone(zone).date()
    # A launch date is the day that was agreed; the agreement was there when it was entered.
    came_on = min(row.happened_on, row.recorded_at.astimezone(zone).date())
    return EarlyView(
        id=row.pk,
        initiative=row.initiative,
        kind=FactKind(row.kind),
        gate=row.gate,
        came_on=came_on,
        side=Side(word) if word in Side.values else None,
        recorded_at=row.recorded_at,
        days=(until - came_on).days,
        is_passed=row.passed_at is not None,
    )
