"""Ending what signatures stand on: voids, and rounds that go back."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from governance.choices import ReturnReason, RoundState, VoidCause
from governance.models import GateSide, Round, Signature, Void
from governance.queries.rounds import next_number
from journal.acts import Actor, act, record, seal
from journal.kinds import Kind
from journal.rows import reference
from people.models import User


@act
def void_signatures(
    *,
    signatures: Iterable[Signature],
    cause: VoidCause,
    caused_by: models.Model,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Void these signatures for good, and free their sides. The caller holds the round's lock."""
    by = actor if isinstance(actor, User) else None
    for signature in signatures:
        void = Void.objects.create(
            signature=signature,
            cause=cause,
            caused_by=reference(caused_by),
            by=by,
            sealed=seal(reason, person=by) if reason else None,
            voided_at=at,
        )
        GateSide.objects.filter(live_signature=signature).update(live_signature=None)
        record(
            Kind.SIGNATURE_VOIDED,
            actor=actor,
            subject=void,
            thread=signature.round.initiative,
            at=at,
            data={
                "round": signature.round_id,
                "signature": signature.pk,
                "side": signature.side,
                "cause": str(cause),
            },
        )


def standing_signatures(round_: Round) -> list[Signature]:
    """Return the signatures that hold a side of the round, technology's first."""
    return list(
        Signature.objects.filter(live_on__round=round_)
        .select_related("round__initiative")
        .order_by("-side")
    )


@act
def return_round(
    *,
    round_: Round,
    reason: ReturnReason,
    cause: VoidCause,
    caused_by: models.Model,
    actor: Actor,
    at: datetime,
) -> Round:
    """Void what was signed, close the round as returned, and begin the next one as a draft."""
    void_signatures(
        signatures=standing_signatures(round_), cause=cause, caused_by=caused_by, actor=actor, at=at
    )
    close_round(round_=round_, state=RoundState.RETURNED, reason=reason, at=at)
    record(
        Kind.ROUND_RETURNED,
        actor=actor,
        subject=round_,
        thread=round_.initiative,
        at=at,
        data={"gate": round_.gate, "n": round_.n, "reason": str(reason)},
    )
    return next_round(round_=round_, actor=actor, at=at)


def close_round(
    *, round_: Round, state: RoundState, at: datetime, reason: ReturnReason | str = ""
) -> None:
    """Write the final state of a round. The caller records what happened."""
    round_.state, round_.reason, round_.closed_at = state, reason, at
    round_.save(update_fields=["state", "reason", "closed_at"])


@act
def next_round(*, round_: Round, actor: Actor, at: datetime) -> Round:
    """Begin the round after `round_` as a draft: nothing signed in an older one is used again."""
    opener = actor if isinstance(actor, User) else round_.opened_by
    following = Round.objects.create(
        initiative=round_.initiative,
        gate=round_.gate,
        n=next_number(round_.initiative, round_.gate),
        edition=round_.edition,
        opened_at=at,
        opened_by=opener,
    )
    record(
        Kind.ROUND_OPENED,
        actor=actor,
        subject=following,
        thread=round_.initiative,
        at=at,
        data={"gate": following.gate, "n": following.n},
    )
    return following
