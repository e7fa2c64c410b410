"""Who stepped back from a round, why, and who signs in that place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from governance.choices import REVIEW_STATES
from governance.models import Delegation, Recusal, Round
from governance.queries.delegations import covers, speaks_for, stand_ins, writers_since_passing
from governance.queries.marks import gate_word
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
    """Who is asked to sign in the place of whoever stepped back, or signs there anyway."""

    delegation_id: int
    name: str
    is_accepted: bool


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


def substitute_of(round_: Round, side: Side, at: datetime) -> Substitute | None:
    """Return who signs this round in the holder's place, or is asked to; the former first."""
    now = {"side": side, "starts_at__lte": at, "ends_at__gt": at}
    kept = Delegation.objects.standing().resting(at).filter(**now)
    rows = [
        row
        for row in kept.select_related("to", "answer", "recusal").order_by("pk")
        if covers(row, round_)
    ]
    asked = {row.pk for row in rows if not hasattr(row, "answer")}
    known = stand_ins([row.pk for row in rows], round_, at)
    found = [
        Substitute(delegation_id=row.pk, name=row.to.name, is_accepted=row.pk not in asked)
        for row in rows
        if (row.pk in asked and row.recusal_id) or not known[row.pk].blockers
    ]
    return min(found, key=lambda one: not one.is_accepted, default=None)


def waiting_recusals(at: datetime) -> list[WaitingRecusal]:
    """Return the rounds in review for which nobody signs in the place of who stepped back."""
    rows = Recusal.objects.filter(round__state__in=REVIEW_STATES, term__ends_at=None)
    found = rows.select_related("round__initiative", "by").order_by("pk")[:MOST]
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
        for row in found
        if substitute_of(row.round, Side(row.side), at) is None
    ]


def nameable_for(round_: Round, side: Side, at: datetime) -> list[tuple[int, str]]:
    """Return whom the sponsor may name: nobody of the other side, and none whose work it is."""
    others = {seat.person_key for seat in seat_holders(at).values()}
    sponsors = {term.person_key for term in terms_at(at) if term.office == "sponsor"}
    barred = {*map(str, others | sponsors), *writers_since_passing(round_)}
    if round_.submitted_by is not None:
        barred.add(str(round_.submitted_by.person_key))
    return [
        (one.pk, f"{one.name}, {one.title}" if one.title else one.name)
        for one in active_people()
        if str(one.person_key) not in barred
        and not speaks_for(other_side(side), one.person_key, [round_.initiative_id])
    ]


def is_own_work(round_: Round, to: User) -> tuple[bool, bool]:
    """Return whether a person sent a round, and whether they wrote part of it."""
    sender = round_.submitted_by
    has_sent = sender is not None and sender.person_key == to.person_key
    return has_sent, str(to.person_key) in writers_since_passing(round_)
