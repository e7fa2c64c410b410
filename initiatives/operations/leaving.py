"""Somebody leaves: each part they have in an initiative goes to somebody else, or ends."""

from collections.abc import Collection
from datetime import datetime

from initiatives.choices import MemberRole
from initiatives.models import Membership
from initiatives.operations.memberships import (
    MembershipRefusedError,
    Seat,
    said_of_part,
    seat_facts,
    take_seat,
)
from initiatives.queries.initiatives import locked
from initiatives.rules.memberships import blockers_to_seat
from journal.acts import act, hold_authority, record
from journal.kinds import Kind
from kernel.refusals import Blocker
from people.choices import Side
from people.models import User
from people.queries import authority_of


@act
def pass_part_on(
    *,
    actor: User,
    membership: Membership,
    to: User | None,
    at: datetime,
    accepts_voids: Collection[int] = (),
) -> None:
    """Let `to` have the part that somebody leaves behind; nobody has it when that is None.

    Part of a hand-over, whose act judges who may do it. A lead stays a lead.

    :raises MembershipRefusedError: when the part is over, or the person cannot have it.
    """
    hold_authority()
    initiative = locked(membership.initiative_id)
    membership = initiative.memberships.select_related("user").get(pk=membership.pk)
    if membership.until is not None:
        raise MembershipRefusedError(Blocker("ended", "This part has ended already."))
    seat = Seat(
        initiative, to or membership.user, Side(membership.side), MemberRole(membership.role)
    )
    if to is not None:
        facts = seat_facts(seat, authority_of(to, at))
        if blockers := [*blockers_to_seat(facts)]:
            raise MembershipRefusedError(*blockers)
    membership.end(at)
    record(
        Kind.MEMBER_LEFT,
        actor=actor,
        subject=membership,
        thread=initiative,
        at=at,
        data=said_of_part(membership, signed=membership.is_lead),
        accepts_voids=accepts_voids,
    )
    if to is not None:
        take_seat(seat=seat, actor=actor, at=at, accepts_voids=accepts_voids)
