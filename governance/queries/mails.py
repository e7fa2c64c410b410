"""Who is told of what by mail, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from initiatives.models import Initiative
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened
from people.models import User
from people.queries import seat_holders

SUBJECTS: dict[Kind, str] = {
    Kind.ROUND_SUBMITTED: "Gate {gate} of {name} waits for your signature",
    Kind.GATE_SIGNED: "{actor} signed for {name}",
    Kind.GATE_PASSED: "Gate {gate} of {name} is passed",
    Kind.GATE_DECLINED: "{actor} declined a gate of {name}",
    Kind.CHANGES_REQUESTED: "{actor} asked for changes to {name}",
    Kind.SIGNATURE_VOIDED: "A signature on {name} no longer counts",
    Kind.INITIATIVE_PAUSED: "{actor} paused {name}",
}


@dataclass(frozen=True)
class Mail:
    """One message to one person. `recipient` is the person's number, stable over repeats."""

    to: str
    recipient: int
    subject: str
    body: str


def mails_about(entry: Entry) -> Iterator[Mail]:
    """Yield a message to each office holder but the one who acted; none of an invented past."""
    if Entry.objects.filter(kind=Kind.DEMONSTRATION_LOADED, seq__gt=entry.seq).exists():
        return
    happened = Happened(entry)
    initiative = Initiative.objects.filter(pk=entry.thread.rpartition(":")[2] or 0).first()
    if initiative is None:
        return
    actor = User.objects.filter(person_key=entry.actor_key).first() if entry.actor_key else None
    subject = SUBJECTS[happened.kind].format(
        gate=happened.data.get("gate", ""),
        name=f"{initiative.code} {initiative.name}",
        actor=actor.name if actor else "The clock",
    )
    address = f"{settings.BASE_URL}/initiatives/{initiative.code}/"
    for seat in seat_holders(entry.at).values():
        if seat.person_key != entry.actor_key:
            yield Mail(
                to=seat.user.email,
                recipient=seat.user.pk,
                subject=subject,
                body=f"{subject}.\n\nRead it here: {address}\n",
            )
