"""Joining, leading, leaving: nobody on both sides, one lead a side, the pair is signed."""

import pytest
from django.db import IntegrityError, transaction

from initiatives.choices import MemberRole, Standing
from initiatives.models import Membership
from initiatives.operations.initiatives import propose
from initiatives.operations.memberships import (
    MembershipRefusedError,
    end_membership,
    join,
    set_member,
)
from initiatives.operations.stages import change_standing
from initiatives.queries.memberships import members_of, pair_of
from journal.kinds import Kind
from journal.models import Entry
from journal.subscriptions import _within, within
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from people.operations.persons import add_person, deactivate_person
from tests.cast import ZONE
from tests.initiatives.conftest import PROPOSAL
from tests.kept import kept

LEAD, CONTRIBUTOR = MemberRole.LEAD, MemberRole.CONTRIBUTOR


@pytest.fixture
def said():
    """What was told inside the transaction of each joining and leaving."""
    heard = []

    @within(Kind.MEMBER_JOINED, Kind.MEMBER_LEFT)
    def hear(happening):
        heard.append(happening)

    yield heard
    for kind in (Kind.MEMBER_JOINED, Kind.MEMBER_LEFT):
        _within[kind].remove(hear)


@kept
def alone(cast, noon):
    """An initiative that Petra leads for People, with nobody for Technology yet."""
    return propose(actor=cast.petra, side=Side.PEOPLE, at=noon, **PROPOSAL)


def part(user, side, role, initiative, at, **more):
    return {"initiative": initiative, "side": side, "role": role, "at": at, **more}


def test_an_officer_joins_what_it_finds_as_the_free_lead(alone, cast, noon, said):
    join(actor=cast.ivo, **part(cast.ivo, Side.TECHNOLOGY, LEAD, alone, noon))

    assert pair_of(alone)[Side.TECHNOLOGY].user == cast.ivo
    assert said[0].data["signed"] is True


def test_a_contributor_is_not_signed(alone, cast, noon, said):
    join(
        actor=cast.max,
        **part(cast.max, Side.TECHNOLOGY, CONTRIBUTOR, alone, noon, **_proposal()),
        accepts_voids=[3],
    )

    assert [(one.data["signed"], one.accepts_voids) for one in said] == [(False, [3])]


def _proposal():
    return {"name": PROPOSAL["name"], "problem": PROPOSAL["problem"]}


def test_an_employee_joins_only_what_the_own_proposal_is_like(alone, cast, noon):
    with pytest.raises(NotVisibleError):
        join(actor=cast.erin, **part(cast.erin, Side.TECHNOLOGY, CONTRIBUTOR, alone, noon))
    with pytest.raises(NotVisibleError):
        join(
            actor=cast.erin,
            **part(cast.erin, Side.TECHNOLOGY, CONTRIBUTOR, alone, noon, name="Cafeteria menu"),
        )

    join(
        actor=cast.erin,
        **part(cast.erin, Side.TECHNOLOGY, CONTRIBUTOR, alone, noon, **_proposal()),
    )

    assert cast.erin in [one.user for one in members_of(alone)]


def test_a_side_with_a_lead_is_joined_by_the_word_of_the_lead(alone, cast, noon):
    asking = part(cast.erin, Side.PEOPLE, CONTRIBUTOR, alone, noon, **_proposal())
    lead = pair_of(alone)[Side.PEOPLE].user

    with pytest.raises(MembershipRefusedError) as refused:
        join(actor=cast.erin, **asking)
    assert refused.value.codes == ("ask_lead",)
    assert cast.erin not in [one.user for one in members_of(alone)]

    set_member(
        actor=lead, initiative=alone, user=cast.erin, side=Side.PEOPLE, role=CONTRIBUTOR, at=noon
    )
    assert cast.erin in [one.user for one in members_of(alone)]


def test_seeing_a_name_in_a_list_is_not_enough_to_join(helper, cast, noon, reach):
    elsewhere = {**PROPOSAL, "name": "Invoice coding", "problem": "Invoices wait for a code."}
    propose(actor=cast.otto, side=Side.PEOPLE, at=noon, **elsewhere)
    reach(4)

    for reader in (cast.otto, cast.erin):
        with pytest.raises(NotVisibleError):
            join(actor=reader, **part(reader, Side.PEOPLE, CONTRIBUTOR, helper, noon))


def test_a_taken_lead_is_not_taken_over_by_joining(helper, cast, noon):
    with pytest.raises(MembershipRefusedError) as refused:
        join(actor=cast.ivo, **part(cast.ivo, Side.TECHNOLOGY, LEAD, helper, noon))

    assert refused.value.codes == ("lead_taken",)


def test_nobody_works_for_both_sides_not_even_one_after_the_other(helper, cast, noon):
    own = members_of(helper)[0]
    end_membership(actor=own.user, membership=own, at=noon)
    other = Side.TECHNOLOGY if own.side == Side.PEOPLE else Side.PEOPLE

    with pytest.raises(MembershipRefusedError) as refused:
        join(actor=own.user, **part(own.user, other, CONTRIBUTOR, helper, noon, **_proposal()))

    assert "other_side" in refused.value.codes


def test_a_second_login_of_one_person_is_the_same_person(helper, cast, noon):
    twin = add_person(
        actor=cast.ada,
        email="petra2@example.com",
        name="Petra Novak",
        title="",
        zone=ZONE,
        at=noon,
        person_key=cast.petra.person_key,
    )

    with pytest.raises(MembershipRefusedError) as refused:
        join(actor=twin, **part(twin, Side.TECHNOLOGY, CONTRIBUTOR, helper, noon))

    assert refused.value.codes == ("other_side",)


