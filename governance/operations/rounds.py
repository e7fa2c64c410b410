"""A round's way until it is signed: opened, sent for signature, taken back, expired."""

from datetime import datetime

from governance.choices import REVIEW_STATES, RoundState, VoidCause
from governance.models import GateSide, Round, Snapshot, Terms
from governance.operations.locking import locked_round
from governance.operations.voids import close_round, standing_signatures, void_signatures
from governance.queries.escalations import stale_candidates
from governance.queries.rounds import (
    may_drive,
    next_number,
    opening_facts,
    submission_facts,
)
from governance.queries.snapshots import snapshot_body
from governance.queries.standing import signing_facts
from governance.rules.deadlines import expires_at
from governance.rules.rounds import (
    blockers_to_open,
    blockers_to_submit,
    blockers_to_withdraw,
)
from governance.rules.terms import terms_body
from initiatives.models import Initiative
from initiatives.queries.initiatives import locked
from journal.acts import act, hold_authority, record
from journal.kinds import Kind
from kernel.canonical import digest
from kernel.refusals import Blocker, RefusedError
from kernel.turns import each_in_turn
from people.choices import Side
from people.models import User
from playbook.editions import current_digest


class RoundRefusedError(RefusedError):
    """The round may not be opened, sent, or taken back now."""


@act(refusals=True)
def open_round(*, initiative: Initiative, gate: str, actor: User, at: datetime) -> Round:
    """Begin an attempt at a gate (T1).

    :raises RoundRefusedError: when the stage, a pause, an open round or a passage forbids it.
    """
    hold_authority()
    initiative = locked(initiative.pk)
    may_open = may_drive(actor, initiative, at)
    facts = opening_facts(initiative, gate, may_open=may_open, at=at)
    if blockers := [*blockers_to_open(facts)]:
        raise RoundRefusedError(*blockers)
    round_ = Round.objects.create(
        initiative=initiative,
        gate=gate,
        n=next_number(initiative, gate),
        edition=current_digest(),
        opened_at=at,
        opened_by=actor,
    )
    record(
        Kind.ROUND_OPENED,
        actor=actor,
        subject=round_,
        thread=initiative,
        at=at,
        data={"gate": gate, "n": round_.n},
    )
    return round_


@act(refusals=True)
def submit_round(*, round_id: int, actor: User, at: datetime, verdict: str = "") -> Round:
    """Freeze the content and ask both sides for their signature (T3).

    `verdict` is what the submitter proposes at gate 4; it stands in the first terms.

    :raises RoundRefusedError: with every reason why it cannot be sent.
    """
    round_ = locked_round(round_id)
    if blockers := [*blockers_to_submit(submission_facts(round_, actor, verdict, at))]:
        raise RoundRefusedError(*blockers)
    body = snapshot_body(round_, at)
    snapshot = Snapshot.objects.create(round=round_, body=body, digest=digest(body), frozen_at=at)
    offer = terms_body([], verdict=verdict)
    Terms.objects.create(
        round=round_, n=1, body=offer, digest=digest(offer), offered_by=actor, offered_at=at
    )
    GateSide.objects.bulk_create(GateSide(round=round_, side=side) for side in Side)
    round_.state, round_.submitted_at, round_.submitted_by = RoundState.IN_REVIEW, at, actor
    round_.expires_at = expires_at(at)
    round_.save(update_fields=["state", "submitted_at", "submitted_by", "expires_at"])
    record(
        Kind.ROUND_SUBMITTED,
        actor=actor,
        subject=round_,
        thread=round_.initiative,
        at=at,
        data={"gate": round_.gate, "n": round_.n, "snapshot": snapshot.digest},
    )
    return round_


@act(refusals=True)
def withdraw_round(*, round_id: int, actor: User, at: datetime, reason: str = "") -> Round:
    """Take a round back before it is decided (T14).

    :raises RoundRefusedError: for others than submitter and leads, or once it is decided.
    """
    round_ = locked_round(round_id)
    may_withdraw = round_.submitted_by_id == actor.pk or may_drive(actor, round_.initiative, at)
    if blockers := [*blockers_to_withdraw(state=round_.state, may_withdraw=may_withdraw)]:
        raise RoundRefusedError(*blockers)
    _close(round_, RoundState.WITHDRAWN, actor, at)
    record(
        Kind.ROUND_WITHDRAWN,
        actor=actor,
        subject=round_,
        thread=round_.initiative,
        at=at,
        data={"gate": round_.gate, "n": round_.n},
        private={"reason": reason} if reason else None,
    )
    return round_


def expire_rounds(*, at: datetime) -> int:
    """Close every round in review whose 30 days are over, and return how many (T13)."""
    due = Round.objects.filter(state__in=REVIEW_STATES, expires_at__lte=at).order_by("pk")
    return each_in_turn(
        lambda pk: expire_round(round_id=pk, at=at), due.values_list("pk", flat=True)
    )


def expire_stale_rounds(*, at: datetime) -> int:
    """Close every round in review that rests on evidence out of date; return how many (T13)."""
    return each_in_turn(lambda pk: expire_round(round_id=pk, at=at), stale_candidates(at))


def expire_round(*, round_id: int, at: datetime) -> bool:
    """Close one round if its time is over, or its evidence out of date: it fails closed.

    Read again under the lock, since a signature may have come first.
    """
    try:
        _expire(round_id=round_id, at=at)
    except RoundRefusedError:
        return False
    return True


@act
def _expire(*, round_id: int, at: datetime) -> None:
    round_ = locked_round(round_id)
    is_over = round_.expires_at is not None and round_.expires_at <= at
    if not round_.is_in_review or not (is_over or signing_facts(round_, at).stale):
        raise RoundRefusedError(Blocker("state", "This round has moved on."))
    _close(round_, RoundState.EXPIRED, "clock", at)
    record(
        Kind.ROUND_EXPIRED,
        actor="clock",
        subject=round_,
        thread=round_.initiative,
        at=at,
        data={"gate": round_.gate, "n": round_.n, **({} if is_over else {"cause": "stale"})},
    )


def _close(round_: Round, state: RoundState, actor: User | str, at: datetime) -> None:
    void_signatures(
        signatures=standing_signatures(round_),
        cause=VoidCause.ROUND_CLOSED,
        caused_by=round_,
        actor=actor,
        at=at,
    )
    close_round(round_=round_, state=state, at=at)
