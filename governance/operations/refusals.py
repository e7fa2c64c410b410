"""Saying no at a gate: changes asked for, a decline, taking it back, contesting it."""

from collections.abc import Mapping
from datetime import datetime

from governance.choices import EscalationCause, ReturnReason, RoundState, SigningAct, VoidCause
from governance.models import ChangeRequest, Contest, Decline, Round, Signature
from governance.operations.ceremony import CONTENT, IntentRefusedError, Presence
from governance.operations.escalations import escalate
from governance.operations.locking import locked_round
from governance.operations.signatures import (
    ReplayedError,
    add_signature,
    attempt_of,
    refuse,
    refuse_other_act,
    refuse_replay,
)
from governance.operations.voids import close_round, return_round, void_signatures
from governance.operations.ways import end_rounds
from governance.queries.delegations import side_of
from governance.queries.escalations import asked_before, reply_ends
from governance.queries.gate_acts import contest_ends
from governance.queries.recused import barred_from
from governance.queries.rounds import is_before_gate, newer_states, standing_before
from governance.queries.standing import signing_facts, terms_in_force
from governance.queries.statements import stated
from governance.rules.escalations import asks_once_more
from governance.rules.refusing import (
    LEAST_REASON,
    blockers_of_text,
    blockers_to_contest,
    blockers_to_request,
    blockers_to_take_back,
)
from governance.rules.signing import blockers_to_decline, live_signatures
from initiatives.choices import Standing
from initiatives.operations.stages import change_standing
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.canonical import canonical
from kernel.refusals import NotVisibleError, RefusedError
from people.models import User
from playbook.editions import edition


class RefusalRefusedError(RefusedError):
    """The no itself cannot be recorded: its reason is missing, or it comes too late."""


@act(refusals=True)
def request_changes(
    *, round_id: int, items: Mapping[str, str], seen: Mapping[str, str], actor: User, at: datetime
) -> Round:
    """Send the round back with what would satisfy the signer; return the next draft (T6).

    The third time the same side does, the sponsor is asked instead (T12): the round itself is
    returned then.

    `items` maps the key of a criterion to what is asked for; `seen` holds what the page showed.

    :raises RefusalRefusedError: for anyone but a seat holder, or without items.
    :raises IntentRefusedError: when the text or the terms have changed since they were read.
    """
    round_ = locked_round(round_id)
    side = str(side_of(actor, round_, at) or "")
    criteria = {one.key for one in edition(round_.edition).criteria_of(round_.gate)}
    blockers = blockers_to_request(items, criteria=criteria, state=round_.state, is_seat=bool(side))
    if found := barred_from(round_, actor.person_key) or [*blockers]:
        raise RefusalRefusedError(*found)
    if seen != {"snapshot": round_.snapshot.digest, "terms": terms_in_force(round_).digest}:
        raise IntentRefusedError(CONTENT)
    request = _asked(round_=round_, side=side, items=items, actor=actor, at=at)
    if asks_once_more(side, asked_before(round_)):
        escalate(round_=round_, cause=EscalationCause.CHANGES, against=side, actor=actor, at=at)
        return round_
    return return_round(
        round_=round_,
        reason=ReturnReason.CHANGES_REQUESTED,
        cause=VoidCause.ROUND_CLOSED,
        caused_by=request,
        actor=actor,
        at=at,
    )


def _asked(
    *, round_: Round, side: str, items: Mapping[str, str], actor: User, at: datetime
) -> ChangeRequest:
    request = ChangeRequest.objects.create(
        round=round_,
        side=side,
        asked_by=actor,
        criteria=sorted(items),
        sealed=seal(canonical(dict(items)).decode("utf-8"), person=actor),
        asked_at=at,
    )
    record(
        Kind.CHANGES_REQUESTED,
        actor=actor,
        subject=request,
        thread=round_.initiative,
        at=at,
        data={"round": round_.pk, "side": side, "criteria": sorted(items)},
    )
    return request


def decline_gate(*, presence: Presence, actor: User, at: datetime) -> Decline:
    """Decline a gate in a signed statement (T7). A repeated call returns the decline it made.

    Where the other side has signed, the sides disagree and the round is escalated; else it ends.

    :raises SigningRefusedError: with every reason why the refusal cannot be recorded.
    """
    try:
        return _decline(presence=presence, actor=actor, at=at)
    except ReplayedError as replayed:
        return Decline.objects.get(signature=replayed.signature)


