"""By when both should have answered a gate: a target that is shown, and decides nothing."""

from dataclasses import dataclass
from datetime import date

from governance.models import Round
from governance.rules.deadlines import answer_by, answer_days, is_fast_lane
from journal.installations import the_installation


@dataclass(frozen=True, kw_only=True)
class Lane:
    """How fast a gate is to be answered; `by` is None before it has been sent."""

    days: int
    is_fast: bool
    by: date | None


def lane_of(round_: Round) -> Lane | None:
    """Return the lane of a round by the risk of its initiative, or None where no time is set."""
    risk, ours = round_.initiative.risk_tier, the_installation()
    days = answer_days(round_.gate, risk)
    if not days or ours is None:
        return None
    sent = round_.submitted_at
    return Lane(
        days=days,
        is_fast=is_fast_lane(risk),
        by=answer_by(sent, days, ours.zone, ours.working_days) if sent else None,
    )
