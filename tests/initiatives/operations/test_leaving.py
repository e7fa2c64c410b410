"""The part of somebody who leaves goes on whole, or ends."""

from datetime import timedelta

import pytest

from initiatives.choices import MemberRole
from initiatives.models import Membership
from initiatives.operations.leaving import pass_part_on
from initiatives.operations.memberships import MembershipRefusedError
from people.choices import Side
from tests.gates import make_world
from tests.kept import kept


@kept
def world(noon):
    return make_world(noon)


def lead():
    return Membership.objects.leads().get(side=Side.PEOPLE)


def test_a_lead_stays_a_lead_in_other_hands(world, noon):
    before, at = lead(), noon + timedelta(hours=1)

    pass_part_on(actor=world.cast.ada, membership=before, to=world.cast.erin, at=at)

    before.refresh_from_db()
    assert (lead().user, lead().role) == (world.cast.erin, MemberRole.LEAD)
    assert before.until == at
    assert not Membership.objects.current().filter(user=world.cast.petra).exists()


def test_a_part_ends_once(world, noon):
    part = lead()
    pass_part_on(actor=world.cast.ada, membership=part, to=None, at=noon)

    with pytest.raises(MembershipRefusedError) as refusal:
        pass_part_on(actor=world.cast.ada, membership=part, to=None, at=noon)

    assert refusal.value.codes == ("ended",)


def test_nobody_of_the_other_side_takes_it(world, noon):
    with pytest.raises(MembershipRefusedError) as refusal:
        pass_part_on(actor=world.cast.ada, membership=lead(), to=world.cast.tariq, at=noon)

    assert "other_side" in refusal.value.codes
