"""The passage of a gate: decided by the second signature, in its transaction (T9)."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from governance.choices import RoundState, Way
from governance.models import Commitment, Passage, Pause, Resumption, Round
from governance.operations.voids import close_round
from governance.operations.waived import commit_waived
from governance.operations.ways import close_initiative, take_way
from governance.queries.snapshots import previous_decision
from governance.rules.endings import chosen_in, ends_here
from governance.rules.rounds import RESUME
from governance.rules.signing import SigningFacts, blockers_to_pass, live_signatures
from governance.rules.ways import goes_on
from initiatives.choices import Standing
from initiatives.operations.stages import advance_stage, change_standing
from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Sealed
from journal.queries import installation
from kernel.canonical import canonical, digest, moment
from people.models import User
from people.queries import people_by_key
from playbook.editions import edition

LAST_GATE = "4"
RETIRE = "retire"


@act
def pass_if_both_signed(
    *, round_: Round, facts: SigningFacts, actor: User, at: datetime
) -> Passage | None:
    """Pass the gate when both sides' live signatures fulfil every invariant; else do nothing.

    The caller holds the round's lock, and collected `facts` under it.
    """
    if [*blockers_to_pass(facts)]:
        return None
    said = {"statements": {side: one.statement for side, one in live_signatures(facts).items()}}
    return pass_as(round_=round_, facts=facts, resolution="cosign", said=said, actor=actor, at=at)


@act
def pass_as(
    *,
    round_: Round,
    facts: SigningFacts,
    resolution: str,
    said: Mapping[str, Any],
    actor: User,
    at: datetime,
) -> Passage:
    """Write the passage of a gate and do what it means; the caller has judged, under the lock.

    `said` is what the decision rests on: its statements, and what else a resolution names.
    """
    terms = json.loads(facts.terms_body)
    about = {"resolution": resolution, "verdict": terms["verdict"], **said}
    body = _decision(round_, facts, about, at)
    passage = Passage.objects.create(
        round=round_,
        resolution=resolution,
        verdict=terms["verdict"],
        body=body,
        digest=digest(body),
        passed_at=at,
    )
    close_round(round_=round_, state=RoundState.PASSED, at=at)
    told = {"round": round_.pk, "gate": round_.gate, "verdict": passage.verdict}
    record(
        Kind.GATE_PASSED,
        actor=actor,
        subject=passage,
        thread=round_.initiative,
        at=at,
        data={**told, "decision": passage.digest},
    )
    _commit(passage, terms["conditions"], actor, at)
    commit_waived(passage=passage, actor=actor, at=at)
    _move_on(round_, passage, actor, at)
    return passage


def _decision(round_: Round, facts: SigningFacts, about: Mapping[str, Any], at: datetime) -> bytes:
    """Return the canonical bytes of the decision, which the next gate's snapshot names."""
    organisation = installation()
    return canonical(
        {
            "v": 1,
            "type": "decision",
            "org": str(organisation.org) if organisation else "",
            "initiative": round_.initiative.code,
            "gate": round_.gate,
            "round": round_.n,
            "snapshot": facts.now.snapshot,
            "terms": facts.now.terms,
            "edition": facts.now.edition,
            "previous": previous_decision(round_),
            "passed_at": moment(at),
            **about,
        }
    )


def _commit(passage: Passage, conditions: list[dict[str, Any]], actor: User, at: datetime) -> None:
    """Turn each signed condition into exactly one commitment (I17)."""
    owners = people_by_key([condition["owner"] for condition in conditions])
    by_key = {str(key): person for key, person in owners.items()}
    for condition in conditions:
        commitment = Commitment.objects.create(
            passage=passage,
            condition=condition["key"],
            owner=by_key[condition["owner"]],
            due_on=date.fromisoformat(condition["due_on"]),
            kind=condition["kind"],
            on_breach=condition["on_breach"],
            asked_by=condition["asked_by"],
            sealed=Sealed.objects.get(pk=condition["text"]),
        )
        record(
            Kind.COMMITMENT_MADE,
            actor=actor,
            subject=commitment,
            thread=passage.round.initiative,
            at=at,
            data={"passage": passage.pk, "condition": commitment.condition},
        )


def _move_on(round_: Round, passage: Passage, actor: User, at: datetime) -> None:
    """Do what the passage means: resume, retire, leave AI out, or go to the next stage."""
    initiative = round_.initiative
    if round_.gate == RESUME:
        pause = Pause.objects.lasting().filter(initiative=initiative).latest("pk")
        resumption = Resumption.objects.create(pause=pause, round=round_, resumed_at=at)
        _leave(resumption, passage, actor, at)
    elif round_.gate == LAST_GATE:
        if passage.verdict == RETIRE:
            _close(passage, Standing.CLOSED, actor, at)
    elif ends_here(edition(round_.edition).gate(round_.gate), _content(round_)):
        _close(passage, Standing.NO_AI, actor, at)
    else:
        advance_stage(
            initiative=initiative,
            gate=int(round_.gate),
            actor=actor,
            at=at,
            launch_on=_launch_date(round_),
        )


def _leave(resumption: Resumption, passage: Passage, actor: User, at: datetime) -> None:
    """End the pause the way that both signed."""
    initiative = passage.round.initiative
    if not goes_on(passage.verdict):
        way = Way(passage.verdict)
        take_way(initiative=initiative, way=way, cause=passage, actor=actor, at=at)
        return
    change_standing(initiative=initiative, standing=Standing.ACTIVE, actor=actor, at=at)
    record(Kind.INITIATIVE_RESUMED, actor=actor, subject=resumption, thread=initiative, at=at)


def _close(passage: Passage, standing: Standing, actor: User, at: datetime) -> None:
    initiative = passage.round.initiative
    close_initiative(initiative=initiative, standing=standing, actor=actor, at=at, by=passage)


def _launch_date(round_: Round) -> date | None:
    """Return the launch date that the gate has just signed, where it signs one."""
    place = edition(round_.edition).gate(round_.gate).launch_date
    if place is None:
        return None
    said = chosen_in(_content(round_), *place)
    return date.fromisoformat(said) if said else None


def _content(round_: Round) -> dict[str, Any]:
    """Return what both sides have just signed."""
    content: dict[str, Any] = json.loads(bytes(round_.snapshot.body))["content"]
    return content
