import pytest

from initiatives.choices import MemberRole
from initiatives.rules.memberships import (
    OUTSIDE,
    Part,
    PartFacts,
    SeatFacts,
    blockers_to_join,
    blockers_to_seat,
    part_from,
)
from people.choices import Side

T, P = Side.TECHNOLOGY, Side.PEOPLE
LEAD, CONTRIBUTOR = MemberRole.LEAD, MemberRole.CONTRIBUTOR


@pytest.mark.parametrize(
    ("facts", "side", "conflicted", "leads"),
    [
        (PartFacts(), None, False, False),
        (PartFacts(T, LEAD), T, False, True),
        (PartFacts(T, CONTRIBUTOR), T, False, False),
        (PartFacts(key_side=P), P, False, True),
        (PartFacts(P, CONTRIBUTOR, P), P, False, True),
        (PartFacts(T, LEAD, P), None, True, False),
        (PartFacts(T, LEAD, only_reads=True), None, False, False),
        (PartFacts(key_side=T, only_reads=True), None, False, False),
    ],
)
def test_membership_and_office_amount_to_one_part(facts, side, conflicted, leads):
    part = part_from(facts)

    assert (part.side, part.conflicted, part.leads_side) == (side, conflicted, leads)


@pytest.mark.parametrize(
    ("part", "side", "may"),
    [
        (Part(T), "technology", True),
        (Part(T), "people", False),
        (Part(T), "joint", True),
        (OUTSIDE, "joint", False),
        (Part(conflicted=True), "joint", False),
    ],
)
def test_a_side_writes_its_own_and_what_is_joint(part, side, may):
    assert part.may_edit(side) is may


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({}, []),
        ({"is_over": True}, ["over"]),
        ({"is_active": False}, ["inactive"]),
        ({"only_reads": True}, ["only_reads"]),
        ({"key_side": T}, []),
        ({"key_side": P}, ["other_key"]),
        ({"past_sides": [T]}, []),
        ({"past_sides": [P]}, ["other_side"]),
        ({"has_same_part": True}, ["has_part"]),
    ],
)
def test_who_may_have_a_part(more, codes):
    facts = SeatFacts(T, CONTRIBUTOR, **more)

    assert [one.code for one in blockers_to_seat(facts)] == codes


@pytest.mark.parametrize(
    ("role", "taken", "codes"),
    [(LEAD, True, ["lead_taken"]), (LEAD, False, []), (CONTRIBUTOR, True, [])],
)
def test_a_lead_is_not_taken_over_by_joining(role, taken, codes):
    facts = SeatFacts(T, role, has_other_lead=taken)

    assert [one.code for one in blockers_to_join(facts)] == codes
