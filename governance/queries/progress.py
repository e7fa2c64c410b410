"""Where an initiative stands at each of its gates, for the page of the initiative."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from governance.choices import OPEN_STATES, REVIEW_STATES, RoundState
from governance.models import GateSide, Proof, Round
from governance.queries.disagreements import disagreed_at
from governance.queries.marks import halves, on_condition, outlived, said_of
from governance.queries.verdicts import Material, scored_for, verdicts
from governance.rules.criteria import Verdict
from governance.rules.rounds import RESUME
from initiatives.models import Initiative
from initiatives.queries.initiatives import InitiativePage
from people.choices import Side
from playbook.playbooks import Playbook

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class SignedHalf:
    """Whose signature stands on a side, and how it is drawn."""

    side: Side
    state: str
    signer: str
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
    disagreed_open: int
    is_superseded: bool = False
    is_conditional: bool = False

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
    """Return the newest round of each gate the initiative has come to. One query."""
    rounds: dict[int, list[Row]] = {}
    for row in _rows(initiative):
        rounds.setdefault(row["id"], []).append(row)
    by_number = {(rows[0]["gate"], rows[0]["n"]): rows for rows in rounds.values()}
    newest = {rows[0]["gate"]: rows for rows in rounds.values()}
    return {
        gate: _step(rows, by_number.get((gate, rows[0]["n"] - 1), []))
        for gate, rows in newest.items()
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
        early_facts=frozenset(str(fact.kind) for fact in found.facts if fact.breach),
        scored=scored_for(found.initiative, gate, playbook),
        complete={view.slot.key: view.is_complete for view in views},
        chosen={v.slot.key: v.text.clean.open for v in views if v.text and v.text.clean},
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


def _rows(initiative: Initiative) -> QuerySet[Round, Any]:
    """Return one row for each signature of each round, and one for a round without any."""
    return (
        Round.objects.filter(initiative=initiative)
        .annotate(disagreed_open=disagreed_at()["disagreed_open"])
        .order_by("pk", "signatures__pk")
        .values(
            "id",
            "disagreed_open",
            "gate",
            "n",
            "state",
            "submitted_at",
            "expires_at",
            "snapshot__digest",
            "passage__passed_at",
            "passage__verdict",
            "passage__supersession",
            side=F("signatures__side"),
            act=F("signatures__act"),
            signed_at=F("signatures__signed_at"),
            signer=F("signatures__signer__name"),
            instead_of=F("signatures__delegation__by__name"),
            void__cause=F("signatures__void__cause"),
            conditional=on_condition(),
        )
    )


def _step(rows: list[Row], before: list[Row]) -> GateStep:
    one = rows[0]
    own = [row for row in rows if row["side"]]
    last = [row for row in before if row["side"]]
    is_superseded = one["passage__supersession"] is not None
    drawn = outlived() if is_superseded else halves(one["state"], own, last)
    technology, people = drawn[Side.TECHNOLOGY], drawn[Side.PEOPLE]
    earlier = before[0]["snapshot__digest"] if before else ""
    return GateStep(
        round_id=one["id"],
        gate=one["gate"],
        n=one["n"],
        state=RoundState(one["state"]),
        digest=one["snapshot__digest"] or earlier or "",
        technology=_signed_half(Side.TECHNOLOGY, technology, own or last),
        people=_signed_half(Side.PEOPLE, people, own or last),
        label=said_of(technology, people),
        submitted_at=one["submitted_at"],
        expires_at=one["expires_at"],
        passed_at=None if is_superseded else one["passage__passed_at"],
        verdict=one["passage__verdict"] or "",
        disagreed_open=one["disagreed_open"],
        is_superseded=is_superseded,
        is_conditional=one["conditional"],
    )


def _signed_half(side: Side, state: str, rows: list[Row]) -> SignedHalf:
    own = [row for row in rows if row["side"] == side] if state != "open" else []
    return SignedHalf(
        side=side,
        state=state,
        signer=_who(own[-1]) if own else "",
        at=own[-1]["signed_at"] if own else None,
    )


def _who(row: Row) -> str:
    """Return who signed; of whoever did in an office holder's place, for whom."""
    return f"{row['signer']} for {row['instead_of']}" if row["instead_of"] else str(row["signer"])
