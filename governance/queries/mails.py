"""Who is told of what by mail, and in which words."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings

from governance.choices import OnBreach, VoidCause
from governance.models import Round
from governance.queries.escalations import is_before_sponsor, reminded
from governance.queries.offers import debtor_of
from governance.rules.rounds import RESUME
from initiatives.models import Initiative
from initiatives.queries.memberships import speakers_of
from initiatives.queries.questions import get_thread, turn_of
from initiatives.rules.questions import other_side
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened
from people.choices import Office, Side
from people.models import User
from people.queries import office_holders, seat_holders


@dataclass(frozen=True)
class Words:
    """What a mail says: of what happened, and of what follows from it. No reason stands there."""

    subject: str
    follows: str = ""


TOLD: Mapping[Kind, Words] = {
    Kind.ROUND_SUBMITTED: Words("{gate} of {name} waits for your signature"),
    Kind.ROUND_WITHDRAWN: Words(
        "{actor} took {gate} of {name} back",
        "It waits for no signature any more; what was signed there no longer counts.",
    ),
    Kind.ROUND_EXPIRED: Words(
        "The time for {gate} of {name} ran out",
        "Not both signed in time. A lead, the CIO or the CHRO may begin a new round.",
    ),
    Kind.ANSWER_REMINDED: Words(
        "{gate} of {name} has waited for {step} % of its time",
        "It still waits for an answer. Silence never approves.",
    ),
    Kind.ROUND_ESCALATED: Words(
        "{gate} of {name} is before the sponsor",
        "Each side may say how it sees it, within two business days. Nothing passes by itself.",
    ),
    Kind.DISSENT_STATED: Words("{actor} stated a dissent on {gate} of {name}"),
    Kind.STALEMATE_RESOLVED: Words(
        "{actor} decided about {gate} of {name}", "Nothing was decided but what the page says."
    ),
    Kind.GATE_SIGNED: Words("{actor} signed for {name}"),
    Kind.GATE_PASSED: Words("{gate} of {name} is passed"),
    Kind.GATE_DECLINED: Words("{actor} declined {gate} of {name}"),
    Kind.DECLINE_TAKEN_BACK: Words(
        "{actor} took back the decline of {gate} of {name}", "It waits for signatures again."
    ),
    Kind.DECLINE_CONTESTED: Words(
        "{actor} contests the decline of {gate} of {name}",
        "The sides disagree until whoever declined takes it back or signs after all.",
    ),
    Kind.CHANGES_REQUESTED: Words("{actor} asked for changes to {name}"),
    Kind.SIGNATURE_VOIDED: Words("A signature on {name} no longer counts"),
    Kind.RECUSED: Words(
        "{actor} stepped back from {gate} of {name}",
        "The sponsor names who signs in that place, where nobody does yet.",
    ),
    Kind.SIGNATURE_WITHDRAWN: Words("{actor} withdrew the signature on {gate} of {name}"),
    Kind.INITIATIVE_PAUSED: Words(
        "{actor} paused {name}", "Nothing can be signed until both sides resume it."
    ),
    Kind.INITIATIVE_RESUMED: Words("{name} goes on", "Both sides signed the way out of the pause."),
    Kind.PAUSE_RULED: Words(
        "{actor} decided as sponsor how the pause of {name} ends",
        "Both sides had five working days to end it together.",
    ),
    Kind.INITIATIVE_ROLLED_BACK: Words(
        "{name} went back to an earlier stage",
        "The gates from there on must be passed again. What they decided stays in the record.",
    ),
    Kind.COMMITMENT_CLOSED: Words("{actor} says that a condition of {gate} of {name} is met"),
    Kind.COMMITMENT_HANDED_OVER: Words("{actor} handed over a condition of {gate} of {name}"),
    Kind.COMMITMENT_BREACHED: Words("A condition of {gate} of {name} was not met in time"),
    Kind.QUESTION_ASKED: Words("{actor} asks you about {name}"),
    Kind.QUESTION_ANSWERED: Words(
        "{actor} answered about {name}", "Whoever asked closes the question, or asks on."
    ),
    Kind.SCORES_REVEALED: Words(
        "Both sides have scored {name}", "What lies two or more apart is talked over before gate 1."
    ),
    Kind.DISAGREEMENT_RAISED: Words(
        "{actor} disagrees about {gate} of {name}",
        "Say how your side sees it. What is still open after its day goes to the sponsor.",
    ),
    Kind.SETTLEMENT_OFFERED: Words(
        "{actor} writes that a disagreement about {gate} of {name} is settled",
        "It ends once your side confirms it.",
    ),
    Kind.DISAGREEMENT_SETTLED: Words("A disagreement about {gate} of {name} is settled"),
}
EARNEST = Words(
    "{actor} paused {name} in earnest",
    "The drill is over, and so is what was signed to end it. Nothing can be signed until both"
    " sides resume it.",
)
DRILL = Words(
    "{actor} began a drill: {name} is paused",
    "It is an exercise. As in earnest, nothing can be signed until both sides resume it.",
)
STALE = Words(
    "{gate} of {name} ended: what it rests on is out of date",
    "Bring newer evidence; a lead, the CIO or the CHRO may begin a new round.",
)
# The act that ended the signature is told itself.
TOLD_BY_ITS_ACT = frozenset({VoidCause.ROUND_CLOSED, VoidCause.WITHDRAWN})


@dataclass(frozen=True)
class Mail:
    """One message to one person. `recipient` is the person's number, stable over repeats."""

    to: str
    recipient: int
    subject: str
    body: str


