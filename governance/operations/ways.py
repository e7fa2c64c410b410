"""Taking a way out of a pause: back to an earlier stage, or to an end. History stays as it is."""

from collections.abc import Collection
from datetime import datetime

from governance.choices import OPEN_STATES, STAGE_OF_WAY, RoundState, VoidCause, Way
from governance.models import Commitment, Lapse, Passage, Rollback, Round, Ruling, Supersession
from governance.operations.locking import locked_round
from governance.operations.voids import close_round, standing_signatures, void_signatures
from governance.rules.rounds import GATES, RESUME
from initiatives.choices import Standing
from initiatives.models import Initiative
from initiatives.operations.stages import change_standing, return_stage
from journal.acts import Actor, act, record
from journal.kinds import Kind
from people.models import User

ALL_GATES = (*GATES, RESUME)


@act
def take_way(
    *,
    initiative: Initiative,
    way: Way,
    cause: Passage | Ruling,
    actor: User,
    at: datetime,
) -> None:
    """Go back or close, as both signed or the sponsor decided; the caller holds the row."""
    passage = cause if isinstance(cause, Passage) else None
    if way in STAGE_OF_WAY:
        end_rounds(initiative=initiative, actor=actor, at=at)
        _roll_back(cause, initiative=initiative, stage=STAGE_OF_WAY[way], actor=actor, at=at)
    else:
        close_initiative(
            initiative=initiative, standing=Standing(way), actor=actor, at=at, by=passage
        )


@act
def close_initiative(
    *,
    initiative: Initiative,
    standing: Standing,
    actor: User,
    at: datetime,
    by: Passage | None = None,
) -> None:
    """Close it: open rounds end, and nobody owes what earlier gates asked for.

    What was agreed in the passage that closes it (`by`) is still owed.
    """
    end_rounds(initiative=initiative, actor=actor, at=at)
    owed = Commitment.objects.owed().filter(passage__round__initiative=initiative)
    for commitment in owed.exclude(passage=by).order_by("pk"):
        Lapse.objects.create(commitment=commitment, lapsed_at=at)
    change_standing(initiative=initiative, standing=standing, actor=actor, at=at)


@act
def end_rounds(
    *, initiative: Initiative, actor: Actor, at: datetime, gates: Collection[str] = ALL_GATES
) -> None:
    """Take back every round of these gates that is open; what was signed on it counts no longer."""
    rounds = Round.objects.filter(initiative=initiative, gate__in=gates, state__in=OPEN_STATES)
    for pk in rounds.order_by("pk").values_list("pk", flat=True):
        round_ = locked_round(pk)
        void_signatures(
            signatures=standing_signatures(round_),
            cause=VoidCause.ROUND_CLOSED,
            caused_by=round_,
            actor=actor,
            at=at,
        )
        close_round(round_=round_, state=RoundState.WITHDRAWN, at=at)
        record(
            Kind.ROUND_WITHDRAWN,
            actor=actor,
            subject=round_,
            thread=initiative,
            at=at,
            data={"gate": round_.gate, "n": round_.n},
        )


def _roll_back(
    cause: Passage | Ruling, *, initiative: Initiative, stage: int, actor: User, at: datetime
) -> None:
    """Go back to `stage`: what gates from there on decided is superseded by new rows (K3)."""
    change_standing(initiative=initiative, standing=Standing.ACTIVE, actor=actor, at=at)
    return_stage(initiative=initiative, to_stage=stage, actor=actor, at=at)
    rollback = Rollback.objects.create(
        initiative=initiative,
        to_stage=stage,
        passage=cause if isinstance(cause, Passage) else None,
        ruling=cause if isinstance(cause, Ruling) else None,
        rolled_back_at=at,
    )
    past = Passage.objects.filter(
        round__initiative=initiative, round__gate__in=GATES[stage - 1 :], supersession=None
    )
    passages = [*past.order_by("pk")]
    for passage in passages:
        Supersession.objects.create(passage=passage, rollback=rollback)
    owed = Commitment.objects.owed().filter(passage__in=passages).order_by("pk")
    lapsed = [Lapse.objects.create(commitment=one, lapsed_at=at) for one in owed]
    record(
        Kind.INITIATIVE_ROLLED_BACK,
        actor=actor,
        subject=rollback,
        thread=initiative,
        at=at,
        data={
            "to": stage,
            "passages": [one.pk for one in passages],
            "commitments": [one.commitment_id for one in lapsed],
        },
    )
