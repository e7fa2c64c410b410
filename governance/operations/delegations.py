"""Letting somebody sign in one's place: written by the holder, answered by the delegate, revoked.

Each waits until no gate act is under way, and lets none begin before it ends: whoever revokes
and whoever signs at the same moment come one after the other.
"""

from datetime import date, datetime

from governance.choices import REVIEW_STATES, VoidCause
from governance.models import Delegation, DelegationAnswer, Revocation, Round, Signature
from governance.operations.lending import (
    DelegationRefusedError,
    enter_delegation,
    period_of,
)
from governance.operations.locking import locked_round
from governance.operations.voids import void_signatures
from governance.queries.delegation_facts import asked_already, may_revoke, writing_facts
from governance.queries.delegations import scope_of
from governance.queries.escalations import reply_ends
from governance.queries.step_up import asks_by_office
from governance.rules.delegations import (
    Scope,
    WritingFacts,
    blockers_to_accept,
    blockers_to_answer,
    blockers_to_delegate,
    blockers_to_revoke,
)
from journal.acts import act, change_authority, record, seal
from journal.kinds import Kind
from kernel.canonical import clean_text
from kernel.refusals import Blocker, NotVisibleError
from people.choices import Side
from people.models import User
from people.operations.identity import IdentityProof
from people.operations.proofs import refuse_weak
from people.queries import authority_of, seat_holders


class WrittenAlreadyError(DelegationRefusedError):
    """The holder asked the same person for the same days and gates before, and it stands."""

    def __init__(self, delegation_id: int) -> None:
        """Carry the delegation of the first time."""
        text = "You asked for this already, and it stands. Revoke that one to ask anew."
        super().__init__(Blocker("written", text))
        self.delegation_id = delegation_id


@act(refusals=True)
def write_delegation(
    *,
    to: User,
    first: date,
    last: date,
    scope: Scope,
    reason: str,
    proof: IdentityProof,
    actor: User,
    at: datetime,
) -> Delegation:
    """Ask somebody to sign in one's place on these days, both included (D-1).

    :raises DelegationRefusedError: for anyone without a key, for a delegate who may not (D-2), for
        days that do not do, or without a reason.
    :raises WeakProofError: when the proof is not as good as the holder's signature would ask (S2).
    :raises WrittenAlreadyError: the second time, with the delegation of the first.
    """
    change_authority()
    reason = clean_text(reason).strip()
    starts_at, ends_at = period_of(first, last, at)
    facts = writing_facts(
        writer=actor, to=to, scope=scope, starts_at=starts_at, ends_at=ends_at, at=at
    )
    if blockers := [*blockers_to_delegate(facts, reason=reason)]:
        raise DelegationRefusedError(*blockers)
    asked = asks_by_office(authority_of(actor, at).offices)
    refuse_weak(proof=proof, actor=actor, at=at, office_asks=asked)
    if (twin := asked_already(facts, at)) is not None:
        raise WrittenAlreadyError(twin)
    return enter_delegation(facts, actor, to, reason=reason, at=at)


@act(refusals=True)
def answer_delegation(
    *, delegation_id: int, accepts: bool, actor: User, at: datetime
) -> DelegationAnswer:
    """Take it on, or not (D-1). Only then does it count, and only from its first day.

    :raises DelegationRefusedError: for anyone but the delegate, once it is answered, revoked or
        over, and where something bars a yes by now.
    """
    change_authority()
    row = _found(delegation_id)
    seat = seat_holders(at).get(Side(row.side))
    facts = _facts_of(row, at)
    blockers = [
        *blockers_to_answer(
            facts,
            answerer=str(actor.person_key),
            is_open=not hasattr(row, "answer") and not hasattr(row, "revocation"),
            still_held=seat is not None and seat.term_id == row.term_id,
            at=at,
            is_decided=row.is_decided,
        )
    ]
    if accepts and not blockers:
        blockers = [*blockers_to_accept(facts)]
    if blockers:
        raise DelegationRefusedError(*blockers)
    until = _reply_until(row, at) if accepts else None
    answer = DelegationAnswer.objects.create(
        delegation=row, is_accepted=accepts, by=actor, answered_at=at, reply_until=until
    )
    said = {"delegation": row.pk, "side": row.side}
    kind = Kind.DELEGATION_ACCEPTED if accepts else Kind.DELEGATION_DECLINED
    record(kind, actor=actor, subject=answer, at=at, data=said)
    return answer


@act(refusals=True)
def revoke_delegation(*, delegation_id: int, reason: str, actor: User, at: datetime) -> Revocation:
    """End it now: a signature under it on what is undecided counts no more (V7).

    :raises DelegationRefusedError: for anyone but the holder of the office or the sponsor, and
        when it is over, or the one round it was for waits for no signature any more.
    """
    change_authority()
    reason = clean_text(reason).strip()
    row = _found(delegation_id)
    answer = getattr(row, "answer", None)
    blockers = [
        *blockers_to_revoke(
            may_revoke=may_revoke(actor, row, at),
            is_over=hasattr(row, "revocation")
            or at >= row.ends_at
            or (answer is not None and not answer.is_accepted),
            is_named=row.recusal_id is not None,
            is_decided=row.is_decided,
            reason=reason,
        )
    ]
    if blockers:
        raise DelegationRefusedError(*blockers)
    revocation = Revocation.objects.create(
        delegation=row, by=actor, sealed=seal(reason, person=actor), revoked_at=at
    )
    record(
        Kind.DELEGATION_REVOKED,
        actor=actor,
        subject=revocation,
        at=at,
        data={"delegation": row.pk, "side": row.side},
    )
    _void_undecided(row, revocation, actor, at)
    return revocation


@act
def void_of_leaver(*, user: User, actor: User, at: datetime) -> None:
    """Void what a delegate who leaves has signed on what is undecided (V7); it may find none."""
    for row in Delegation.objects.accepted().filter(to=user).order_by("pk"):
        _void_undecided(row, user, actor, at)


def _reply_until(row: Delegation, at: datetime) -> datetime | None:
    """Return until when whoever judges in the place of who stepped back may answer the sponsor."""
    return reply_ends(row.recusal.round, row.side, at) if row.recusal else None


def _facts_of(row: Delegation, at: datetime) -> WritingFacts:
    return writing_facts(
        writer=row.by,
        to=row.to,
        scope=scope_of(row),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        at=at,
        round_id=row.round_id,
    )


def _void_undecided(row: Delegation, cause: Revocation | User, actor: User, at: datetime) -> None:
    """Void what was signed by it on rounds that are not decided yet, each under its lock."""
    rounds = Round.objects.filter(
        state__in=REVIEW_STATES, sides__live_signature__delegation=row
    ).order_by("pk")
    for pk in [*rounds.values_list("pk", flat=True)]:
        round_ = locked_round(pk)
        signatures = Signature.objects.filter(live_on__round=round_, delegation=row)
        void_signatures(
            signatures=signatures.select_related("round__initiative"),
            cause=VoidCause.DELEGATION_ENDED,
            caused_by=cause,
            actor=actor,
            at=at,
        )


def _found(delegation_id: int) -> Delegation:
    """Return a delegation with what became of it.

    :raises NotVisibleError: when there is none.
    """
    rows = Delegation.objects.select_related("by", "to", "answer", "revocation", "recusal__round")
    row = rows.filter(pk=delegation_id).first()
    if row is None:
        raise NotVisibleError
    return row
