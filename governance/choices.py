"""Every enumeration of the app."""

from django.db.models import TextChoices


class RoundState(TextChoices):
    """Where one attempt at one gate stands."""

    DRAFT = "draft", "In preparation"
    IN_REVIEW = "in_review", "Waiting for signatures"
    ESCALATED = "escalated", "The sides disagree"
    PASSED = "passed", "Passed"
    RETURNED = "returned", "Returned"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Expired"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN_STATES = (RoundState.DRAFT, RoundState.IN_REVIEW, RoundState.ESCALATED)
REVIEW_STATES = (RoundState.IN_REVIEW, RoundState.ESCALATED)
# A decline may still be contested: the round then waits for signatures again (T7).
UNDECIDED_STATES = (*REVIEW_STATES, RoundState.DECLINED)
STEPS = (50, 80, 100)  # per cent of its time after which a side is reminded (T11)


class ReturnReason(TextChoices):
    """Why a round went back."""

    CHANGES_REQUESTED = "changes_requested", "Changes were asked for"
    CONTENT_CHANGED = "content_changed", "The content changed"
    RECYCLED = "recycled", "Sent back by the sponsor"


class SigningAct(TextChoices):
    """What a person does with a signed statement."""

    APPROVE = "approve", "Sign"
    APPROVE_WITH_TERMS = "approve_with_terms", "Sign with conditions"
    DECLINE = "decline", "Decline"
    GO = "go", "Let it pass"
    RECYCLE = "recycle", "Send it back"
    HOLD = "hold", "Hold it"
    KILL = "kill", "End it"


class EscalationCause(TextChoices):
    """Why a round is before the sponsor."""

    DECLINED = "declined", "One side declined"
    CONTESTED = "contested", "One side declined, and the other contests it"
    SILENCE = "silence", "One side has not answered"
    CHANGES = "changes", "One side asked for changes three times"


class Resolved(TextChoices):
    """How the sponsor ends a stalemate. Each way is a signed act of the same name."""

    RECYCLE = "recycle", "Send it back"
    HOLD = "hold", "Hold it"
    KILL = "kill", "End it"
    GO = "go", "Let it pass"


class Capacity(TextChoices):
    """As what a person signs."""

    SEAT = "seat", "in office"
    DELEGATE = "delegate", "for the holder"
    ACTING = "acting", "acting"
    COUNTER_SIGNER = "counter_signer", "as counter-signer"
    SPONSOR = "sponsor", "as sponsor"


class VoidCause(TextChoices):
    """Why a signature stopped counting. Once void, always void."""

    CONTENT_CHANGED = "content_changed", "The content changed"
    TERMS_CHANGED = "terms_changed", "The conditions changed"
    EDITION_CHANGED = "edition_changed", "The playbook changed"
    ROUND_CLOSED = "round_closed", "The round was closed"
    WITHDRAWN = "withdrawn", "Withdrawn by the signer"
    AUTHORITY_CHANGED = "authority_changed", "An office changed hands"
    DELEGATION_ENDED = "delegation_ended", "The delegation was revoked"
    MEANS_STOLEN = "means_stolen", "What it was signed with was reported as stolen"


class ConditionKind(TextChoices):
    """How much a condition holds up."""

    HARD = "hard", "Must be done before the next gate"
    DATED = "dated", "Must be done by its date"


class OnBreach(TextChoices):
    """What follows when a condition is not met in time."""

    NOTIFY = "notify", "Tell both sides"
    ESCALATE = "escalate", "Tell the sponsor"
    PAUSE = "pause", "Pause the initiative"


class Way(TextChoices):
    """Which way it goes from a pause: the verdicts of the gate `resume`."""

    GO_ON = "go_on", "Go on"
    BACK_1 = "back_to_stage_1", "Go back to stage 1, problem"
    BACK_2 = "back_to_stage_2", "Go back to stage 2, design"
    BACK_3 = "back_to_stage_3", "Go back to stage 3, deployment"
    COMPLETED = "completed", "Close it as completed"
    ENDED_EARLY = "ended_early", "Close it before its end"


STAGE_OF_WAY = {Way.BACK_1: 1, Way.BACK_2: 2, Way.BACK_3: 3}
ALONE = (Way.BACK_1, Way.BACK_2, Way.BACK_3, Way.COMPLETED, Way.ENDED_EARLY)


class Excuse(TextChoices):
    """Why a point that is not met does not keep its gate closed: both sign it."""

    WAIVED = "waived", "Waived until a day"
    NOT_APPLICABLE = "not_applicable", "Does not apply here"


class SettlementWay(TextChoices):
    """How a disagreement ended."""

    AGREED = "agreed", "Settled by both sides"
    SPONSOR = "sponsor", "Settled by the sponsor"
    TAKEN_BACK = "taken_back", "Taken back"


class ChangeKind(TextChoices):
    """What takes two people: one proposes it, another confirms it."""

    APPOINTMENT = "appointment", "Fill an office"
    ENDING = "ending", "End a term"
    PLAYBOOK = "playbook", "Put a playbook in force"
    RECOVERY = "recovery", "Remove a lost second factor"


class ChangeOutcome(TextChoices):
    """How a proposed change ended. Nothing changes but by `confirmed`."""

    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Refused"
    TAKEN_BACK = "taken_back", "Taken back"
