"""Who stepped back from a round, why, and who signs in that place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from governance.choices import REVIEW_STATES
from governance.models import Delegation, DelegationAnswer, Recusal, Round
from governance.queries.delegations import stand_ins, writers_since_passing
from governance.queries.marks import gate_word
from governance.queries.recused import declines_in, has_declined, recused_of
from governance.rules.recusals import Named
from initiatives.models import Membership
from initiatives.rules.questions import other_side
from people.choices import Side
from people.models import User
from people.queries import active_people, seat_holders, terms_at

MOST = 20


@dataclass(frozen=True, kw_only=True)
class SteppedBack:
    """One recusal as the page of its gate shows it."""

    id: int
    round_id: int
    name: str
    person_key: str
    side: Side
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Substitute:
    """Who is asked to sign in the place of whoever stepped back, or signs or signed there."""

    delegation_id: int
    name: str
    named_by: str
    is_accepted: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """A side that its holder let go at one round: `is_held` while that person still holds it.

    `has_declined`: its no stands, and nobody else is named over that.
    """

    row: SteppedBack
    is_held: bool
    has_declined: bool
    substitute: Substitute | None

    @property
    def is_empty(self) -> bool:
        """Whether the sponsor still has to name somebody."""
        return self.is_held and self.substitute is None and not self.has_declined


@dataclass(frozen=True, kw_only=True)
class WaitingRecusal:
    """A round for which the sponsor names somebody."""

    round_id: int
    recusal_id: int
    side: Side
    name: str
    code: str
    about: str
    gate_word: str
    at: datetime


def recusals_in(round_id: int | OuterRef) -> Any:  # noqa: ANN401  # a QuerySet of values
    """Return who stepped back from a round; also part of a query."""
    rows = Recusal.objects.filter(round=round_id).order_by("pk")
    return rows.values(
        row=JSONObject(
            id="pk",
            round="round_id",
            name="by__name",
            person_key="person_key",
            side="side",
            at="recused_at",
            reason="sealed__text",
        )
    )


def stepped_back(row: Mapping[str, Any]) -> SteppedBack:
    """Return a recusal as it was read with its round."""
    return SteppedBack(
        id=row["id"],
        round_id=row["round"],
        name=row["name"],
        person_key=row["person_key"],
        side=Side(row["side"]),
        at=datetime.fromisoformat(row["at"]),
        reason=row["reason"] or "",
    )


def places_in(recusals: Sequence[SteppedBack], round_: Round, at: datetime) -> list[Place]:
    """Return of each who stepped back whether they hold the key, and who signs instead."""
    if not recusals:
        return []
    seats = seat_holders(at)
    keys = {side: str(seat.person_key) for side, seat in seats.items()}
    return [
        Place(
            row=one,
            is_held=keys.get(one.side) == one.person_key,
            has_declined=has_declined(round_, one.side),
            substitute=substitute_of(one.id, round_, at)
            if round_.is_in_review
            else _who_signed(one.id, round_),
        )
        for one in recusals
    ]


def substitute_of(recusal_id: int, round_: Round, at: datetime) -> Substitute | None:
    """Return who signs this round in the place of who stepped back, or is asked to."""
    kept = _named(at).filter(recusal=recusal_id, starts_at__lte=at)
    rows = [*kept.select_related("to", "named_by", "answer").order_by("pk")]
    known = stand_ins([row.pk for row in rows if hasattr(row, "answer")], round_, at)
    found = [
        _substitute(row, is_accepted=row.pk in known)
        for row in rows
        if row.pk not in known or not known[row.pk].blockers
    ]
    return min(found, key=lambda one: not one.is_accepted, default=None)


def _who_signed(recusal_id: int, round_: Round) -> Substitute | None:
    """Return who signed a round that is closed, in the place of who stepped back."""
    rows = Delegation.objects.filter(recusal=recusal_id, signatures__live_on__round=round_)
    row = rows.select_related("to", "named_by").first()
    return _substitute(row, is_accepted=True) if row else None


def _substitute(row: Delegation, *, is_accepted: bool) -> Substitute:
    return Substitute(
        delegation_id=row.pk,
        name=row.to.name,
        named_by=row.named_by.name if row.named_by else "",
        is_accepted=is_accepted,
    )


def empty_sides(round_: Round, at: datetime) -> frozenset[str]:
    """Return the sides whose holder stepped back, and for whom nobody has taken on to sign."""
    rows = [stepped_back(one["row"]) for one in recusals_in(round_.pk)]
    return frozenset(
        str(one.row.side)
        for one in places_in(rows, round_, at)
        if one.is_held and not (one.substitute and one.substitute.is_accepted)
    )


def taken_on(round_: Round, side: str) -> DelegationAnswer | None:
    """Return by what somebody last took on to sign in the place of who stepped back."""
    rows = DelegationAnswer.objects.filter(delegation__recusal__round=round_, is_accepted=True)
    return rows.filter(delegation__side=side).order_by("-answered_at").first()


def waiting_recusals(at: datetime) -> list[WaitingRecusal]:
    """Return the rounds in review for which nobody signs in the place of who stepped back.

    In as many queries for three as for thirty, but for those where somebody took it on.
    """
    rows = Recusal.objects.filter(round__state__in=REVIEW_STATES).order_by("pk")
    rows = rows.exclude(Exists(declines_in(OuterRef("round"), OuterRef("side"))))
    rows = rows.select_related("round__initiative", "round__submitted_by", "by")
    named = Exists(_named(at).filter(recusal=OuterRef("pk")))
    keys = {side: seat.person_key for side, seat in seat_holders(at).items()}
    found = [
        row
        for row in rows.annotate(is_named=named)
        if keys.get(Side(row.side)) == row.person_key
        and not (row.is_named and substitute_of(row.pk, row.round, at))
    ]
    return [
        WaitingRecusal(
            round_id=row.round_id,
            recusal_id=row.pk,
            side=Side(row.side),
            name=row.by.name,
            code=row.round.initiative.code,
            about=row.round.initiative.name,
            gate_word=gate_word(row.round.gate),
            at=row.recused_at,
        )
        for row in found[:MOST]
    ]


def nameable_for(round_: Round, side: Side, at: datetime) -> list[tuple[int, str]]:
    """Return whom the sponsor may name: nobody of the other side, and none whose work it is."""
    others = {seat.person_key for seat in seat_holders(at).values()}
    neither = {one.person_key for one in terms_at(at) if one.office in ("sponsor", "auditor")}
    barred = {*map(str, others | neither), *writers_since_passing(round_), *recused_of(round_)}
    barred |= _speakers(other_side(side), round_.initiative_id) | _signing_for(other_side(side), at)
    if round_.submitted_by is not None:
        barred.add(str(round_.submitted_by.person_key))
    return [
        (one.pk, f"{one.name}, {one.title}" if one.title else one.name)
        for one in active_people()
        if str(one.person_key) not in barred
    ]


def _speakers(side: Side, initiative_id: int) -> set[str]:
    """Return who works on an initiative for a side."""
    rows = Membership.objects.current().filter(side=side, initiative=initiative_id)
    return {str(key) for key in rows.values_list("person_key", flat=True)}


def _signing_for(side: Side, at: datetime) -> set[str]:
    """Return who signs in the place of a side's holder now, wherever that is."""
    rows = Delegation.objects.accepted().resting(at).filter(side=side)
    running = rows.filter(starts_at__lte=at, ends_at__gt=at)
    return {str(key) for key in running.values_list("to_key", flat=True)}


def named_for(recusal: Recusal, to: User, at: datetime) -> Named:
    """Return what bars naming a person: a part in this round, somebody asked, or a no there."""
    round_ = recusal.round
    sender, asked = round_.submitted_by, _named(at).filter(recusal=recusal, answer=None)
    return Named(
        has_sent=sender is not None and sender.person_key == to.person_key,
        has_written=str(to.person_key) in writers_since_passing(round_),
        has_recused=str(to.person_key) in recused_of(round_),
        others_asked=asked.exists(),
        side_declined=has_declined(round_, recusal.side),
    )


def _named(at: datetime) -> QuerySet[Delegation]:
    """Return the substitutes who are asked or have taken it on, whose days are not over."""
    return Delegation.objects.standing().resting(at).filter(ends_at__gt=at, to__is_active=True)
