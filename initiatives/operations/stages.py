"""The way between the stages, taken only inside the act of a gate."""

from datetime import date, datetime

from initiatives.choices import ENDED, Stage, Standing
from initiatives.models import Initiative, StageAdvance, StageReturn
from initiatives.operations.facts import set_launch
from journal.acts import act, record
from journal.kinds import Kind
from kernel.refusals import Blocker, RefusedError
from people.models import User

# As what was declined for good goes on where the decline is contested: as it stood before.
UNDER_WAY = (Standing.ACTIVE, Standing.PAUSED)


class StageRefusedError(RefusedError):
    """The initiative does not stand where this gate is."""


@act
def advance_stage(
    *,
    initiative: Initiative,
    gate: int,
    actor: User,
    at: datetime,
    launch_on: date | None = None,
) -> StageAdvance:
    """Move the initiative through a passed gate; the caller holds its row and has judged.

    :raises StageRefusedError: when the initiative is in another stage, or does not go on.
    """
    if gate != initiative.stage or gate == Stage.MEASUREMENT:
        raise StageRefusedError(
            Blocker("wrong_stage", f"{initiative.code} does not stand before gate {gate}.")
        )
    if initiative.standing != Standing.ACTIVE:
        raise StageRefusedError(Blocker("not_active", f"{initiative.code} is not under way."))
    advance = StageAdvance.objects.create(
        initiative=initiative,
        gate=gate,
        from_stage=gate,
        to_stage=gate + 1,
        after=initiative.returns.order_by("pk").last(),
        at=at,
    )
    initiative.stage = gate + 1
    initiative.stage_since = at
    initiative.keep("stage", "stage_since")
    record(
        Kind.STAGE_ADVANCED,
        actor=actor,
        subject=advance,
        thread=initiative,
        at=at,
        data={"gate": gate, "to": gate + 1},
    )
    if launch_on is not None:
        set_launch(initiative=initiative, launch_on=launch_on, actor=actor, at=at)
    return advance


@act
def return_stage(
    *, initiative: Initiative, to_stage: int, actor: User, at: datetime
) -> StageReturn:
    """Send the initiative back to an earlier stage; the caller holds its row and has judged.

    :raises StageRefusedError: when it has not come further than that stage.
    """
    if not 1 <= to_stage < initiative.stage:
        raise StageRefusedError(
            Blocker("wrong_stage", f"{initiative.code} has not come further than stage {to_stage}.")
        )
    back = StageReturn.objects.create(
        initiative=initiative, from_stage=initiative.stage, to_stage=to_stage, at=at
    )
    initiative.stage = to_stage
    initiative.stage_since = at
    initiative.keep("stage", "stage_since")
    record(
        Kind.STAGE_RETURNED,
        actor=actor,
        subject=back,
        thread=initiative,
        at=at,
        data={"from": back.from_stage, "to": to_stage},
    )
    return back


@act
def change_standing(
    *, initiative: Initiative, standing: Standing, actor: User | str, at: datetime
) -> Initiative:
    """Pause, resume, close or decline; the caller holds the row and has judged.

    What was declined goes on only when the decline is contested; what is closed never does.

    :raises StageRefusedError: when it stands so already, or has ended.
    """
    standing = Standing(standing)
    before = Standing(initiative.standing)
    is_contested = before == Standing.DECLINED and standing in UNDER_WAY
    if before in ENDED and not is_contested:
        raise StageRefusedError(Blocker("over", f"{initiative.code} is closed."))
    if before == standing:
        raise StageRefusedError(
            Blocker("same", f"{initiative.code} is {standing.label.lower()} already.")
        )
    initiative.standing = standing
    initiative.standing_since = at
    initiative.keep("standing", "standing_since")
    record(
        Kind.INITIATIVE_CLOSED if standing in ENDED else Kind.INITIATIVE_CHANGED,
        actor=actor,
        subject=initiative,
        thread=initiative,
        at=at,
        data={"changed": {"standing": [before.value, standing.value]}, "signed": False},
    )
    return initiative
