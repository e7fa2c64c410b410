"""Leaving to the other side what belongs to both, and taking it back: said beside the content."""

from collections.abc import Callable, Iterator
from datetime import datetime

from initiatives.models import Deferral, Initiative
from initiatives.queries.deferrals import left_by
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.targets import Target, target_of
from initiatives.rules.deferrals import DeferralFacts, blockers_to_leave, blockers_to_take_back
from initiatives.rules.memberships import JOINT
from journal.acts import act, record
from journal.kinds import Kind
from kernel.refusals import Blocker, RefusedError
from people.models import User
from people.queries import authority_of
from playbook.editions import current


class DeferralRefusedError(RefusedError):
    """This cannot be left to the other side, or taken back."""


@act
def leave_call(
    *, actor: User, initiative: Initiative, at: datetime, slot: str = "", criterion: str = ""
) -> Deferral:
    """Leave a joint slot or criterion to the other side: its word counts there.

    :raises NotVisibleError, ForbiddenError: for whoever works for neither side here.
    :raises DeferralRefusedError: for what belongs to one side, or was left already.
    """
    target = target_of(current(), slot=slot, criterion=criterion)
    return _say(target, initiative, actor, at, is_left=True, judge=blockers_to_leave)


@act
def take_back_call(
    *, actor: User, initiative: Initiative, at: datetime, slot: str = "", criterion: str = ""
) -> Deferral:
    """Make it both sides' again.

    :raises NotVisibleError, ForbiddenError: for whoever works for neither side here.
    :raises DeferralRefusedError: when one's own side has not left it.
    """
    target = target_of(current(), slot=slot, criterion=criterion)
    return _say(target, initiative, actor, at, is_left=False, judge=blockers_to_take_back)


def _say(
    target: Target,
    initiative: Initiative,
    actor: User,
    at: datetime,
    *,
    is_left: bool,
    judge: Callable[[DeferralFacts], Iterator[Blocker]],
) -> Deferral:
    initiative = locked(initiative.pk)
    side = side_to_write_for(initiative, authority_of(actor, at), side=JOINT)
    facts = DeferralFacts(
        owner=target.side,
        side=side,
        left_by=left_by(initiative, slot=target.slot, criterion=target.criterion),
        is_over=initiative.is_over,
    )
    if blockers := [*judge(facts)]:
        raise DeferralRefusedError(*blockers)
    row = Deferral.objects.create(
        initiative=initiative,
        slot=target.slot,
        criterion=target.criterion,
        side=side,
        is_left=is_left,
        said_by=actor,
        said_key=actor.person_key,
        said_at=at,
    )
    record(
        Kind.CALL_LEFT if is_left else Kind.CALL_TAKEN_BACK,
        actor=actor,
        subject=row,
        thread=initiative,
        at=at,
        data={"slot": target.slot, "criterion": target.criterion, "side": side},
    )
    return row
