"""What two people must do, and who must stay so that two can."""

from datetime import timedelta

import pytest

from people.choices import Office
from people.operations.offices import TermRefusedError
from people.operations.persons import deactivate_person
from people.operations.tenures import is_ended_by_two, is_filled_by_two
from tests.cast import gather

pytestmark = pytest.mark.django_db


def test_the_first_holder_takes_one_person_and_whoever_comes_after_two(cast):
    assert is_filled_by_two(Office.CHRO)
    assert not is_filled_by_two(Office.COMMITTEE_CHAIR)
    assert is_ended_by_two()


def test_a_demonstration_takes_one(noon):
    gather(noon, is_demo=True)

    assert not is_filled_by_two(Office.CHRO)
    assert not is_ended_by_two()


def test_whoever_leaves_leaves_two_behind_who_can_change_offices(cast, noon):
    at = noon + timedelta(hours=1)
    for leaver in (cast.hana, cast.ivo):
        deactivate_person(actor=cast.ada, user=leaver, at=at)

    with pytest.raises(TermRefusedError) as refusal:
        deactivate_person(actor=cast.ada, user=cast.cleo, at=at)

    assert refusal.value.codes == ("last_to_confirm",)


def test_while_an_office_can_still_be_filled_by_one_all_may_leave(noon):
    cast = gather(noon, without=[Office.SPONSOR])
    at = noon + timedelta(hours=1)

    for leaver in (cast.hana, cast.ivo):
        deactivate_person(actor=cast.ada, user=leaver, at=at)

    assert not is_filled_by_two(Office.SPONSOR)
