"""By when both should have answered a gate, each by the calendar of whoever holds the key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from governance.models import Round
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


def lane_of(round_: Round, calendars: Mapping[Side, WorkCalendar]) -> Lane | None:
    """Return the lane of a round by the risk of its initiative, or None where no time is set."""
    risk = round_.initiative.risk_tier
    days = answer_days(round_.gate, risk)
    if not days:
        return None
    sent = round_.submitted_at
    ends = {
        side: answer_by(sent, days, calendar) if sent else None
        for side, calendar in calendars.items()
    }
    return Lane(
        days=days,
        is_fast=is_fast_lane(risk),
        by_side={side: day for side, day in ends.items() if day},
    )
