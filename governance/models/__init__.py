"""The rows of governance."""

from governance.models.calendars import Absence, Holidays, OwnDay
from governance.models.changes import Change, ChangeAnswer
from governance.models.commitments import Breach, Closure, Commitment, Handover, Lapse
from governance.models.delegations import Delegation, DelegationAnswer, Revocation
from governance.models.disagreements import (
    Deadline,
    Disagreement,
    Position,
    Settlement,
    SettlementOffer,
)
from governance.models.escalations import Dissent, Escalation, Reminder, Resolution
from governance.models.proofs import Proof
from governance.models.recusals import Recusal
from governance.models.rounds import (
    ChangeRequest,
    GateSide,
    Passage,
    Reading,
    Round,
    Snapshot,
    Terms,
)
from governance.models.signatures import Contest, Decline, Intent, Signature, Void
from governance.models.stops import (
    Pause,
    Resumption,
    Rollback,
    Ruling,
    Standstill,
    Supersession,
)

__all__ = [
    "Absence",
    "Breach",
    "Change",
    "ChangeAnswer",
    "ChangeRequest",
    "Closure",
    "Commitment",
    "Contest",
    "Deadline",
    "Decline",
    "Delegation",
    "DelegationAnswer",
    "Disagreement",
    "Dissent",
    "Escalation",
    "GateSide",
    "Handover",
    "Holidays",
    "Intent",
    "Lapse",
    "OwnDay",
    "Passage",
    "Pause",
    "Position",
    "Proof",
    "Reading",
    "Recusal",
    "Reminder",
    "Resolution",
    "Resumption",
    "Revocation",
    "Rollback",
    "Round",
    "Ruling",
    "Settlement",
    "SettlementOffer",
    "Signature",
    "Snapshot",
    "Standstill",
    "Supersession",
    "Terms",
    "Void",
]
