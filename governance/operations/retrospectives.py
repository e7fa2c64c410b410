"""After the sponsor let a gate pass on one signature, both sides look back together (T16)."""

from datetime import datetime

from governance.choices import ConditionKind, OnBreach
from governance.models import Commitment, Passage
from governance.rules.escalations import LOOK_BACK
from initiatives.queries.days import home_day
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.canonical import canonical
from people.models import User
from people.queries import seat_holders

RETROSPECTIVE = "retrospective"
LOOKING_BACK = {
    "text": "Both sides look back together on why they did not agree.",
    "evidence": "What follows from it, written down.",
}


@act
def owe_retrospective(
    *, passage: Passage, agreeing: str, against: str, actor: User, at: datetime
) -> Commitment:
    """Let the side that agreed owe it in 30 days; the side that did not says that it was held."""
    holders = {str(side): seat.user for side, seat in seat_holders(at).items()}
    commitment = Commitment.objects.create(
        passage=passage,
        condition=RETROSPECTIVE,
        owner=holders[agreeing],
        due_on=home_day(at + LOOK_BACK),
        kind=ConditionKind.DATED,
        on_breach=OnBreach.ESCALATE,
        asked_by=against,
        sealed=seal(canonical(LOOKING_BACK).decode("utf-8")),
    )
    record(
        Kind.COMMITMENT_MADE,
        actor=actor,
        subject=commitment,
        thread=passage.round.initiative,
        at=at,
        data={"passage": passage.pk, "condition": commitment.condition},
    )
    return commitment
