"""The closed lists of this app."""

from django.db.models import IntegerChoices, TextChoices


class Stage(IntegerChoices):
    PROBLEM = 1, "Problem"
    DESIGN = 2, "Design"
    DEPLOYMENT = 3, "Deployment"
    MEASUREMENT = 4, "Measurement"


class Standing(TextChoices):
    """Whether work goes on. A gate that waits is the gate's affair, not the initiative's."""

    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    CLOSED = "closed", "Closed"
    DECLINED = "declined", "Declined"
    NO_AI = "no_ai", "No AI here"
    COMPLETED = "completed", "Completed"
    ENDED_EARLY = "ended_early", "Closed before its end"


class ImportState(TextChoices):
    """How far a list that somebody brought has come."""

    MATCHING = "matching", "Not brought in yet"
    APPLYING = "applying", "Coming in"
    APPLIED = "applied", "Brought in"
    DISCARDED = "discarded", "Put away"


class Needs(TextChoices):
    """Whose work it takes: only what needs both sides belongs into their time together."""

    BOTH = "both", "Needs both sides"
    TECHNOLOGY = "technology", "Technology only"
    PEOPLE = "people", "People only"


class ReadOutcome(TextChoices):
    """What both sides can decide about a new capability."""

    TRY = "try_it", "Try it"
    WATCH = "watch", "Watch it"
    LEAVE = "leave_it", "Leave it"


ENDED = (
    Standing.CLOSED,
    Standing.DECLINED,
    Standing.NO_AI,
    Standing.COMPLETED,
    Standing.ENDED_EARLY,
)


class RiskTier(TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class MemberRole(TextChoices):
    LEAD = "lead", "Lead"
    CONTRIBUTOR = "contributor", "Contributor"


class EvidenceKind(TextChoices):
    FILE = "file", "File"
    LINK = "link", "Link"
    ATTESTATION = "attestation", "Statement"


class ScanResult(TextChoices):
    CLEAN = "clean", "No virus found"
    NOT_SCANNED = "not_scanned", "Not scanned"


class CaptureResult(TextChoices):
    """What came of asking for a copy: it is kept, or the reason why there is none."""

    KEPT = "kept", "It is kept"
    SIGN_IN = "sign_in", "It needs a sign-in"
    MOVED = "moved", "It leads on to another address"
    GONE = "gone", "There is no such page"
    FAILING = "failing", "The other side answers with an error"
    ADDRESS = "address", "It is no address that is asked"
    FORBIDDEN = "forbidden", "It leads into a network that is not public"
    UNKNOWN_HOST = "unknown_host", "There is no such host"
    UNREACHABLE = "unreachable", "Nobody answers there"
    UNTRUSTED = "untrusted", "Its certificate cannot be trusted"
    TIME_OVER = "time_over", "It took too long"
    TOO_LARGE = "too_large", "It is too large"
    PACKED = "packed", "It comes packed"
    BROKEN_OFF = "broken_off", "The answer broke off"
    EMPTY = "empty", "It is empty"
    KIND = "kind", "It is of a kind that is not kept"
    INFECTED = "infected", "The virus scanner found something in it"
    UNCHECKED = "unchecked", "It could not be checked for viruses"
    NO_ROOM = "no_room", "There is no room to keep it"
    OFF = "off", "Copies are switched off here"


class AIShare(TextChoices):
    """How far the AI went in one decision, as the log of the company says."""

    ADVISED = "advised", "The AI advised"
    CONFIRMED = "confirmed", "The AI decided, a person confirmed"
    ALONE = "alone", "The AI decided alone"


class FactKind(TextChoices):
    SHORTLIST = "shortlist", "Vendor shortlist"
    VENDOR_COMMITMENT = "vendor_commitment", "Vendor commitment"
    BUDGET_RELEASE = "budget_release", "Budget release"
    LAUNCH_SET = "launch_set", "Launch date"


class Breach(TextChoices):
    """How a fact stands to the gate that authorises it; "" is in order."""

    GATE_NOT_PASSED = "gate_not_passed", "Before the gate was passed"
    BEFORE_GATE = "before_gate", "Dated before the gate was passed"
