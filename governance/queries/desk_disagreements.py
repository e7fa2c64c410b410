"""Disagreements that wait for somebody at home: for their side's word, or for the sponsor's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import JSONObject

from governance.models import Deadline, Disagreement, Position, SettlementOffer
from governance.queries.disagreement_views import ERASED
from governance.queries.marks import gate_word
from governance.rules.disagreements import is_overdue
from initiatives.models import Initiative, Membership
from initiatives.rules.questions import other_side
from people.choices import Side
from people.rules import Authority

DISAGREEMENT = "disagreement"


@dataclass(frozen=True)
class SaidShort:
    """A position as home shows it: the words, and no more."""

    text: str
    is_erased: bool


@dataclass(frozen=True, kw_only=True)
class WaitingDisagreement:
    """A disagreement at home, one `of_all` that wait, with both positions as they are now."""

    id: int
    subject: str
    side: Side
    code: str
    name: str
    gate: str
    due_on: date
    is_late: bool
    is_offered: bool
    of_all: int
    technology: SaidShort | None
    people: SaidShort | None

    @property
    def gate_word(self) -> str:
        return gate_word(self.gate)

    @property
    def silent(self) -> Side | None:
        """The side that has not stated its position."""
        said = {Side.TECHNOLOGY: self.technology, Side.PEOPLE: self.people}
        return next((side for side, words in said.items() if words is None), None)


def waiting_disagreements(authority: Authority, *, today: date) -> Any:  # noqa: ANN401  # a QuerySet of values
    """Return what waits for this person, the earliest day first, as rows for `from_row`.

    Before the day it waits for the lead of a side, or its key where there is no lead: for an
    answer, for a day or for a confirmation. After it for the sponsor, and for both keys.
    """
    rows = standing_disagreements()
    mine = Q(pk__in=[])
    late = Q(due_on__lt=today)
    if authority.is_sponsor or authority.key_side is not None:
        mine |= late
    if authority.person_key is not None and not authority.is_sponsor:
        # Whoever holds a key speaks for no other side.
        for side in Side if authority.key_side is None else (authority.key_side,):
            mine |= _waits_for(side) & _speaks(side, authority)
    return (
        rows.filter(mine)
        .annotate(of_all=Window(Count("pk")))
        .order_by("due_on", "pk")
        .values(
            waits=Value(DISAGREEMENT),
            row=JSONObject(
                id="pk",
                subject="subject__text",
                side="side",
                number="round__initiative__number",
                name="round__initiative__name",
                gate="round__gate",
                due_on="due_on",
                offered="offered_by_side",
                of_all="of_all",
                **{side.value: _position(side) for side in Side},
            ),
        )
    )


def from_row(row: Mapping[str, Any], *, today: date) -> WaitingDisagreement:
    """Return a disagreement from what was read of it."""
    due_on = date.fromisoformat(row["due_on"])
    return WaitingDisagreement(
        id=row["id"],
        subject=row["subject"] or ERASED,
        side=Side(row["side"]),
        code=Initiative(number=row["number"]).code,
        name=row["name"],
        gate=row["gate"],
        due_on=due_on,
        is_late=is_overdue(due_on, today),
        is_offered=row["offered"] is not None,
        of_all=row["of_all"],
        technology=_short(row["technology"]),
        people=_short(row["people"]),
    )


def standing_disagreements() -> Any:  # noqa: ANN401  # the annotations are not in its class
    """Return the open ones with the day in force, and whose other day or words wait."""
    here = OuterRef("pk")
    days = Deadline.objects.filter(disagreement=here).order_by("-pk")
    asked = Case(When(is_in_force=False, then=F("side")), default=Value(""))
    offers = SettlementOffer.objects.filter(disagreement=here).order_by("-pk")
    return Disagreement.objects.open().annotate(
        due_on=Subquery(days.filter(is_in_force=True).values("due_on")[:1]),
        asked_by_side=Subquery(days.values(asked=asked)[:1]),
        offered_by_side=Subquery(offers.values("side")[:1]),
    )


def _waits_for(side: Side) -> Q:
    """Return which wait for a word of this side."""
    spoke = Position.objects.filter(disagreement=OuterRef("pk"), side=side)
    asked = Q(asked_by_side=other_side(side)) | Q(offered_by_side=other_side(side))
    return Q(~Exists(spoke)) | asked


def _speaks(side: Side, authority: Authority) -> Q:
    """Return where this person is the one to speak for the side: its lead, or its key without."""
    led = Membership.objects.leads_here().filter(
        initiative=OuterRef("round__initiative"), side=side
    )
    leads = Q(Exists(led.of_person(authority.person_key)))
    return leads | Q(~Exists(led)) if authority.key_side == side else leads


def _position(side: Side) -> Subquery:
    latest = Position.objects.filter(disagreement=OuterRef("pk"), side=side).order_by("-pk")
    return Subquery(latest.values(said=JSONObject(text=F("sealed__text")))[:1])


def _short(said: Mapping[str, Any] | None) -> SaidShort | None:
    if said is None:
        return None
    return SaidShort(said["text"] or ERASED, said["text"] is None)
