"""The sponsor ends a pause that both sides left open for five working days."""

from datetime import datetime

from governance.choices import Way
from governance.models import Pause, Ruling
from governance.operations.ways import take_way
from governance.queries.step_up import asks_by_office
from governance.queries.stops import both_until
from governance.rules.ways import RulingFacts, blockers_to_rule
from initiatives.models import Initiative
from initiatives.queries.initiatives import locked
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.canonical import moment
from kernel.refusals import RefusedError
from people.models import User
from people.operations.identity import IdentityProof
from people.operations.proofs import refuse_weak
from people.queries import authority_of


class RulingRefusedError(RefusedError):
    """The sponsor cannot end this pause, or not now, or not this way."""


@act(refusals=True)
def rule_on_pause(
    *,
    initiative: Initiative,
    way: str,
    reason: str,
    proof: IdentityProof,
    actor: User,
    at: datetime,
) -> Ruling:
    """Go back to an earlier stage or close it, alone and with a reason (K2). It never goes on.

    `proof` was given for this act, just before it.

    :raises RulingRefusedError: for others than the sponsor, before both sides had their time,
        or without a reason.
    :raises WeakProofError: when the proof is not enough: a password, where there is a passkey.
    """
    hold_authority()
    initiative = locked(initiative.pk)
    pause = Pause.objects.lasting().filter(initiative=initiative).last()
    facts = _facts(initiative, pause, actor, at)
    blockers = [*blockers_to_rule(facts, way=way, reason=reason)]
    if blockers or pause is None:
        raise RulingRefusedError(*blockers)
    asked = asks_by_office(authority_of(actor, at).offices)
    refuse_weak(proof=proof, actor=actor, at=at, office_asks=asked)
    ruling = Ruling.objects.create(
        pause=pause,
        way=way,
        by=actor,
        sealed=seal(reason, person=actor),
        step_up={"level": proof.level, "method": proof.method, "at": moment(proof.at)},
        ruled_at=at,
    )
    data = {"way": way}
    record(Kind.PAUSE_RULED, actor=actor, subject=ruling, thread=initiative, at=at, data=data)
    take_way(initiative=initiative, way=Way(way), cause=ruling, actor=actor, at=at)
    return ruling


def _facts(initiative: Initiative, pause: Pause | None, actor: User, at: datetime) -> RulingFacts:
    return RulingFacts(
        is_sponsor=authority_of(actor, at).is_sponsor,
        is_paused=pause is not None,
        stage=initiative.stage,
        due_at=both_until(pause.paused_at) if pause else at,
        at=at,
    )
