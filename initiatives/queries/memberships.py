"""Who works on an initiative, and as what."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from initiatives.choices import MemberRole
from initiatives.models import Initiative, Membership
from initiatives.rules.memberships import JOINT, Part, PartFacts, part_from
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.choices import Side
from people.models import User
from people.queries import seat_holders
from people.rules import Authority


def members_of(initiative: Initiative) -> list[Membership]:
    """Return everyone who takes part now, leads first, with the people behind them."""
    members = initiative.memberships.current().select_related("user")
    return sorted(members, key=lambda one: (one.role != MemberRole.LEAD, one.since, one.pk))


def pair_of(initiative: Initiative) -> dict[Side, Membership]:
    """Return the accountable pair: the lead of each side that has one."""
    return leads_among(initiative.memberships.leads().select_related("user"))


def speakers_of(initiative: Initiative, side: Side, at: datetime) -> list[User]:
    """Return who speaks for a side: its lead, or whoever holds its key where no lead is here."""
    leads = initiative.memberships.leads_here().filter(side=side).select_related("user")
    if lead := leads.first():
        return [lead.user]
    return [seat.user for seat in seat_holders(at).values() if seat.side == side]


def leads_among(members: Iterable[Membership]) -> dict[Side, Membership]:
    """Return the lead of each side among the members given."""
    return {Side(one.side): one for one in members if one.role == MemberRole.LEAD}


def part_of(initiative: Initiative, authority: Authority) -> Part:
    """Return what the person is in this initiative now."""
    return part_among(initiative.memberships.current().of_person(authority.person_key), authority)


def part_among(members: Iterable[Membership], authority: Authority) -> Part:
    """Return what the person is among the members given."""
    own = next((one for one in members if one.person_key == authority.person_key), None)
    return part_from(
        PartFacts(
            member_side=Side(own.side) if own else None,
            role=MemberRole(own.role) if own else None,
            key_side=authority.key_side,
            only_reads=only_reads(authority),
        )
    )


def only_reads(authority: Authority) -> bool:
    """Tell whether an office keeps the person from working for a side."""
    return authority.person_key is None or authority.is_sponsor or authority.is_auditor


def reads_early(authority: Authority) -> bool:
    """Tell whether the person reads what others think before there is a proposal.

    Offices do, and whoever works on an initiative; everybody else reads what is their own.
    """
    if authority.reads_everything:
        return True
    key = authority.person_key
    return key is not None and Membership.objects.current().of_person(key).exists()


def may_import(authority: Authority) -> bool:
    """Tell whether the person may bring in a list: administrators, and who signs for a side."""
    keeps = authority.is_administrator or authority.key_side is not None
    return keeps and not only_reads(authority)


def sides_of(initiative: Initiative, person_key: UUID) -> frozenset[Side]:
    """Return every side the person was ever on in this initiative."""
    sides = initiative.memberships.filter(person_key=person_key).values_list("side", flat=True)
    return frozenset(Side(side) for side in sides)


def side_to_write_for(initiative: Initiative, authority: Authority, *, side: str) -> Side:
    """Return the side the person speaks for, when that lets them write for `side` (or joint).

    :raises NotVisibleError: when the initiative is not theirs to see.
    :raises ForbiddenError: when they may read it, but not write this.
    """
    part = part_of(initiative, authority)
    if part.side is not None and part.may_edit(side):
        return part.side
    reads_it = authority.reads_everything or part.conflicted or is_to_sign(initiative, authority)
    if part.side is None and not reads_it:
        raise NotVisibleError
    raise ForbiddenError(_why_not(part, side))


def is_to_sign(initiative: Initiative, authority: Authority) -> bool:
    """Tell whether the person may have to sign it in somebody's place, and so reads it."""
    return any(
        (not one.initiatives or initiative.pk in one.initiatives)
        and (not one.risks or initiative.risk_tier in one.risks)
        for one in authority.warrants
    )


def side_to_lead_for(initiative: Initiative, authority: Authority) -> Side:
    """Return the side the person settles things for here: as its lead, or by holding its key.

    :raises NotVisibleError, ForbiddenError: for everybody else.
    """
    side = side_to_write_for(initiative, authority, side=JOINT)
    if not part_of(initiative, authority).leads_side:
        raise ForbiddenError(
            Blocker("not_lead", f"The lead of {side.label} does this, or whoever holds its key.")
        )
    return side


def side_of_key(initiative: Initiative, authority: Authority) -> Side:
    """Return the side whose key the person holds, where that counts in this initiative.

    :raises NotVisibleError, ForbiddenError: for everybody else.
    """
    side = side_to_write_for(initiative, authority, side=JOINT)
    if authority.key_side is None:
        raise ForbiddenError(Blocker("no_key", "Only the CIO or the CHRO does this."))
    return side


def _why_not(part: Part, side: str) -> Blocker:
    if part.conflicted:
        return Blocker(
            "conflicted",
            "You signed up for one side here and hold the other side's office. Neither counts"
            " until you leave one of them.",
        )
    whose = "one of the two sides" if side == JOINT else Side(side).label
    return Blocker("other_side", f"Only {whose} writes here. Ask its lead to do it.")


def get_membership(initiative: Initiative, membership_id: int) -> Membership:
    """Return one part in this initiative that has not ended, with its person.

    :raises NotVisibleError: when there is none.
    """
    rows = initiative.memberships.current().select_related("user")
    found = rows.filter(pk=membership_id).first()
    if found is None:
        raise NotVisibleError
    return found
