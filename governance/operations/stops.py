"""Stopping: one key is enough, at once, with a reason. Going on is the gate `resume`."""

from datetime import datetime

from governance.models import Breach, Pause, Standstill
from governance.operations.ways import end_rounds
from governance.queries.stops import drill_of, may_note_standstill, may_pause
from governance.rules.refusing import blockers_to_pause
from governance.rules.rounds import RESUME
from governance.rules.stops import blockers_to_note_standstill
from initiatives.choices import Standing
from initiatives.models import Initiative
from initiatives.operations.stages import change_standing
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import part_of
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.refusals import RefusedError
from people.models import User
from people.queries import authority_of


class PauseRefusedError(RefusedError):
    """The initiative cannot be paused by this person, or not now."""


class StandstillRefusedError(RefusedError):
    """There is no pause to say this of, or it was said, or this is not the one to say it."""


@act(refusals=True)
def pause_initiative(
    *, initiative: Initiative, reason: str, actor: User, at: datetime, is_exercise: bool = False
) -> Pause:
    """Stop an initiative: nothing is signed and no gate passes until both keys resume it (K1).

    A drill stops it as a pause in earnest does, and says of itself that it is one. Nobody has to
    wait for its end: a stop in earnest takes its place.

    :raises PauseRefusedError: for others than the two offices and the sponsor.
    """
    hold_authority()
    initiative = locked(initiative.pk)
    authority, drill = authority_of(actor, at), drill_of(initiative)
    blockers = [
        *blockers_to_pause(
            may_pause=may_pause(authority),
            is_paused=initiative.is_paused and (is_exercise or drill is None),
            is_closed=initiative.is_over,
            reason=reason,
        )
    ]
    if blockers:
        raise PauseRefusedError(*blockers)
    pause = Pause(by=actor, sealed=seal(reason, person=actor), is_exercise=is_exercise or None)
    return _begin(pause, initiative=initiative, drill=drill, actor=actor, at=at)


@act
def pause_for_breach(*, initiative: Initiative, breach: Breach, actor: str, at: datetime) -> Pause:
    """Stop what both signed should stop (N2), during a drill too; the caller holds the row."""
    drill = drill_of(initiative)
    return _begin(Pause(breach=breach), initiative=initiative, drill=drill, actor=actor, at=at)


def _begin(
    pause: Pause, *, initiative: Initiative, drill: Pause | None, actor: User | str, at: datetime
) -> Pause:
    """Write the pause down. The drill that it replaces is over, and so is the way out of it."""
    pause.initiative, pause.replaces, pause.paused_at = initiative, drill, at
    pause.save()
    data: dict[str, object] = {"exercise": True} if pause.is_exercise else {}
    if drill is None:
        change_standing(initiative=initiative, standing=Standing.PAUSED, actor=actor, at=at)
    else:
        end_rounds(initiative=initiative, gates=[RESUME], actor=actor, at=at)
        data = {"drill": drill.pk}
    record(Kind.INITIATIVE_PAUSED, actor=actor, subject=pause, thread=initiative, at=at, data=data)
    return pause


@act(refusals=True)
def note_standstill(*, initiative: Initiative, actor: User, at: datetime) -> Standstill:
    """Say that everything stands still now: from then on it is known how long stopping took (K3).

    :raises StandstillRefusedError: for whoever works for neither side, without a pause, or twice.
    """
    initiative = locked(initiative.pk)
    authority = authority_of(actor, at)
    pause = Pause.objects.lasting().filter(initiative=initiative).last()
    blockers = [
        *blockers_to_note_standstill(
            may_note=may_note_standstill(part_of(initiative, authority), authority),
            is_paused=pause is not None,
            is_noted=Standstill.objects.filter(pause=pause).exists(),
        )
    ]
    if blockers or pause is None:
        raise StandstillRefusedError(*blockers)
    standstill = Standstill.objects.create(pause=pause, by=actor, stopped_at=at)
    record(Kind.STANDSTILL_NOTED, actor=actor, subject=standstill, thread=initiative, at=at)
    return standstill