@act(refusals=True)
def _decline(*, presence: Presence, actor: User, at: datetime) -> Decline:
    round_ = locked_round(presence.intent.round_id)
    facts = signing_facts(round_, at, delegation_id=presence.intent.delegation_id)
    refuse_other_act(presence, [SigningAct.DECLINE])
    refuse_replay(presence, facts)
    refuse(*blockers_to_decline(attempt_of(presence, actor, at, facts), facts))
    signature = add_signature(round_, presence, actor, at)
    said = stated(presence.intent)
    is_disputed = bool(live_signatures(facts))
    decline = Decline.objects.create(
        signature=signature,
        code=said["code"],
        is_final=said["final"],
        reply_until=reply_ends(round_, signature.side, at) if is_disputed else None,
    )
    if is_disputed:
        round_.state = RoundState.ESCALATED
        round_.save(update_fields=["state"])
    else:
        close_round(round_=round_, state=RoundState.DECLINED, at=at)
    about = round_.initiative
    if decline.is_final and round_.state == RoundState.DECLINED:
        end_rounds(initiative=about, actor=actor, at=at)
        change_standing(initiative=about, standing=Standing.DECLINED, actor=actor, at=at)
    data = {
        "round": round_.pk,
        "gate": round_.gate,
        "side": signature.side,
        "code": decline.code,
        "final": decline.is_final,
        "state": str(round_.state),
        **signature.in_place,
    }
    record(Kind.GATE_DECLINED, actor=actor, subject=decline, thread=about, at=at, data=data)
    return decline


@act(refusals=True)
def take_back_decline(*, decline_id: int, reason: str, actor: User, at: datetime) -> Round:
    """Take one's own side's decline back while the sides disagree (T7).

    :raises RefusalRefusedError: for the other side, or once the round is decided.
    """
    decline, round_ = _locked_decline(decline_id)
    is_void = hasattr(decline.signature, "void")
    is_decliner = str(side_of(actor, round_, at)) == decline.signature.side
    blockers = [
        *blockers_to_take_back(state=round_.state, is_decliner=is_decliner, is_void=is_void),
        *blockers_of_text(reason, field="reason", least=1),
    ]
    if blockers:
        raise RefusalRefusedError(*blockers)
    void_signatures(
        signatures=[decline.signature],
        cause=VoidCause.WITHDRAWN,
        caused_by=decline,
        actor=actor,
        at=at,
        reason=reason,
    )
    round_.state = RoundState.IN_REVIEW
    round_.save(update_fields=["state"])
    about, said = round_.initiative, {"round": round_.pk, "side": decline.signature.side}
    record(Kind.DECLINE_TAKEN_BACK, actor=actor, subject=decline, thread=about, at=at, data=said)
    return round_


@act(refusals=True)
def contest_decline(*, decline_id: int, reason: str, actor: User, at: datetime) -> Contest:
    """Say for the other side that a decline is not accepted; the sides then disagree (T7).

    :raises RefusalRefusedError: for the declining side, after five business days, or where a
        newer round of the gate is open or has passed.
    """
    decline, round_ = _locked_decline(decline_id)
    signature: Signature = decline.signature
    side = side_of(actor, round_, at)
    blockers = [
        *blockers_to_contest(
            state=round_.state,
            is_other_side=side is not None and str(side) != signature.side,
            newer=newer_states(round_),
            is_resolved=hasattr(round_, "resolution"),
            is_before=is_before_gate(round_, is_final=decline.is_final),
            until=contest_ends(signature.signed_at, signature.signer.zone),
            at=at,
        ),
        *blockers_of_text(reason, field="reason", least=LEAST_REASON),
    ]
    if blockers:
        raise RefusalRefusedError(*blockers)
    contest = Contest.objects.create(
        decline=decline,
        by=actor,
        sealed=seal(reason, person=actor),
        contested_at=at,
        reply_until=reply_ends(round_, signature.side, at),
    )
    round_.state, round_.closed_at = RoundState.ESCALATED, None
    round_.save(update_fields=["state", "closed_at"])
    if round_.initiative.standing == Standing.DECLINED:
        before = standing_before(round_)
        change_standing(initiative=round_.initiative, standing=before, actor=actor, at=at)
    about, said = round_.initiative, {"round": round_.pk, "side": str(side)}
    record(Kind.DECLINE_CONTESTED, actor=actor, subject=contest, thread=about, at=at, data=said)
    return contest


def _locked_decline(decline_id: int) -> tuple[Decline, Round]:
    """Lock the round of a decline.

    :raises NotVisibleError: when there is no such decline.
    """
    rows = Decline.objects.filter(pk=decline_id)
    if (found := rows.values_list("signature__round_id", flat=True).first()) is None:
        raise NotVisibleError
    round_ = locked_round(found)
    decline = rows.select_related("signature__signer", "signature__round").get()
    decline.signature.round.initiative = round_.initiative
    return decline, round_
