"""The tables of the app."""

from initiatives.models.artefacts import ArtefactVersion
from initiatives.models.captures import Capture, CaptureRequest
from initiatives.models.decision_logs import (
    DecisionLog,
    DecisionLogWithdrawal,
    LoggedDecision,
)
from initiatives.models.deferrals import Deferral
from initiatives.models.evidence import Evidence, EvidenceWithdrawal, Scan
from initiatives.models.facts import Fact
from initiatives.models.imports import Import, ImportedRow
from initiatives.models.initiatives import Initiative
from initiatives.models.memberships import Membership
from initiatives.models.notes import Note, NoteUse, NoteWithdrawal
from initiatives.models.opportunities import Discussion, Reveal, Score, Scoring
from initiatives.models.questions import Post, Question
from initiatives.models.rankings import Placing, Shortlist, ShortlistAnswer, ShortlistPlace
from initiatives.models.rapid_reads import (
    RapidConfirmation,
    RapidDecision,
    RapidHalf,
    RapidRead,
    RapidUse,
)
from initiatives.models.saved_views import SavedView
from initiatives.models.stages import StageAdvance, StageReturn

__all__ = [
    "ArtefactVersion",
    "Capture",
    "CaptureRequest",
    "DecisionLog",
    "DecisionLogWithdrawal",
    "Deferral",
    "Discussion",
    "Evidence",
    "EvidenceWithdrawal",
    "Fact",
    "Import",
    "ImportedRow",
    "Initiative",
    "LoggedDecision",
    "Membership",
    "Note",
    "NoteUse",
    "NoteWithdrawal",
    "Placing",
    "Post",
    "Question",
    "RapidConfirmation",
    "RapidDecision",
    "RapidHalf",
    "RapidRead",
    "RapidUse",
    "Reveal",
    "SavedView",
    "Scan",
    "Score",
    "Scoring",
    "Shortlist",
    "ShortlistAnswer",
    "ShortlistPlace",
    "StageAdvance",
    "StageReturn",
]
