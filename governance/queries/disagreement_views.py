"""A disagreement as it is read: both positions, the days, and how it was settled."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from governance.choices import SettlementWay
from governance.models import Deadline, Disagreement, Position, Settlement, SettlementOffer
from governance.models.disagreements import DisagreementQuerySet
from governance.queries.marks import gate_word
from governance.rules.disagreements import is_overdue
from initiatives.models import Initiative
from journal.models import Sealed
from people.choices import Side

ERASED = "The words were erased."


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one side said: a position, or how it was settled."""

    id: int
    side: Side
    text: str
    is_erased: bool
    name: str
    by_key: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NamedDay:
    """A day by which one side wants it settled, and whether it came into force."""

    side: Side
    due_on: date
    is_in_force: bool
    name: str
    by_key: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How it ended, in whose words, and by whom; `offered_by` where both sides settled it."""

    way: SettlementWay
    text: str
    is_erased: bool
    name: str
    at: datetime
    offered_by: str


@dataclass(frozen=True, kw_only=True)
class DisagreementView:
    """A disagreement with everything said in it, the earliest first."""

    id: int
    round_id: int
    initiative: Initiative
    gate: str
    is_of_decision: bool
    side: Side
    subject: str
    raised_by: str
    raised_by_id: int
    raised_at: datetime
    positions: tuple[Said, ...]
    days: tuple[NamedDay, ...]
    offers: tuple[Said, ...]
    settlement: Settled | None
    today: date

    @property
    def code(self) -> str:
        return self.initiative.code

    @property
    def gate_word(self) -> str:
        return gate_word(self.gate)

    @property
    def is_open(self) -> bool:
        return self.settlement is None

    @property
    def version(self) -> int:
        """How much has been said: a form that was opened before the last word is stale."""
        said = len(self.positions) + len(self.days) + len(self.offers)
        return said + (self.settlement is not None)

    @property
    def due_on(self) -> date:
        """The day in force."""
        return next(one.due_on for one in reversed(self.days) if one.is_in_force)

    @property
    def is_late(self) -> bool:
        return self.is_open and is_overdue(self.due_on, self.today)

    @property
    def named(self) -> dict[Side, date]:
        """The day that each side named last."""
        return {one.side: one.due_on for one in self.days}

    @property
    def both_named(self) -> bool:
        """Whether both sides named the day in force; else it is that of whoever raised it."""
        return {*self.named.values()} == {self.due_on} and len(self.named) == len(Side)

    @property
    def technology(self) -> Said | None:
        return self._latest(Side.TECHNOLOGY)

    @property
    def people(self) -> Said | None:
        return self._latest(Side.PEOPLE)

    @property
    def silent(self) -> Side | None:
        """The side that has not stated its position."""
        spoken = {one.side for one in self.positions}
        return next((side for side in Side if side not in spoken), None)

    @property
    def offer(self) -> Said | None:
        """How one side says it was settled, while nobody has confirmed it."""
        return self.offers[-1] if self.offers and self.is_open else None

    @property
    def earlier(self) -> tuple[Said, ...]:
        """Positions that were written anew, the newest first."""
        kept = {self.technology, self.people}
        return tuple(one for one in reversed(self.positions) if one not in kept)

    def spoke_for(self, person_key: UUID | None) -> tuple[Side, ...]:
        """Return every side that a person has spoken for here."""
        said: list[Said | NamedDay] = [*self.positions, *self.days, *self.offers]
        sides = {one.side for one in said if one.by_key == person_key}
        return tuple(side for side in Side if side in sides)

    def _latest(self, side: Side) -> Said | None:
        return next((one for one in reversed(self.positions) if one.side == side), None)


def opened(rows: DisagreementQuerySet, today: date) -> list[DisagreementView]:
    """Return disagreements with everything said in them, in their order. Four queries."""
    said: tuple[Prefetch[Any, Any], ...] = (
        Prefetch("positions", Position.objects.select_related("sealed", "by").order_by("pk")),
        Prefetch("deadlines", Deadline.objects.select_related("by").order_by("pk")),
        Prefetch("offers", SettlementOffer.objects.select_related("sealed", "by").order_by("pk")),
    )
    ended = ("settlement__by", "settlement__sealed", "settlement__offer__sealed")
    found = rows.select_related(
        *("round__initiative", "subject", "raised_by", "settlement__offer__by", *ended)
    ).prefetch_related(*said)
    return [_view(row, today) for row in found]


def _view(row: Disagreement, today: date) -> DisagreementView:
    settlement = getattr(row, "settlement", None)
    return DisagreementView(
        id=row.pk,
        round_id=row.round_id,
        initiative=row.round.initiative,
        gate=row.round.gate,
        is_of_decision=row.is_of_decision,
        side=Side(row.side),
        subject=ERASED if row.subject.text is None else row.subject.text,
        raised_by=row.raised_by.name,
        raised_by_id=row.raised_by_id,
        raised_at=row.raised_at,
        positions=tuple(_said(one, one.stated_at) for one in row.positions.all()),
        days=tuple(_day(one) for one in row.deadlines.all()),
        offers=tuple(_said(one, one.offered_at) for one in row.offers.all()),
        settlement=_settled(settlement) if settlement else None,
        today=today,
    )


def _said(row: Position | SettlementOffer, at: datetime) -> Said:
    text, is_erased = _opened_text(row.sealed)
    return Said(
        id=row.pk,
        side=Side(row.side),
        text=text,
        is_erased=is_erased,
        name=row.by.name,
        by_key=row.by_key,
        at=at,
    )


def _day(row: Deadline) -> NamedDay:
    return NamedDay(
        side=Side(row.side),
        due_on=row.due_on,
        is_in_force=row.is_in_force,
        name=row.by.name,
        by_key=row.by_key,
        at=row.named_at,
    )


def _settled(row: Settlement) -> Settled:
    """Return how it ended: the words are those of the offer where both sides settled it."""
    text, is_erased = _opened_text(row.offer.sealed if row.offer else row.sealed)
    return Settled(
        way=SettlementWay(row.way),
        text=text,
        is_erased=is_erased,
        name=row.by.name,
        at=row.settled_at,
        offered_by=row.offer.by.name if row.offer else "",
    )


def _opened_text(sealed: Sealed | None) -> tuple[str, bool]:
    """Return the words of a sealed text, and whether they are gone."""
    text = sealed.text if sealed else None
    return (ERASED, True) if text is None else (text, False)
