"""Worlds with gates in them, made by operations: a company, a ready initiative, a signed round."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from governance.choices import SigningAct, Way
from governance.models import Round, Signature
from governance.operations.ceremony import Presence, begin_signing, prove
from governance.operations.proofs import attest
from governance.operations.refusals import request_changes
from governance.operations.rounds import open_round, submit_round
from governance.operations.signatures import sign_gate
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts, terms_in_force
from governance.rules.wishes import Wish
from initiatives.choices import MemberRole
from initiatives.models import Initiative
from initiatives.operations.artefacts import save_slot
from initiatives.operations.details import Details, set_details
from initiatives.operations.evidence import add_evidence_attestation
from initiatives.operations.initiatives import propose
from initiatives.operations.memberships import set_member
from initiatives.operations.opportunities import give_scores
from initiatives.queries.artefacts import current_texts
from people.choices import Side
from people.models import User
from playbook.editions import current
from playbook.shapes import Field, Slot
from tests.cast import PASSWORD, Cast, gather
from workforce.models import Role
from workforce.operations import add_role

SESSION = "a" * 64
MEASURES = [
    {"metric": "custom", "name": "Minutes to an answer", "outcome": "technical"},
    {"metric": "custom", "name": "People who find work easier", "outcome": "human"},
    {"metric": "custom", "name": "Cost of a case", "outcome": "business"},
]


@dataclass
class World:
    """A founded company with its cast, and one initiative in it."""

    cast: Cast
    initiative: Initiative
    at: datetime

    def signer(self, side: str) -> User:
        """Return who holds the key of `side`."""
        return self.cast.ivo if side == "technology" else self.cast.hana

    def writer(self, side: str) -> User:
        """Return who writes for `side` here; joint slots are People's to type."""
        return self.cast.tariq if side == "technology" else self.cast.petra


def company(at: datetime, *, is_demo: bool = False) -> Cast:
    """Found the company with its cast, its playbook in force and one role in it."""
    cast = gather(at, is_demo=is_demo)
    add_role(actor=cast.ada, name="Dispatcher", at=at)
    return cast


def make_world(at: datetime, *, cast: Cast | None = None, name: str = "Dispatch helper") -> World:
    """Propose an initiative with a lead on each side."""
    cast = cast or company(at)
    initiative = propose(
        actor=cast.petra,
        name=name,
        problem=f"{name}: dispatchers phone each other for every change of plan.",
        affected="About 40 dispatchers",
        unit_name="Dispatch",
        side=Side.PEOPLE,
        reason="A problem of its own, told apart for the test.",
        at=at,
    )
    set_member(
        actor=cast.petra,
        initiative=initiative,
        user=cast.tariq,
        side=Side.TECHNOLOGY,
        role=MemberRole.LEAD,
        at=at,
    )
    return World(cast, initiative, at)


def answer(field: Field, salt: str, at: datetime) -> Any:
    """Return a value that the playbook accepts and counts as settled."""
    match field.type:
        case "text" | "long_text":
            return f"{field.label}: {salt}"
        case "number" | "money" | "percentage":
            low = field.min_value if field.min_value is not None else Decimal(1)
            return str(max(low, Decimal(1)) if field.max_value is None else field.max_value)
        case "date":
            return (at + timedelta(days=60)).date().isoformat()
        case "choice":
            return (field.settled_by or [option.value for option in field.options])[0]
        case "person":
            return str(User.objects.order_by("pk").values_list("pk", flat=True)[0])
        case "role":
            return str(Role.objects.order_by("pk").values_list("pk", flat=True)[0])
        case _:
            rows = max(field.min_items, 1)
            return [
                {column.key: answer(column, f"{salt} {row}", at) for column in field.columns}
                for row in range(rows)
            ]


def whole(slot: Slot, at: datetime, salt: str = "as agreed") -> dict[str, Any]:
    """Return raw input that makes `slot` complete."""
    raw = {field.key: answer(field, salt, at) for field in slot.fields if field.type != "evidence"}
    for table in slot.fields:
        if raw.get(table.goes_with) in table.empty_when:
            raw[table.key] = []
    if slot.key == current().success.slot:
        raw[current().success.table] = [
            {**row, "owner": owner, "baseline": "10", "target": "5", "unit": "n"}
            for row, owner in zip(MEASURES, ("technology", "people", "joint"), strict=True)
        ]
    return raw


