"""A person's word that a criterion is met, given for their side."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from governance.models import Proof
from governance.rules.attesting import blockers_to_attest
from initiatives.models import Initiative
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import part_of
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.refusals import NotVisibleError, RefusedError
from people.models import User
from people.queries import authority_of
from playbook.editions import current


class AttestationRefusedError(RefusedError):
    """The word cannot be given: not this person's, or something is missing."""


@act(refusals=True)
def attest(
    *,
    initiative: Initiative,
    criterion: str,
    is_met: bool,
    note: str,
    actor: User,
    at: datetime,
    value: Decimal | None = None,
    valid_until: date | None = None,
    accepts_voids: Collection[int] = (),
) -> Proof:
    """State whether a criterion is met; the latest word counts (C2).

    :raises AttestationRefusedError: for the other side, or a criterion proved otherwise.
    """
    initiative = locked(initiative.pk)
    playbook = current()
    found = next((one for one in playbook.criteria if one.key == criterion), None)
    if found is None:
        raise NotVisibleError
    part = part_of(initiative, authority_of(actor, at))
    blockers = [
        *blockers_to_attest(
            found,
            side=part.side,
            is_met=is_met,
            value=value,
            note=note,
            today=at.date(),
            valid_until=valid_until,
            is_over=initiative.is_over,
        )
    ]
    if blockers:
        raise AttestationRefusedError(*blockers)
    proof = Proof.objects.create(
        initiative=initiative,
        gate=found.gate,
        criterion=criterion,
        is_met=is_met,
        value=value,
        sealed=seal(note, person=actor),
        by=actor,
        valid_until=valid_until,
        attested_at=at,
    )
    record(
        Kind.CRITERION_ATTESTED,
        actor=actor,
        subject=proof,
        thread=initiative,
        at=at,
        data={"criterion": criterion, "met": is_met, "side": str(part.side), "signed": True},
        accepts_voids=accepts_voids,
    )
    return proof
