"""The tables of the app."""

from initiatives.models.artefacts import ArtefactVersion
from initiatives.models.evidence import Evidence, EvidenceWithdrawal, Scan
from initiatives.models.facts import Fact
from initiatives.models.initiatives import Initiative
from initiatives.models.memberships import Membership
from initiatives.models.questions import Post, Question
from initiatives.models.stages import StageAdvance

__all__ = [
    "ArtefactVersion",
    "Evidence",
    "EvidenceWithdrawal",
    "Fact",
    "Initiative",
    "Membership",
    "Post",
    "Question",
    "Scan",
    "StageAdvance",
]
