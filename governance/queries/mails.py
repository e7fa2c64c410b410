"""Who is told of what by mail, and in which words."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.conf import settings

from governance.choices import OnBreach
from governance.models import Commitment
from initiatives.models import Initiative
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened
from people.choices import Office
from people.models import User
from people.queries import office_holders, seat_holders

SUBJECTS: dict[Kind, str] = {
    Kind.ROUND_SUBMITTED: "Gate {gate} of {name} waits for your signature",
    Kind.GATE_SIGNED: "{actor} signed for {name}",
    Kind.GATE_PASSED: "Gate {gate} of {name} is passed",
    Kind.GATE_DECLINED: "{actor} declined a gate of {name}",
    Kind.CHANGES_REQUESTED: "{actor} asked for changes to {name}",
    Kind.SIGNATURE_VOIDED: "A signature on {name} no longer counts",
    Kind.INITIATIVE_PAUSED: "{actor} paused {name}",
    Kind.COMMITMENT_BREACHED: "A condition of gate {gate} of {name} was not met in time",
}


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
    if initiative is None:
        return
    actor = User.objects.filter(person_key=entry.actor_key).first() if entry.actor_key else None
    subject = SUBJECTS[happened.kind].format(
        gate=happened.data.get("gate", ""),
        name=f"{initiative.code} {initiative.name}",
        actor=actor.name if actor else "The clock",
    )
    address = f"{settings.BASE_URL}/initiatives/{initiative.code}/"
    for person in _told(happened):
        if person.person_key != entry.actor_key:
            yield Mail(
                to=person.email,
                recipient=person.pk,
                subject=subject,
                body=f"{subject}.\n\nRead it here: {address}\n",
            )


def _told(happened: Happened) -> Collection[User]:
    """Return both offices; of a broken commitment also its owner and, if so signed, the sponsor."""
    told = [seat.user for seat in seat_holders(happened.at).values()]
    if happened.kind == Kind.COMMITMENT_BREACHED:
        told.append(Commitment.objects.get(pk=happened.data["commitment"]).owner)
        if happened.data["on_breach"] != OnBreach.NOTIFY:
            told += office_holders(Office.SPONSOR, happened.at)
    return {person.pk: person for person in told if person.is_active}.values()