@pytest.mark.parametrize("until", ["now", None])
def test_the_database_itself_keeps_a_person_on_one_side(helper, cast, noon, until):
    Membership.objects.filter(user=cast.petra).update(until=noon if until else None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            initiative=helper,
            user=cast.petra,
            person_key=cast.petra.person_key,
            side=Side.TECHNOLOGY,
            role=CONTRIBUTOR,
            since=noon,
        )


def test_the_database_itself_keeps_one_lead_a_side(helper, cast, noon):
    with pytest.raises(IntegrityError, match="one_lead_a_side"), transaction.atomic():
        Membership.objects.create(
            initiative=helper,
            user=cast.max,
            person_key=cast.max.person_key,
            side=Side.PEOPLE,
            role=LEAD,
            since=noon,
        )


def test_both_leads_may_be_of_the_same_side_in_different_initiatives(helper, cast, noon):
    second = propose(actor=cast.tariq, side=Side.PEOPLE, at=noon, reason="Another team", **PROPOSAL)

    assert pair_of(second)[Side.PEOPLE].user == cast.tariq


def test_a_lead_names_contributors_of_the_own_side(helper, cast, noon):
    set_member(
        actor=cast.petra,
        user=cast.erin,
        **part(cast.erin, Side.PEOPLE, CONTRIBUTOR, helper, noon),
    )

    assert [one.user for one in members_of(helper)][-1] == cast.erin


def test_a_replaced_lead_stays_as_a_contributor(helper, cast, noon, said):
    set_member(actor=cast.hana, user=cast.max, **part(cast.max, Side.PEOPLE, LEAD, helper, noon))

    roles = {one.user: one.role for one in members_of(helper)}
    assert roles[cast.max] == LEAD
    assert roles[cast.petra] == CONTRIBUTOR
    assert said[0].data["signed"] is True


def test_a_lead_who_becomes_a_contributor_changes_what_is_signed(helper, cast, noon, said):
    set_member(
        actor=cast.hana, user=cast.petra, **part(None, Side.PEOPLE, CONTRIBUTOR, helper, noon)
    )

    assert said[0].data["signed"] is True
    assert Side.PEOPLE not in pair_of(helper)


def test_a_lead_names_a_counterpart_while_there_is_none(alone, cast, noon):
    seat = part(None, Side.TECHNOLOGY, LEAD, alone, noon)
    set_member(actor=cast.petra, user=cast.tariq, **seat)

    with pytest.raises(ForbiddenError):
        set_member(actor=cast.petra, user=cast.max, **seat)
    with pytest.raises(ForbiddenError):
        set_member(actor=cast.petra, user=cast.max, **{**seat, "role": CONTRIBUTOR})


@pytest.mark.parametrize(
    ("who", "error"),
    [("cleo", ForbiddenError), ("ada", ForbiddenError), ("erin", NotVisibleError)],
)
def test_others_settle_nothing(helper, cast, noon, who, error):
    with pytest.raises(error):
        set_member(
            actor=getattr(cast, who),
            user=cast.max,
            **part(None, Side.PEOPLE, CONTRIBUTOR, helper, noon),
        )


@pytest.mark.parametrize(
    ("who", "side", "code"),
    [
        ("cleo", Side.PEOPLE, "only_reads"),
        ("hana", Side.TECHNOLOGY, "other_key"),
        ("petra", Side.PEOPLE, "has_part"),
    ],
)
def test_not_everybody_can_have_every_part(helper, cast, noon, who, side, code):
    actor = cast.hana if side == Side.PEOPLE else cast.ivo
    with pytest.raises(MembershipRefusedError) as refused:
        set_member(actor=actor, user=getattr(cast, who), **part(None, side, LEAD, helper, noon))

    assert code in refused.value.codes


def test_whoever_has_left_takes_no_part(helper, cast, noon):
    deactivate_person(actor=cast.ada, user=cast.max, at=noon)
    cast.max.refresh_from_db()

    with pytest.raises(MembershipRefusedError) as refused:
        set_member(
            actor=cast.petra,
            user=cast.max,
            **part(None, Side.PEOPLE, CONTRIBUTOR, helper, noon),
        )

    assert refused.value.codes == ("inactive",)


def test_nobody_joins_what_is_closed(helper, cast, noon):
    change_standing(initiative=helper, standing=Standing.CLOSED, actor=cast.hana, at=noon)

    with pytest.raises(MembershipRefusedError) as refused:
        join(actor=cast.ivo, **part(None, Side.TECHNOLOGY, CONTRIBUTOR, helper, noon))

    assert refused.value.codes == ("over",)


def test_leaving_is_journalled_and_final(helper, cast, noon, said):
    own = pair_of(helper)[Side.PEOPLE]

    end_membership(actor=cast.petra, membership=own, at=noon, accepts_voids=[9])

    assert Side.PEOPLE not in pair_of(helper)
    assert Entry.objects.filter(kind=Kind.MEMBER_LEFT).count() == 1
    assert (said[0].data["signed"], said[0].accepts_voids) == (True, [9])
    with pytest.raises(MembershipRefusedError):
        end_membership(actor=cast.petra, membership=own, at=noon)


def test_one_side_does_not_end_the_other_sides_parts(helper, cast, noon):
    theirs = pair_of(helper)[Side.PEOPLE]

    with pytest.raises(ForbiddenError):
        end_membership(actor=cast.tariq, membership=theirs, at=noon)