def mails_about(entry: Entry) -> Iterator[Mail]:
    """Yield a message to each who is to know but the one who acted; none of an invented past."""
    if Entry.objects.filter(kind=Kind.DEMONSTRATION_LOADED, seq__gt=entry.seq).exists():
        return
    happened = Happened(entry)
    initiative = Initiative.objects.filter(pk=entry.thread.rpartition(":")[2] or 0).first()
    if initiative is None or _is_told_otherwise(happened):
        return
    subject = _subject(happened, initiative)
    address = f"{settings.BASE_URL}{_place(happened, initiative)}"
    follows = _words(happened).follows
    body = "\n\n".join(filter(None, (f"{subject}.", follows, f"Read it here: {address}\n")))
    for person in _told(happened, initiative):
        if person.person_key != entry.actor_key:
            yield Mail(to=person.email, recipient=person.pk, subject=subject, body=body)


def _is_told_otherwise(happened: Happened) -> bool:
    """Tell whether another entry of the same act says it better, or nobody ever waited for it."""
    match happened.kind:
        case Kind.SIGNATURE_VOIDED:
            return happened.data["cause"] in TOLD_BY_ITS_ACT
        case Kind.GATE_PASSED:
            return bool(happened.data["gate"] == RESUME)
        case Kind.ROUND_WITHDRAWN:
            return Round.objects.filter(pk=happened.entry.subject_id, submitted_at=None).exists()
    return False


def _words(happened: Happened) -> Words:
    if happened.data.get("exercise"):
        return DRILL
    if "drill" in happened.data:
        return EARNEST
    return STALE if happened.data.get("cause") == "stale" else TOLD[happened.kind]


def _subject(happened: Happened, initiative: Initiative) -> str:
    key = happened.actor_key
    actor = User.objects.filter(person_key=key).first() if key else None
    subject = _words(happened).subject.format(
        gate=_gate(happened),
        name=f"{initiative.code} {initiative.name}",
        actor=_named(actor, happened),
        step=happened.data.get("step", ""),
    )
    return subject[0].upper() + subject[1:]


def _named(actor: User | None, happened: Happened) -> str:
    """Return who acted; of whoever acted in a holder's place, for whom."""
    if actor is None:
        return "The clock"
    key = happened.data.get("instead_of")
    holder = User.objects.filter(person_key=key).first() if key else None
    return f"{actor.name}, for {holder.name}," if holder else actor.name


def _gate(happened: Happened) -> str:
    """Return how the gate is called that the entry names, by itself or by one of its rows."""
    data = happened.data
    rounds = Round.objects.none()
    if "round" in data:
        rounds = Round.objects.filter(pk=data["round"])
    elif "commitment" in data:
        rounds = Round.objects.filter(passage__commitments=data["commitment"])
    key = data.get("gate") or rounds.values_list("gate", flat=True).first()
    return "the way out of the pause" if key == RESUME else f"gate {key}"


def _place(happened: Happened, initiative: Initiative) -> str:
    """Return where it stands: on a page of its own, or on that of the initiative."""
    if disagreement := happened.data.get("disagreement"):
        return f"/disagreements/{disagreement}/"
    if happened.kind == Kind.SCORES_REVEALED:
        return f"/initiatives/{initiative.code}/scores/"
    question = happened.data.get("question")
    return f"/initiatives/{initiative.code}/" + (f"questions/{question}/" if question else "")


def _told(happened: Happened, initiative: Initiative) -> Collection[User]:
    """Return both offices; of a commitment also its owner, and the sponsor if so signed.

    Of scores whoever speaks for a side; of a question, and of a disagreement while it is open,
    only whoever it waits for.
    """
    if happened.kind in (Kind.DISAGREEMENT_RAISED, Kind.SETTLEMENT_OFFERED):
        return speakers_of(initiative, other_side(Side(happened.data["side"])), happened.at)
    if happened.kind == Kind.SCORES_REVEALED:
        return [one for side in Side for one in speakers_of(initiative, side, happened.at)]
    if "question" in happened.data:
        return turn_of(get_thread(happened.data["question"]), happened.at)
    told = [seat.user for seat in seat_holders(happened.at).values()]
    if happened.kind == Kind.ANSWER_REMINDED:
        told = reminded(happened.data, happened.at)
    if is_before_sponsor(happened.data) or happened.kind == Kind.RECUSED:
        told += office_holders(Office.SPONSOR, happened.at)
    if "commitment" in happened.data:
        told.append(debtor_of(happened.data["commitment"]))
    if happened.data.get("on_breach", OnBreach.NOTIFY) != OnBreach.NOTIFY:
        told += office_holders(Office.SPONSOR, happened.at)
    return {person.pk: person for person in told if person.is_active}.values()
