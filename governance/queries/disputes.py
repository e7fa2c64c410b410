"""Where the two sides disagree now: beside a gate, or at one; since when, and who is next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from governance.choices import RoundState
from governance.models import Contest, Decline, Escalation, Position, Round
from governance.queries.desk_disagreements import standing_disagreements
from governance.queries.disagreement_views import ERASED
from governance.queries.marks import gate_word
from governance.rules.disagreements import is_overdue
from governance.rules.signals import SPONSOR, next_in_disagreement
from initiatives.models import Initiative
from initiatives.queries.days import home_zone
from initiatives.rules.questions import other_side
from people.choices import Side


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """One open disagreement: what about, for how many days, and whose word is next.

    Without `id` it is a gate that is before the sponsor; with it, one that stands beside a gate.
    """

    id: int | None
    round_id: int
    initiative_id: int
    code: str
    name: str
    gate: str
    subject: str
    since: datetime
    days: int
    due_on: date | None
    is_late: bool
    next: tuple[str, ...]

    @property
    def gate_word(self) -> str:
        return gate_word(self.gate)


def disputes(at: datetime) -> list[Dispute]:
    """Return what is open now, the oldest first. Two queries."""
    rows = [*_beside(), *_before_sponsor()]
    zone = home_zone()
    today = at.astimezone(zone).date()
    found = [_dispute(row, row["since"].astimezone(zone).date(), today) for row in rows]
    return sorted(found, key=lambda one: (one.since, one.round_id))


def _beside() -> Any:  # noqa: ANN401  # a QuerySet of values
    spoke = {
        f"{side.value}_spoke": Exists(
            Position.objects.filter(disagreement=OuterRef("pk"), side=side)
        )
        for side in Side
    }
    return (
        standing_disagreements()
        .annotate(**spoke)
        .values(
            *("pk", "asked_by_side", "offered_by_side", "due_on"),
            *spoke,
            since=F("raised_at"),
            about=F("subject__text"),
            in_round=F("round__pk"),
            gate=F("round__gate"),
            of=F("round__initiative__pk"),
            number=F("round__initiative__number"),
            name=F("round__initiative__name"),
        )
    )


def _before_sponsor() -> Any:  # noqa: ANN401  # a QuerySet of values
    """Return the rounds on which the sides disagree, with since when the sponsor is asked."""
    here = OuterRef("pk")
    contests = Contest.objects.filter(decline__signature__round=here, decline__signature__void=None)
    declines = Decline.objects.filter(signature__round=here, signature__void=None)
    asked = Escalation.objects.filter(round=here)
    since = Coalesce(
        Subquery(contests.order_by("-pk").values("contested_at")[:1]),
        Subquery(declines.order_by("-pk").values("signature__signed_at")[:1]),
        Subquery(asked.values("escalated_at")[:1]),
    )
    return Round.objects.filter(state=RoundState.ESCALATED).values(
        "gate",
        since=since,
        in_round=F("pk"),
        of=F("initiative__pk"),
        number=F("initiative__number"),
        name=F("initiative__name"),
    )


def _dispute(row: Mapping[str, Any], begun: date, today: date) -> Dispute:
    is_beside = "pk" in row
    due_on = row.get("due_on")
    is_late = due_on is not None and is_overdue(due_on, today)
    return Dispute(
        id=row.get("pk"),
        round_id=row["in_round"],
        initiative_id=row["of"],
        code=Initiative(number=row["number"]).code,
        name=row["name"],
        gate=row["gate"],
        subject=(row["about"] or ERASED) if is_beside else "",
        since=row["since"],
        days=(today - begun).days,
        due_on=due_on,
        is_late=is_late,
        next=_next(row, is_late=is_late) if is_beside else (SPONSOR,),
    )


def _next(row: Mapping[str, Any], *, is_late: bool) -> tuple[str, ...]:
    word = row["offered_by_side"] or row["asked_by_side"]
    return next_in_disagreement(
        silent=[side for side in Side if not row[f"{side.value}_spoke"]],
        asked=other_side(Side(word)) if word else None,
        is_late=is_late,
    )