def fill(
    world: World, slot: Slot, *, at: datetime, salt: str = "as agreed", **options: Any
) -> None:
    """Write a complete version of `slot`, and attach the evidence it asks for."""
    writer = world.writer(slot.side)
    shown = current_texts(world.initiative).get(slot.key)
    raw = whole(slot, at, salt)
    if slot.key == "problem_statement":
        raw |= {"name": world.initiative.name, "problem": world.initiative.problem}
    save_slot(
        actor=writer,
        initiative=world.initiative,
        slot=slot.key,
        raw=raw,
        expected_version=shown.n if shown else 0,
        at=at,
        **options,
    )
    wanted = slot.evidence_field
    for number in range(wanted.min_items if wanted else 0):
        add_evidence_attestation(
            actor=writer,
            initiative=world.initiative,
            slot=slot.key,
            title=f"Source {number} for {slot.label}"[:140] + (f" {shown.n}" if shown else ""),
            note="Seen and kept by the team.",
            at=at,
        )


def make_ready(world: World, gate: str, *, at: datetime, but: Collection[str] = ()) -> None:
    """Bring everything that `gate` asks for, `but` some slots and points: those stay open."""
    playbook = current()
    if gate == "2":
        details = Details(
            operating_model=playbook.operating_models[0].key,
            risk=dict.fromkeys((one.key for one in playbook.risk_questions), False),
            planned_month=None,
            budget_ask=None,
        )
        world.initiative.refresh_from_db()
        set_details(
            actor=world.cast.petra,
            initiative=world.initiative,
            details=details,
            expected_version=world.initiative.version,
            at=at,
        )
    for slot in playbook.required_slots(gate):
        if slot.key not in but:
            fill(world, slot, at=at)
    for criterion in playbook.criteria_of(gate):
        if criterion.proof == "attested" and criterion.key not in but:
            attest(
                initiative=world.initiative,
                criterion=criterion.key,
                is_met=True,
                value=criterion.met_at,
                note="Seen and agreed by the team.",
                actor=world.writer(criterion.side),
                at=at,
            )
        if criterion.computed == "blind_scores" and criterion.key not in but:
            score(world, at=at)


def score(world: World, *, at: datetime, **given: Mapping[str, int]) -> None:
    """Let both sides score everything 4, but what is `given` by side: technology={"value": 2}."""
    sheet = current().scoring
    for side in Side:
        give_scores(
            actor=world.writer(side),
            initiative=world.initiative,
            values={one.key: 4 for one in sheet.of(side)} | {**given.get(side.value, {})},
            n=1,
            at=at,
        )


def make_round(world: World, gate: str = "1", *, at: datetime, verdict: str = "") -> Round:
    """Open a round of a gate that is ready, and send it for signature."""
    round_ = open_round(initiative=world.initiative, gate=gate, actor=world.cast.petra, at=at)
    verdict = verdict or (Way.GO_ON if gate == "resume" else "")
    return submit_round(round_id=round_.pk, actor=world.cast.petra, at=at, verdict=verdict)


def make_review(at: datetime, *, gate: str = "1", cast: Cast | None = None) -> tuple[World, Round]:
    """Return a world whose first gate waits for both signatures."""
    world = make_world(at, cast=cast)
    make_ready(world, gate, at=at)
    return world, make_round(world, gate, at=at)


def presence_of(
    person: User,
    round_id: int,
    *,
    at: datetime,
    wish: Wish | None = None,
    session_ref: str = SESSION,
) -> Presence:
    """Go through the ceremony as `person` would: read, state, confirm by password."""
    now = signing_facts(get_round(round_id), at).now
    intent = begin_signing(
        round_id=round_id,
        wish=wish or Wish(act=SigningAct.APPROVE),
        seen={"snapshot": now.snapshot, "terms": now.terms},
        session_ref=session_ref,
        actor=person,
        at=at,
    )
    return prove(
        nonce=intent.nonce,
        session_ref=session_ref,
        password=PASSWORD,
        code="",
        actor=person,
        at=at + timedelta(seconds=20),
    )


def shown(round_id: int) -> dict[str, str]:
    """Return the digests that the page of the gate shows now."""
    round_ = get_round(round_id)
    return {"snapshot": round_.snapshot.digest, "terms": terms_in_force(round_).digest}


def ask_for_changes(
    person: User, round_id: int, items: Mapping[str, str], *, at: datetime
) -> Round:
    """Ask for changes as `person` would, to what the page shows now."""
    seen = shown(round_id)
    return request_changes(round_id=round_id, items=items, seen=seen, actor=person, at=at)


def sign(person: User, round_id: int, *, at: datetime, wish: Wish | None = None) -> Signature:
    """Sign as `person` would."""
    presence = presence_of(person, round_id, at=at, wish=wish)
    return sign_gate(presence=presence, actor=person, at=at + timedelta(seconds=20))


def pass_gate(world: World, gate: str, *, at: datetime, verdict: str = "") -> Round:
    """Make a gate ready and pass it: technology signs first."""
    make_ready(world, gate, at=at)
    round_ = make_round(world, gate, at=at, verdict=verdict)
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=at)
    round_.refresh_from_db()
    world.initiative.refresh_from_db()
    return round_
