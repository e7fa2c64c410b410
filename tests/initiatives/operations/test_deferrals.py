"""One side leaves to the other what belongs to both, once, and takes it back alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from initiatives.choices import Standing
from initiatives.models import Deferral, Initiative
from initiatives.operations import deferrals
from initiatives.operations.deferrals import DeferralRefusedError, leave_call, take_back_call
from initiatives.operations.stages import change_standing
from initiatives.queries.deferrals import calls_of
from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side

JOINT_SLOT, PEOPLES = {"slot": "obligation_screen"}, {"slot": "gaps_to_fill"}
JOINT_POINT = {"criterion": "g1_problem_evidenced"}


def refused(act, **place):
    with pytest.raises(DeferralRefusedError) as refusal:
        act(**place)
    return refusal.value.codes


@pytest.fixture
def leave(helper, noon):
    return lambda person, **place: leave_call(actor=person, initiative=helper, at=noon, **place)


@pytest.fixture
def take_back(helper, noon):
    return lambda person, **place: take_back_call(actor=person, initiative=helper, at=noon, **place)


@pytest.mark.parametrize("place", [JOINT_SLOT, JOINT_POINT])
def test_what_is_left_is_the_other_side_s_call_until_it_is_taken_back(
    helper, cast, leave, take_back, place
):
    [key] = place.values()

    leave(cast.tariq, **place)
    assert calls_of(helper) == {key: Side.PEOPLE}

    take_back(cast.ivo, **place)
    assert calls_of(helper) == {}
    assert [
        Entry.objects.filter(kind=kind).count() for kind in (Kind.CALL_LEFT, Kind.CALL_TAKEN_BACK)
    ] == [1, 1]


def test_what_belongs_to_one_side_is_not_left(cast, leave):
    assert refused(leave, person=cast.tariq, **PEOPLES) == ("not_joint",)


def test_it_is_not_left_twice_nor_back_and_forth(cast, leave, take_back):
    leave(cast.tariq, **JOINT_SLOT)

    assert refused(leave, person=cast.ivo, **JOINT_SLOT) == ("left",)
    assert refused(leave, person=cast.petra, **JOINT_SLOT) == ("left_to_you",)
    assert refused(take_back, person=cast.petra, **JOINT_SLOT) == ("not_left",)
    assert refused(take_back, person=cast.tariq, **JOINT_POINT) == ("not_left",)


def test_of_what_has_ended_nothing_is_left_or_taken_back(helper, cast, leave, take_back, noon):
    change_standing(initiative=helper, standing=Standing.DECLINED, actor=cast.hana, at=noon)

    assert refused(leave, person=cast.tariq, **JOINT_SLOT) == ("over",)
    assert "over" in refused(take_back, person=cast.tariq, **JOINT_SLOT)


def test_only_who_works_for_a_side_here_leaves_anything(cast, leave):
    with pytest.raises(ForbiddenError):
        leave(cast.cleo, **JOINT_SLOT)
    with pytest.raises(NotVisibleError):
        leave(cast.erin, **JOINT_SLOT)
    with pytest.raises(NotVisibleError):
        leave(cast.tariq, slot="weather")
    assert not Deferral.objects.exists()


def both_leave_at_once(helper, cast, at):
    """Let both sides leave one place at once; return how each was answered."""
    barrier = Barrier(2)

    def run(person):
        try:
            barrier.wait()
            leave_call(
                actor=person,
                initiative=Initiative.objects.get(pk=helper.pk),
                at=at,
                **JOINT_SLOT,
            )
        except DeferralRefusedError as refusal:
            return refusal.codes
        finally:
            connection.close()
        return ()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, (cast.tariq, cast.petra)))


@pytest.mark.django_db(transaction=True)
def test_both_leaving_it_at_once_leaves_it_to_one(helper, cast, noon):
    assert both_leave_at_once(helper, cast, noon) == [(), ("left_to_you",)]
    assert Deferral.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_each_would_leave_it_to_the_other(helper, cast, noon, monkeypatch):
    """Negative control: the race is real."""
    met = Barrier(2)
    monkeypatch.setattr(deferrals, "locked", lambda pk: Initiative.objects.get(pk=pk))
    monkeypatch.setattr(deferrals, "left_by", lambda *_, **__: [met.wait(timeout=30), None][1])

    assert both_leave_at_once(helper, cast, noon) == [(), ()]
    assert Deferral.objects.count() == 2
