"""Stepping back from a round that one should not judge, and naming who signs in that place."""

from datetime import date, datetime

from governance.choices import VoidCause
from governance.models import Delegation, Recusal, Round
from governance.operations.lending import (
    DelegationRefusedError,
    enter_delegation,
    period_of,
)
from governance.operations.locking import locked_round
from governance.operations.voids import standing_signatures, void_signatures
from governance.queries.delegation_facts import writing_facts
from governance.queries.escalations import sponsor_facts
from governance.queries.recusals import named_for
from governance.queries.recused import has_declined, recused_of
from governance.queries.step_up import asks_by_office
from governance.rules.delegations import Scope, WritingFacts
from governance.rules.recusals import Naming, blockers_to_recuse, blockers_to_substitute
from initiatives.queries.days import home_day
from journal.acts import act, change_authority, record, seal
from journal.kinds import Kind
from kernel.canonical import clean_text
from kernel.refusals import NotVisibleError, RefusedError
from people.choices import Side
from people.models import User
from people.operations.identity import IdentityProof
from people.operations.proofs import refuse_weak
from people.queries import Seat, authority_of, seat_holders


class RecusalRefusedError(RefusedError):
    """Nobody stepped back, for the reasons given."""


@act(refusals=True)
def recuse(*, round_id: int, reason: str, actor: User, at: datetime) -> Recusal:
    """Step back from this round for good: what was signed on it for that side is void (A1).

    Whom the holder let sign in their place does not judge it either: the sponsor names somebody.

    :raises RecusalRefusedError: for anyone but the holder of a key, a second time, once the round
        is decided, while a decline of that side stands, or without a reason.
    """
    round_ = locked_round(round_id)
    reason = clean_text(reason).strip()
    seat = _seat_to_leave(round_, reason, actor, at)
    row = Recusal.objects.create(
        round=round_,
        side=seat.side,
        by=actor,
        person_key=actor.person_key,
        term_id=seat.term_id,
        sealed=seal(reason, person=actor),
        recused_at=at,
    )
    record(
        Kind.RECUSED,
        actor=actor,
        subject=row,
        thread=round_.initiative,
        at=at,
        data={"round": round_.pk, "gate": round_.gate, "side": row.side},
    )
    _void_side(round_, row)
    return row


@act(refusals=True)
def name_substitute(
    *,
    recusal_id: int,
    to: User,
    last: date,
    reason: str,
    proof: IdentityProof,
    actor: User,
    at: datetime,
) -> Delegation:
    """Ask somebody to sign this round in the place of who stepped back, from now on (A1, D-1).

    It is a delegation of that key, for this round alone: it counts once it is taken on.

    :raises DelegationRefusedError: for anyone but the sponsor, once it is decided or the office
        changed hands, over a no of that side, for a person who may not (D-2), or for wrong days.
    :raises WeakProofError: when the proof is not as good as the sponsor's signature would ask (S2).
    """
    change_authority()
    recusal = _found(recusal_id)
    round_ = locked_round(recusal.round_id)
    seat = seat_holders(at).get(Side(recusal.side))
    still_held = seat is not None and seat.person_key == recusal.person_key
    by = seat.user if seat and still_held else recusal.by
    facts, reason = _facts_of(round_, by=by, to=to, last=last, at=at), clean_text(reason).strip()
    blockers = [
        *blockers_to_substitute(
            facts,
            sponsor=_naming(actor, round_, at),
            named=named_for(recusal, to, at),
            is_open=round_.is_in_review,
            still_held=still_held,
            reason=reason,
        )
    ]
    if blockers:
        raise DelegationRefusedError(*blockers)
    asked = asks_by_office(authority_of(actor, at).offices)
    refuse_weak(proof=proof, actor=actor, at=at, office_asks=asked)
    return enter_delegation(facts, by, to, reason=reason, at=at, recusal=recusal, named_by=actor)


def _naming(actor: User, round_: Round, at: datetime) -> Naming:
    """Return what bars whoever would name a substitute."""
    found = sponsor_facts(actor, round_, at)
    return Naming(
        is_sponsor=found.term_id is not None,
        signs_for=found.signs_for,
        has_recused=found.has_recused,
    )


def _facts_of(round_: Round, *, by: User, to: User, last: date, at: datetime) -> WritingFacts:
    """Return what must be known of a delegation for just that round, from now on."""
    scope = Scope(gates=frozenset({round_.gate}), initiatives=frozenset({round_.initiative_id}))
    starts_at, ends_at = period_of(home_day(at), last, at)
    return writing_facts(
        writer=by,
        to=to,
        scope=scope,
        starts_at=starts_at,
        ends_at=ends_at,
        at=at,
        round_id=round_.pk,
    )


def _seat_to_leave(round_: Round, reason: str, actor: User, at: datetime) -> Seat:
    """Return the key that the person holds, and may leave alone at this round.

    :raises RecusalRefusedError: with every reason why not.
    """
    key = actor.person_key
    seat = next((one for one in seat_holders(at).values() if one.user.pk == actor.pk), None)
    blockers = [
        *blockers_to_recuse(
            holds_key=seat is not None,
            state=round_.state,
            has_recused=str(key) in recused_of(round_),
            has_declined=seat is not None and has_declined(round_, seat.side),
            reason=reason,
        )
    ]
    if seat is None or blockers:
        raise RecusalRefusedError(*blockers)
    return seat


def _void_side(round_: Round, row: Recusal) -> None:
    """Void what was signed on this round for the side: by the holder, or in the holder's place."""
    void_signatures(
        signatures=[one for one in standing_signatures(round_) if one.side == row.side],
        cause=VoidCause.WITHDRAWN,
        caused_by=row,
        actor=row.by,
        at=row.recused_at,
        reason=row.sealed.text or "",
    )


def _found(recusal_id: int) -> Recusal:
    """Return a recusal with whose it is.

    :raises NotVisibleError: when there is none.
    """
    row = Recusal.objects.select_related("by", "round").filter(pk=recusal_id).first()
    if row is None:
        raise NotVisibleError
    return row
