"""The acts of those who lead and contribute."""

from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any

from demonstration.shapes import Said, StoryError
from demonstration.world import Event, World, Written, slot_named
from governance.operations.proofs import attest
from initiatives.choices import FactKind, MemberRole
from initiatives.operations.artefacts import save_slot
from initiatives.operations.details import set_details
from initiatives.operations.evidence import (
    add_evidence_attestation,
    add_evidence_file,
    add_evidence_link,
)
from initiatives.operations.facts import record_fact, record_past_fact
from initiatives.operations.initiatives import propose as start
from initiatives.operations.memberships import set_member
from initiatives.operations.notes import propose_with_note
from initiatives.queries.initiatives import details_of
from initiatives.rules.details import Details
from initiatives.rules.proposals import STATEMENT
from initiatives.rules.risk import QUESTIONS
from people.choices import Side


class TextFile:
    """A small text as a form would hand it over."""

    def __init__(self, name: str, text: str) -> None:
        self.name: str | None = name
        self.text = text

    def chunks(self) -> list[bytes]:
        return [BytesIO(self.text.encode("utf-8")).read()]


def propose(world: World, event: Event) -> None:
    tale = event.tale
    counterpart = event.said.get("counterpart")
    begin = (
        partial(propose_with_note, note_id=world.notes[tale.code])
        if event.said.get("note")
        else start
    )
    world.initiatives[tale.code] = begin(
        actor=world.person(event.actor),
        name=tale.name,
        problem=tale.problem,
        affected=tale.affected,
        unit_name=tale.unit,
        side=Side(tale.side),
        counterpart=world.person(counterpart) if counterpart else None,
        reason=event.said.get("reason", ""),
        at=event.at,
    )
    if world.initiatives[tale.code].code != tale.code:
        raise StoryError(f"another was proposed before {tale.code}: numbers follow the days")


def join(world: World, event: Event) -> None:
    set_member(
        actor=world.person(event.actor),
        initiative=world.initiative(event.tale),
        user=world.person(event.said["person"]),
        side=Side(event.said["side"]),
        role=MemberRole(event.said["role"]),
        at=event.at,
        accepts_voids=world.live(event.tale),
    )


def settle(world: World, event: Event) -> None:
    """Set what is named and leave the rest as it is."""
    initiative = world.initiative(event.tale)
    initiative.refresh_from_db()
    known, said = details_of(initiative), event.said
    risk: Any = {key: key in said["risk"] for key in QUESTIONS} if "risk" in said else known.risk
    budget = Decimal(said["budget"]) if "budget" in said else known.budget_ask
    planned = world.calendar.day(said["planned"]) if "planned" in said else known.planned_month
    set_details(
        actor=world.person(event.actor),
        initiative=initiative,
        details=Details(
            operating_model=said.get("model", known.operating_model),
            risk=risk,
            planned_month=planned,
            budget_ask=budget,
        ),
        expected_version=initiative.version,
        at=event.at,
        accepts_voids=world.live(event.tale),
    )


def write(world: World, event: Event) -> None:
    _save(world, event, event.said["fields"])


def change(world: World, event: Event) -> None:
    """Change single fields of what stands in a slot."""
    newest = world.versions_of(event.tale.code, event.said["slot"])[-1]
    _save(world, event, {**newest.raw, **event.said["fields"]})


def _save(world: World, event: Event, said: Said) -> None:
    tale, slot = event.tale, slot_named(event.said["slot"])
    is_start = slot.key == STATEMENT
    if is_start:
        said = {"name": tale.name, "problem": tale.problem, "affected": tale.affected, **said}
    asked_by = event.said.get("asked_by")
    version = save_slot(
        actor=world.person(event.actor),
        initiative=world.initiative(tale),
        slot=slot.key,
        raw=world.raw(slot, said),
        # The proposal itself has written the first version of the problem.
        expected_version=len(world.versions_of(tale.code, slot.key)) + is_start,
        asked_for_by=world.person(asked_by) if asked_by else None,
        at=event.at,
        accepts_voids=world.live(tale),
    )
    world.written.append(Written(tale.code, slot.key, version.n, said))


def prove(world: World, event: Event) -> None:
    """Attach a piece of evidence: a file, a link, or somebody's word."""
    said = event.said
    common: dict[str, Any] = {
        "actor": world.person(event.actor),
        "initiative": world.initiative(event.tale),
        "slot": said["slot"],
        "title": world.calendar.told(said["title"]),
        "note": world.calendar.told(said["note"]),
        "at": event.at,
        "accepts_voids": world.live(event.tale),
    }
    if "file" in said:
        add_evidence_file(upload=TextFile(said["file"], said["text"]), **common)
    elif "url" in said:
        add_evidence_link(url=said["url"], **common)
    else:
        add_evidence_attestation(**common)


def give_word(world: World, event: Event) -> None:
    said = event.said
    attest(
        initiative=world.initiative(event.tale),
        criterion=said["criterion"],
        is_met=said.get("met", True),
        value=Decimal(said["value"]) if "value" in said else None,
        note=world.calendar.told(said["note"]),
        actor=world.person(event.actor),
        at=event.at,
        accepts_voids=world.live(event.tale),
    )


def record(world: World, event: Event) -> None:
    """Record a fact; a late one happened before its gate and shows as a breach."""
    said = event.said
    keep = record_past_fact if said.get("late") else record_fact
    keep(
        actor=world.person(event.actor),
        initiative=world.initiative(event.tale),
        kind=FactKind(said["fact"]),
        happened_on=world.calendar.day(said["dated"]),
        amount=Decimal(said["amount"]) if "amount" in said else None,
        text=world.calendar.told(said.get("text", "")),
        at=event.at,
        accepts_voids=world.live(event.tale),
    )
