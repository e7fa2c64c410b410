"""Where an initiative stands at each of its gates, for the page of the initiative."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from governance.choices import OPEN_STATES, REVIEW_STATES, RoundState
from governance.models import GateSide, Proof, Round, Signature
from governance.queries.marks import halves, said_of
from governance.queries.verdicts import Material, verdicts
from governance.rules.criteria import Verdict
from governance.rules.rounds import RESUME
from initiatives.models import Initiative
from initiatives.queries.initiatives import InitiativePage
from people.choices import Side
from people.models import User
from playbook.playbooks import Playbook


@dataclass(frozen=True, kw_only=True)
class SignedHalf:
    """Whose signature stands on a side, and how it is drawn."""

    side: Side
    state: str
    signer: User | None
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class GateStep:
    """The newest round of one gate."""

    round_id: int
    gate: str
    n: int
    state: RoundState
    digest: str
    technology: SignedHalf
    people: SignedHalf
    label: str
    submitted_at: datetime | None
    expires_at: datetime | None
    passed_at: datetime | None
    verdict: str

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_in_review(self) -> bool:
        return self.state in REVIEW_STATES

    @property
    def waits_for(self) -> tuple[Side, ...]:
        """The sides whose signature is missing while the round is in review."""
        if not self.is_in_review:
            return ()
        both = (self.technology, self.people)
        return tuple(half.side for half in both if half.state in ("open", "stale"))


@dataclass(frozen=True, kw_only=True)
class LiveSignature:
    """A signature that an edit of signed content would void."""

    id: int
    name: str
    side: Side


def gate_steps(initiative: Initiative) -> dict[str, GateStep]:
    """Return the newest round of each gate the initiative has come to. Two queries."""
    rounds = list(_rounds(initiative))
    rows = (
        Signature.objects.filter(round__initiative=initiative)
        .order_by("pk")
        .select_related("signer", "void")
    )
    signed: dict[int, list[Signature]] = {}
    for row in rows:
        signed.setdefault(row.round_id, []).append(row)
    newest = {one.gate: one for one in rounds}
    earlier = {(one.gate, one.n): one for one in rounds}
    return {
        gate: _step(one, earlier.get((gate, one.n - 1)), signed) for gate, one in newest.items()
    }


def step_now(steps: dict[str, GateStep], initiative: Initiative) -> GateStep | None:
    """Return the round that matters now: the way out of a pause, else that of the stage's gate."""
    if initiative.is_paused:
        return steps.get(RESUME) if RESUME in steps and steps[RESUME].is_open else None
    return steps.get(str(initiative.stage))


def page_verdicts(found: InitiativePage, gate: str, playbook: Playbook) -> list[Verdict]:
    """Judge the criteria of a gate from what the page has read already. One query."""
    views = [view for stage in found.stages for view in stage.slots] + [*found.resume]
    proofs = (
        Proof.objects.filter(initiative=found.initiative, gate=gate)
        .order_by("criterion", "-pk")
        .distinct("criterion")
    )
    known = Material(
        initiative=found.initiative,
        playbook=playbook,
        versions={view.slot.key: None for view in views if view.text is not None},
        evidence={},
        proofs={proof.criterion: proof for proof in proofs},
        sides_led=frozenset(str(side) for side in found.leads),
        fact_kinds=frozenset(str(fact.kind) for fact in found.facts),
        complete={view.slot.key: view.is_complete for view in views},
    )
    return verdicts(known, playbook.criteria_of(gate))


def live_signatures(initiative: Initiative) -> list[LiveSignature]:
    """Return the signatures that an edit of signed content would void now, with their names."""
    sides = GateSide.objects.filter(
        round__initiative=initiative,
        round__state__in=REVIEW_STATES,
        live_signature__isnull=False,
    )
    rows = sides.values("side", "live_signature", "live_signature__signer__name")
    return [
        LiveSignature(
            id=row["live_signature"],
            name=row["live_signature__signer__name"],
            side=Side(row["side"]),
        )
        for row in rows.order_by("-side")
    ]


def _rounds(initiative: Initiative) -> QuerySet[Round]:
    return (
        Round.objects.filter(initiative=initiative)
        .select_related("snapshot", "passage")
        .defer("snapshot__body", "passage__body")
        .order_by("pk")
    )


def _step(one: Round, before: Round | None, signed: dict[int, list[Signature]]) -> GateStep:
    own = signed.get(one.pk, [])
    last = signed.get(before.pk, []) if before else []
    drawn = halves(one.state, [*map(_as_row, own)], [*map(_as_row, last)])
    passage = getattr(one, "passage", None)
    technology, people = drawn[Side.TECHNOLOGY], drawn[Side.PEOPLE]
    return GateStep(
        round_id=one.pk,
        gate=one.gate,
        n=one.n,
        state=RoundState(one.state),
        digest=_digest(one) or (_digest(before) if before else ""),
        technology=_signed_half(Side.TECHNOLOGY, technology, own or last),
        people=_signed_half(Side.PEOPLE, people, own or last),
        label=said_of(technology, people),
        submitted_at=one.submitted_at,
        expires_at=one.expires_at,
        passed_at=passage.passed_at if passage else None,
        verdict=passage.verdict if passage else "",
    )


def _digest(one: Round) -> str:
    snapshot = getattr(one, "snapshot", None)
    return snapshot.digest if snapshot else ""


def _as_row(row: Signature) -> dict[str, str | None]:
    void = getattr(row, "void", None)
    return {"side": row.side, "act": row.act, "void__cause": void.cause if void else None}


def _signed_half(side: Side, state: str, rows: list[Signature]) -> SignedHalf:
    own = [row for row in rows if row.side == side] if state != "open" else []
    return SignedHalf(
        side=side,
        state=state,
        signer=own[-1].signer if own else None,
        at=own[-1].signed_at if own else None,
    )
