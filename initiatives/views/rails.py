"""The four stages with their gates, as the rail draws them, and the gate that is next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.dateformat import format as dated
from django.utils.timezone import localtime

from governance.choices import RoundState
from governance.queries.progress import GateStep, SignedHalf, step_now
from governance.rules.criteria import Verdict, blockers_to_reach, lowest_axis, readiness
from governance.rules.deadlines import LOOK_AGAIN
from governance.rules.rounds import RESUME, OpeningFacts, blockers_to_open
from initiatives.choices import Stage
from initiatives.queries.rows import Initiative
from initiatives.rules.memberships import Part
from kernel.refusals import Blocker
from people.choices import Side
from playbook.playbooks import Playbook
from playbook.shapes import Gate

AXES = {
    "technical": "technical feasibility",
    "workforce": "workforce readiness",
    "ethics": "ethics",
    "change": "change",
}
LISTED = 6


@dataclass(frozen=True)
class RailStep:
    """A stage and the gate at its end."""

    number: int
    name: str
    note: str
    state: str
    digest: str
    tech: str
    people: str
    label: str
    url: str
    gate_name: str


@dataclass(frozen=True, kw_only=True)
class NextGate:
    """The gate that is next: how it stands, what stands in the way, what this person can do."""

    gate: Gate
    step: GateStep | None
    signs_for: Side | None
    url: str
    opens: str
    blockers: tuple[Blocker, ...] = ()
    met: int = 0
    of: int = 0
    ready: Mapping[Side, int | None] = field(default_factory=dict)
    lowest: tuple[str, int] | None = None
    disagreed: int = 0

    @property
    def halves(self) -> tuple[SignedHalf, ...]:
        return (self.step.technology, self.step.people) if self.step else ()

    @property
    def shown_blockers(self) -> tuple[Blocker, ...]:
        return self.blockers[:LISTED]

    @property
    def more_blockers(self) -> int:
        return max(len(self.blockers) - LISTED, 0)


def rail(
    initiative: Initiative, steps: Mapping[str, GateStep], playbook: Playbook
) -> list[RailStep]:
    """Return the four steps of the rail."""
    return [_rail_step(initiative, stage, steps.get(str(int(stage))), playbook) for stage in Stage]


def next_gate(
    initiative: Initiative,
    steps: Mapping[str, GateStep],
    verdicts: list[Verdict],
    part: Part,
    *,
    playbook: Playbook,
    at: datetime,
) -> NextGate:
    """Return the gate that is next, with what blocks it by the rules that the gate itself uses."""
    key = RESUME if initiative.is_paused else str(initiative.stage)
    gate, step = playbook.gate(key), step_now(dict(steps), initiative)
    reading = step is not None and step.is_in_review
    opens = not (step and step.is_open) and _may_open(initiative, steps, key, part=part, at=at)
    lowest = lowest_axis(verdicts)
    return NextGate(
        gate=gate,
        step=step,
        signs_for=part.side if reading and step and _signs(part, step) else None,
        url=_url(step),
        opens=_opening_url(initiative, key) if opens else "",
        blockers=()
        if reading or initiative.is_over
        else tuple(blockers_to_reach(gate, verdicts, "")),
        met=sum(one.is_met for one in verdicts),
        of=len(verdicts),
        ready={side: readiness(verdicts, side) for side in Side},
        lowest=(AXES[lowest[0]], lowest[1]) if lowest else None,
        disagreed=sum(one.disagreed_open for one in steps.values()),
    )


def _signs(part: Part, step: GateStep) -> bool:
    return part.by_office and part.side in step.waits_for


def _may_open(
    initiative: Initiative, steps: Mapping[str, GateStep], key: str, *, part: Part, at: datetime
) -> bool:
    own, before = steps.get(key), steps.get(str(initiative.stage - 1))
    again = own.passed_at + LOOK_AGAIN if own and own.passed_at else None
    facts = OpeningFacts(
        gate=key,
        stage=initiative.stage,
        may_open=part.leads_side,
        is_closed=initiative.is_over,
        is_paused=initiative.is_paused,
        has_open_round=own is not None and own.is_open,
        has_passed=own is not None and own.passed_at is not None,
        previous_passed=initiative.stage == Stage.PROBLEM
        or (before is not None and before.passed_at is not None),
        finally_declined=False,
        reopens_on="" if again is None or again <= at else dated(again, "j F Y"),
    )
    return next(blockers_to_open(facts), None) is None


def _rail_step(
    initiative: Initiative, stage: Stage, step: GateStep | None, playbook: Playbook
) -> RailStep:
    gate = playbook.gate_of(stage)
    halves = (step.technology.state, step.people.state) if step else ("open", "open")
    said = (
        step.label
        if step and (step.is_open or step.passed_at or step.is_superseded)
        else "Not open yet."
    )
    return RailStep(
        number=int(stage),
        name=playbook.stage(stage).name,
        note=_note(initiative, stage, step),
        state=_state(initiative, stage, step),
        digest=step.digest if step else "",
        tech=halves[0],
        people=halves[1],
        label=f"Gate {gate.key}, {gate.name}: {said}",
        url=_url(step),
        gate_name=gate.name.capitalize(),
    )


def _state(initiative: Initiative, stage: Stage, step: GateStep | None) -> str:
    if stage < initiative.stage or (step and step.passed_at and initiative.is_over):
        return "done"
    return "now" if stage == initiative.stage and not initiative.is_over else "next"


def _note(initiative: Initiative, stage: Stage, step: GateStep | None) -> str:
    if step and step.passed_at:
        return f"Agreed {_day(step.passed_at)}{', on condition' if step.is_conditional else ''}"
    if stage != initiative.stage:
        return "To be passed again" if step and step.is_superseded else ""
    if initiative.is_over or initiative.is_paused:
        return f"{initiative.get_standing_display()} {_day(initiative.standing_since)}"
    return f"Now, since {_day(initiative.stage_since)}"


def _day(at: datetime) -> str:
    return dated(localtime(at), "j M Y" if localtime(at).year != localtime().year else "j M")


def _url(step: GateStep | None) -> str:
    if step is None:
        return ""
    name = "governance:gate-signed" if step.state == RoundState.PASSED else "governance:gate-detail"
    return _reversed(name, pk=step.round_id)


def _opening_url(initiative: Initiative, gate: str) -> str:
    return _reversed("governance:round-open", code=initiative.code, gate=gate)


def _reversed(name: str, **kwargs: object) -> str:
    """Return an address, or nothing where the page is not there."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
