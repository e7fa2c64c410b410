"""The rows of governance."""

from governance.models.commitments import Breach, Closure, Commitment
from governance.models.proofs import Proof
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
from governance.models.stops import Pause, Resumption

__all__ = [
    "Breach",
    "ChangeRequest",
    "Closure",
    "Commitment",
    "Contest",
    "Decline",
    "GateSide",
    "Intent",
    "Passage",
    "Pause",
    "Proof",
    "Reading",
    "Resumption",
    "Round",
    "Signature",
    "Snapshot",
    "Terms",
    "Void",
]
