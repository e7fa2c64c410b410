"""Stopping: one key is enough, at once, with a reason. Going on is the gate `resume`."""

from datetime import datetime

from governance.models import Pause
from governance.rules.refusing import blockers_to_pause
from initiatives.choices import Standing
from initiatives.models import Initiative
from initiatives.operations.stages import change_standing
from initiatives.queries.initiatives import locked
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.refusals import RefusedError
from people.models import User
from people.queries import authority_of


class PauseRefusedError(RefusedError):
    """The initiative cannot be paused by this person, or not now."""


@act(refusals=True)
def pause_initiative(*, initiative: Initiative, reason: str, actor: User, at: datetime) -> Pause:
    """Stop an initiative: nothing is signed and no gate passes until both keys resume it (K1).

    :raises PauseRefusedError: for others than the two offices and the sponsor.
    """
    hold_authority()
    initiative = locked(initiative.pk)
    authority = authority_of(actor, at)
    blockers = [
        *blockers_to_pause(
            may_pause=authority.key_side is not None or authority.is_sponsor,
            is_paused=initiative.is_paused,
            is_closed=initiative.is_over,
            reason=reason,
        )
    ]
    if blockers:
        raise PauseRefusedError(*blockers)
    pause = Pause.objects.create(
        initiative=initiative, by=actor, sealed=seal(reason, person=actor), paused_at=at
    )
    change_standing(initiative=initiative, standing=Standing.PAUSED, actor=actor, at=at)
    record(Kind.INITIATIVE_PAUSED, actor=actor, subject=pause, thread=initiative, at=at)
    return pause
