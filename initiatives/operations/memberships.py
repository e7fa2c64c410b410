"""Who joins, leads and leaves. The two leads are signed, so a change of one may void."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from initiatives.choices import MemberRole
from initiatives.models import Initiative, Membership
from initiatives.queries.duplicates import likely_duplicates
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import part_of, side_to_write_for, sides_of
from initiatives.queries.visibility import readable_by
from initiatives.rules.memberships import SeatFacts, blockers_to_join, blockers_to_seat
from journal.acts import act, hold_authority, record
from journal.kinds import Kind
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError, RefusedError
from people.choices import Side
from people.models import User
from people.queries import authority_of
from people.rules import Authority

SIMILAR = 10


class MembershipRefusedError(RefusedError):
    """The person cannot have this part in the initiative."""


@dataclass(frozen=True)
class Seat:
    """A part that a person is to have."""

    initiative: Initiative
    user: User
    side: Side
    role: MemberRole


@act
def join(
    *,
    actor: User,
    initiative: Initiative,
    side: Side,
    role: MemberRole,
    at: datetime,
    name: str = "",
    problem: str = "",
    accepts_voids: Collection[int] = (),
) -> Membership:
    """Take part for a side: as a contributor, or as the lead where the seat is free.

    One may join what one reads whole, or what one's own proposal (`name`, `problem`) turned out
    to be a duplicate of. Seeing a name in a list is not enough: who takes part reads everything.

    :raises NotVisibleError: for anything else.
    :raises MembershipRefusedError: when the person or the seat is not free for it.
    """
    hold_authority()
    authority = authority_of(actor, at)
    reads_whole = readable_by(authority).filter(pk=initiative.pk).exists()
    if not reads_whole and not _is_duplicate(initiative, authority, name, problem):
        raise NotVisibleError
    seat = Seat(locked(initiative.pk), actor, Side(side), MemberRole(role))
    facts = replace(seat_facts(seat, authority), reads_whole=reads_whole)
    if blockers := [*blockers_to_join(facts)]:
        raise MembershipRefusedError(*blockers)
    return take_seat(seat=seat, actor=actor, at=at, accepts_voids=accepts_voids)


@act
def set_member(
    *,
    actor: User,
    initiative: Initiative,
    user: User,
    side: Side,
    role: MemberRole,
    at: datetime,
    accepts_voids: Collection[int] = (),
) -> Membership:
    """Give a person a part; a lead who is replaced stays as a contributor.

    A lead or an office settles its own side, and may name a counterpart while there is none.

    :raises NotVisibleError, ForbiddenError: when the actor does not lead that side.
    :raises MembershipRefusedError: when the person cannot have the part.
    """
    hold_authority()
    seat = Seat(locked(initiative.pk), user, Side(side), MemberRole(role))
    _judge_leading(seat, authority_of(actor, at))
    if blockers := [*blockers_to_seat(seat_facts(seat, authority_of(user, at)))]:
        raise MembershipRefusedError(*blockers)
    return take_seat(seat=seat, actor=actor, at=at, accepts_voids=accepts_voids)


@act
def end_membership(
    *, actor: User, membership: Membership, at: datetime, accepts_voids: Collection[int] = ()
) -> None:
    """End somebody's part: one's own, or anyone's on the side one leads.

    :raises NotVisibleError, ForbiddenError: when it is not the actor's to end.
    :raises MembershipRefusedError: when it is over already.
    """
    hold_authority()
    initiative = locked(membership.initiative_id)
    membership = initiative.memberships.get(pk=membership.pk)
    if membership.person_key != actor.person_key:
        own = Seat(initiative, membership.user, Side(membership.side), MemberRole.CONTRIBUTOR)
        _judge_leading(own, authority_of(actor, at))
    if membership.until is not None:
        raise MembershipRefusedError(Blocker("ended", "This part has ended already."))
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


@act
def take_seat(
    *, seat: Seat, actor: User, at: datetime, accepts_voids: Collection[int] = ()
) -> Membership:
    """Write a part that was found to be free: one's own last part ends, a lead makes room."""
    current = seat.initiative.memberships.current()
    was_lead = False
    for own in current.filter(person_key=seat.user.person_key):
        was_lead = own.is_lead
        own.end(at)
    if seat.role == MemberRole.LEAD:
        for lead in current.leads().filter(side=seat.side).select_related("user"):
            lead.end(at)
            _begin(replace(seat, user=lead.user, role=MemberRole.CONTRIBUTOR), at)
    membership = _begin(seat, at)
    record(
        Kind.MEMBER_JOINED,
        actor=actor,
        subject=membership,
        thread=seat.initiative,
        at=at,
        data=said_of_part(membership, signed=was_lead or membership.is_lead),
        accepts_voids=accepts_voids,
    )
    return membership


def _begin(seat: Seat, at: datetime) -> Membership:
    return Membership.objects.create(
        initiative=seat.initiative,
        user=seat.user,
        person_key=seat.user.person_key,
        side=seat.side,
        role=seat.role,
        since=at,
    )


def said_of_part(membership: Membership, *, signed: bool) -> dict[str, str | bool]:
    """Return what an entry names of a part, in the clear."""
    return {
        "person": str(membership.person_key),
        "side": membership.side,
        "role": membership.role,
        "signed": signed,
    }


def _is_duplicate(initiative: Initiative, authority: Authority, name: str, problem: str) -> bool:
    if authority.person_key is None or not name.strip():
        return False
    found = likely_duplicates(name=name, problem=problem, limit=SIMILAR)
    return any(one.id == initiative.pk for one in found)


def _judge_leading(seat: Seat, authority: Authority) -> None:
    """Let a side be settled by its lead and its office; a free lead also by the other lead."""
    part = part_of(seat.initiative, authority)
    if part.side is None:
        side_to_write_for(seat.initiative, authority, side=seat.side)
    is_own = part.side == seat.side
    is_counterpart = (
        seat.role == MemberRole.LEAD
        and not seat.initiative.memberships.leads().filter(side=seat.side).exists()
    )
    if not part.leads_side or not (is_own or is_counterpart):
        message = f"Only the lead or the office of {seat.side.label} settles who works for it."
        raise ForbiddenError(Blocker("not_lead", message))


def seat_facts(seat: Seat, authority: Authority) -> SeatFacts:
    """Collect what decides whether the person may have that part."""
    person = seat.user.person_key
    current = seat.initiative.memberships.current()
    return SeatFacts(
        side=seat.side,
        role=seat.role,
        is_over=seat.initiative.is_over,
        is_active=seat.user.is_active,
        only_reads=authority.is_sponsor or authority.is_auditor,
        key_side=authority.key_side,
        past_sides=sides_of(seat.initiative, person),
        has_same_part=current.filter(person_key=person, side=seat.side, role=seat.role).exists(),
        has_other_lead=current.leads().filter(side=seat.side).exclude(person_key=person).exists(),
    )
