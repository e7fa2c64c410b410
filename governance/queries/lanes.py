"""By when both should have answered a gate, each by the calendar of whoever holds the key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef
from django.db.models.functions import Coalesce, JSONObject

from governance.models import Pause, Round
from governance.rules.clocks import Period
from governance.rules.deadlines import answer_by, answer_days, is_fast_lane
from kernel.calendars import WorkCalendar
from people.choices import Side


@dataclass(frozen=True, kw_only=True)
class Lane:
    """How fast a gate is to be answered; no side has a day before it has been sent."""

    days: int
    is_fast: bool
    by_side: Mapping[Side, date] = field(default_factory=dict)

    @property
    def by(self) -> date | None:
        """By when both should have answered, or None."""
        return max(self.by_side.values(), default=None)

    @property
    def apart(self) -> tuple[tuple[Side, date], ...]:
        """The day of each side, the earlier first, where they are not the same."""
        if len({*self.by_side.values()}) <= 1:
            return ()
        return tuple(sorted(self.by_side.items(), key=lambda one: one[1]))


def rests_in(initiative: int | OuterRef) -> Any:  # noqa: ANN401  # a QuerySet of values
    """Return when an initiative was paused: nothing could be signed then; also part of a query.

    A drill that a stop in earnest replaced lasted until then.
    """
    ended = Coalesce("resumption__resumed_at", "ruling__ruled_at", "replaced_by__paused_at")
    rows = Pause.objects.filter(initiative=initiative).order_by("pk")
    return rows.values(rest=JSONObject(begun="paused_at", ended=ended))


def rests_of(initiative_id: int) -> list[Period]:
    """Return the pauses of an initiative that have ended."""
    return read_rests([row["rest"] for row in rests_in(initiative_id)])


def read_rests(rows: Iterable[Mapping[str, Any]]) -> list[Period]:
    """Return the pauses that have ended; while one lasts no clock is asked."""
    return [
        (datetime.fromisoformat(one["begun"]), datetime.fromisoformat(one["ended"]))
        for one in rows
        if one["ended"]
    ]


def lane_of(
    round_: Round, calendars: Mapping[Side, WorkCalendar], rests: Iterable[Mapping[str, Any]] = ()
) -> Lane | None:
    """Return the lane of a round by the risk of its initiative, or None where no time is set.

    While the initiative is paused there is no day: the clocks rest, nobody knows for how long.
    """
    risk = round_.initiative.risk_tier
    days = answer_days(round_.gate, risk)
    if not days:
        return None
    sent = None if round_.initiative.is_paused else round_.submitted_at
    over = read_rests(rests)
    ends = {
        side: answer_by(sent, days, calendar, over) if sent else None
        for side, calendar in calendars.items()
    }
    return Lane(
        days=days,
        is_fast=is_fast_lane(risk),
        by_side={side: day for side, day in ends.items() if day},
    )
