"""A point that is waived or does not apply: prepared here, and true once both have signed it."""

from collections.abc import Collection
from datetime import datetime

from governance.choices import Excuse
from governance.models import Proof
from governance.queries.rounds import may_drive
from governance.rules.waiving import Waiver, blockers_to_waive
from initiatives.models import Initiative
from initiatives.queries.days import home_day
from initiatives.queries.initiatives import locked
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.refusals import NotVisibleError, RefusedError
from people.models import User
from playbook.editions import current
from playbook.shapes import Criterion


class WaiverRefusedError(RefusedError):
    """The point cannot be waived, or not by this person, or something is missing."""


@act(refusals=True)
def waive_criterion(
    *,
    initiative: Initiative,
    criterion: str,
    waiver: Waiver,
    actor: User,
    at: datetime,
    accepts_voids: Collection[int] = (),
) -> Proof:
    """Put a waiver, or that a point does not apply, into what both will sign (C4).

    :raises WaiverRefusedError: for a hard stop, for others than leads and offices, without reason.
    """
    hold_authority()
    initiative = locked(initiative.pk)
    about = _criterion(criterion)
    blockers = [
        *blockers_to_waive(
            current().gate(about.gate),
            about,
            waiver,
            may_drive=may_drive(actor, initiative, at),
            is_over=initiative.is_over,
            today=home_day(at),
        )
    ]
    if blockers:
        raise WaiverRefusedError(*blockers)
    proof = _stored(initiative, about, waiver, actor=actor, at=at)
    record(
        Kind.CRITERION_WAIVED,
        actor=actor,
        subject=proof,
        thread=initiative,
        at=at,
        data={"criterion": about.key, "excuse": waiver.excuse, "gate": about.gate},
        accepts_voids=accepts_voids,
    )
    return proof


def _criterion(key: str) -> Criterion:
    try:
        return current().criterion(key)
    except KeyError:
        raise NotVisibleError from None


def _stored(
    initiative: Initiative, about: Criterion, waiver: Waiver, *, actor: User, at: datetime
) -> Proof:
    return Proof.objects.create(
        initiative=initiative,
        gate=about.gate,
        criterion=about.key,
        is_met=False,
        excuse=waiver.excuse,
        sealed=seal(waiver.reason, person=actor),
        by=actor,
        valid_until=waiver.until if waiver.excuse == Excuse.WAIVED else None,
        attested_at=at,
    )
