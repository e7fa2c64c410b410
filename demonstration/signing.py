"""The acts at the gates. Every signature goes through the ceremony that a person goes through."""

from datetime import timedelta

from demonstration.shapes import Said
from demonstration.world import Event, World
from governance.choices import SigningAct
from governance.models import Commitment, Round
from governance.operations.ceremony import Presence, begin_signing, prove
from governance.operations.commitments import close_commitment
from governance.operations.delegations import answer_delegation, write_delegation
from governance.operations.readings import note_reading
from governance.operations.refusals import decline_gate, request_changes
from governance.operations.rounds import open_round, submit_round
from governance.operations.signatures import sign_gate
from governance.operations.stops import pause_initiative
from governance.queries.standing import signing_facts
from governance.rules.delegations import Scope
from governance.rules.terms import Condition
from governance.rules.wishes import Wish
from people.operations.identity import check_identity

AT_THE_DOOR = timedelta(seconds=25)


def open_(world: World, event: Event) -> Round:
    return open_round(
        initiative=world.initiative(event.tale),
        gate=event.said["gate"],
        actor=world.person(event.actor),
        at=event.at,
    )


def submit(world: World, event: Event) -> None:
    """Send the draft that stands, or a new one, for signature."""
    draft = world.open_draft(event.tale, event.said["gate"]) or open_(world, event)
    submit_round(
        round_id=draft.pk,
        actor=world.person(event.actor),
        verdict=event.said.get("verdict", ""),
        at=event.at + AT_THE_DOOR,
    )


def read(world: World, event: Event) -> None:
    note_reading(round_=world.round(event.tale), reader=world.person(event.actor), at=event.at)


def sign(world: World, event: Event) -> None:
    """Sign as it stands, or with conditions: then the other side must sign those, too."""
    conditions = tuple(_condition(world, one, event) for one in event.said.get("conditions", ()))
    wish = Wish(
        act=SigningAct.APPROVE_WITH_TERMS if conditions else SigningAct.APPROVE,
        words=event.said["words"],
        conditions=conditions,
    )
    sign_gate(
        presence=_confirmed(world, event, wish),
        actor=world.person(event.actor),
        at=event.at + AT_THE_DOOR,
    )


def decline(world: World, event: Event) -> None:
    """Decline for good, unless it is said what would reverse it."""
    reversed_by = event.said.get("reversed_by", "")
    wish = Wish(
        act=SigningAct.DECLINE,
        words=event.said.get("words", ""),
        code=event.said["code"],
        reason=event.said["reason"],
        reversed_by=reversed_by,
        is_final=not reversed_by,
    )
    decline_gate(
        presence=_confirmed(world, event, wish),
        actor=world.person(event.actor),
        at=event.at + AT_THE_DOOR,
    )


def _confirmed(world: World, event: Event, wish: Wish) -> Presence:
    """Read, state, and confirm by password, as on the pages."""
    round_, person = world.round(event.tale), world.person(event.actor)
    note_reading(round_=round_, reader=person, at=event.at)
    intent = begin_signing(
        round_id=round_.pk,
        wish=wish,
        seen=_shown(round_, event),
        session_ref=world.session,
        actor=person,
        at=event.at,
    )
    return prove(
        nonce=intent.nonce,
        session_ref=world.session,
        password=world.password,
        code="",
        actor=person,
        at=event.at + AT_THE_DOOR,
        device="Demonstration",
    )


def _shown(round_: Round, event: Event) -> dict[str, str]:
    """Return the digests that the page of the gate shows then."""
    now = signing_facts(round_, event.at).now
    return {"snapshot": now.snapshot, "terms": now.terms}


def _condition(world: World, said: Said, event: Event) -> Condition:
    owner = world.person(said["owner"])
    return Condition(
        text=world.calendar.told(said["text"]),
        evidence=said["evidence"],
        owner_id=owner.pk,
        owner_key=str(owner.person_key),
        due_on=world.calendar.day(said["due"]),
        kind=said.get("kind", "dated"),
        on_breach=said.get("on_breach", "notify"),
        asked_by=event.said["side"],
    )


def ask(world: World, event: Event) -> None:
    round_ = world.round(event.tale)
    request_changes(
        round_id=round_.pk,
        seen=_shown(round_, event),
        items=world.calendar.all_told(event.said["points"]),
        actor=world.person(event.actor),
        at=event.at,
    )


def pause(world: World, event: Event) -> None:
    pause_initiative(
        initiative=world.initiative(event.tale),
        reason=event.said["reason"],
        actor=world.person(event.actor),
        at=event.at,
    )


def delegate(world: World, event: Event) -> None:
    """Ask somebody to sign in one's place, who takes it on."""
    actor = world.person(event.actor)
    row = write_delegation(
        to=world.person(event.said["to"]),
        first=world.calendar.day(event.said["first"]),
        last=world.calendar.day(event.said["last"]),
        scope=Scope(gates=frozenset(event.said["gates"])),
        reason=event.said["reason"],
        proof=check_identity(user=actor, password=world.password, at=event.at),
        actor=actor,
        at=event.at,
    )
    answer_delegation(delegation_id=row.pk, accepts=True, actor=row.to, at=event.at + AT_THE_DOOR)


def close(world: World, event: Event) -> None:
    """Call the oldest open commitment that this side asked for kept."""
    commitment = (
        Commitment.objects.filter(
            passage__round__initiative=world.initiative(event.tale),
            asked_by=event.said["side"],
            closure=None,
        )
        .order_by("pk")
        .first()
    )
    if commitment is not None:
        close_commitment(
            commitment_id=commitment.pk,
            note=world.calendar.told(event.said["note"]),
            actor=world.person(event.actor),
            at=event.at,
        )
