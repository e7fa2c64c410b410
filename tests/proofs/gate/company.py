"""The company in which the machine acts: one initiative before gate 1, one before gate 2."""

from dataclasses import dataclass
from datetime import datetime

from governance.models import Commitment, GateSide
from governance.models import Round as Row
from governance.operations.proofs import attest
from initiatives.choices import MemberRole
from initiatives.models import Initiative
from initiatives.operations.details import Details, set_details
from initiatives.operations.memberships import set_member
from people.choices import Side
from playbook.editions import current
from tests.cast import Cast
from tests.gates import World, company, make_ready, make_round, make_world, sign
from tests.governance.operations.test_passing import offer
from tests.proofs.gate.model import Model, Owed, Round, Signed
from tests.proofs.gate.pauses import Point

# One point of each gate that is proved by somebody's word.
POINTS = {"1": "g1_change_load", "2": "g2_measures", "resume": "resume_technology_ready"}


@dataclass
class Company:
    """Two initiatives at work, and who is in the house."""

    cast: Cast
    first: Initiative
    second: Initiative
    at: datetime


def found(at: datetime) -> Company:
    """Bring one to gate 1, and another past it, which owes what it signed."""
    cast = company(at)
    worlds = [make_world(at, cast=cast, name=name) for name in ("Shift planner", "Route helper")]
    for world in worlds:
        set_member(
            actor=cast.tariq,
            initiative=world.initiative,
            user=cast.max,
            side=Side.TECHNOLOGY,
            role=MemberRole.CONTRIBUTOR,
            at=at,
        )
        make_ready(world, "1", at=at)
    second = worlds[1]
    round_ = make_round(second, "1", at=at)
    sign(cast.hana, round_.pk, at=at, wish=offer(second, at))
    sign(cast.ivo, round_.pk, at=at)
    second.initiative.refresh_from_db()
    make_ready(second, "2", at=at)
    return Company(cast, worlds[0].initiative, second.initiative, at)


def begin(made: Company, initiative: Initiative, *, is_strict: bool) -> Model:
    """Return how the initiative stands at the beginning."""
    cast, playbook = made.cast, current()
    is_second = initiative == made.second
    if is_strict:
        make_strict(cast, initiative, made.at)
    model = Model(at=made.at, is_strict=is_strict, is_fast=is_second and not is_strict)
    model.holders = {"technology": "ivo", "people": "hana"}
    people = {"technology": cast.ivo, "people": cast.hana}
    model.terms_of_office = {side: cast.term(one).pk for side, one in people.items()}
    model.writers = {"petra", "tariq"}
    model.ready = {"1", "2"} if is_second else {"1"}
    for gate, key in POINTS.items():
        is_said = gate in model.ready
        side = playbook.criterion(key).side
        model.points[gate] = Point(key, side, "met" if is_said else "unmet")
    if is_second:
        model.stage, model.passed = 2, {"1"}
        model.signed_off = {"1": {"petra", "tariq"}}
        model.rounds = [passed(initiative)]
        due = Commitment.objects.get(passage__round__initiative=initiative).due_on
        model.owed = [Owed("1", "hard", due, "escalate", "people")]
    return model


def passed(initiative: Initiative) -> Round:
    """Return the round that is behind the second initiative."""
    row = Row.objects.get(initiative=initiative)
    found = Round(gate="1", n=1, pk=row.pk, state="passed", sent_at=row.submitted_at)
    for side in GateSide.objects.filter(round=row).select_related("live_signature__signer"):
        one = side.live_signature
        name = one.signer.email.partition("@")[0]
        found.signed.append(Signed(one.pk, one.side, name, one.term_id, None))
    return found


def make_strict(cast: Cast, initiative: Initiative, at: datetime) -> None:
    """Answer the questions of risk so that it is high (P1)."""
    initiative.refresh_from_db()
    answers = {one.key: True for one in current().risk_questions}
    details = Details(
        operating_model=initiative.operating_model,
        risk=answers,
        planned_month=initiative.planned_month,
        budget_ask=initiative.budget_ask,
    )
    set_details(
        actor=cast.petra,
        initiative=initiative,
        details=details,
        expected_version=initiative.version,
        at=at,
    )


def prepare_the_way_out(made: Company, initiative: Initiative, at: datetime) -> None:
    """Say what the cause was and what is different now, but for the one point of the model."""
    make_ready(World(made.cast, initiative, at), "resume", at=at, but=[POINTS["resume"]])


def say(made: Company, initiative: Initiative, gate: str, who: str, at: datetime, **word) -> None:
    """Give one's word for the point of a gate."""
    attest(
        initiative=initiative,
        criterion=POINTS[gate],
        note="Seen and agreed by the team.",
        actor=getattr(made.cast, who),
        at=at,
        **word,
    )
