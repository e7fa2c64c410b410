from itertools import product

import pytest

from initiatives.rules.deferrals import DeferralFacts, blockers_to_leave, blockers_to_take_back
from people.choices import Side

TECH, PEOPLE = Side.TECHNOLOGY, Side.PEOPLE


def codes(judge, **changes):
    usual = {"owner": "joint", "side": TECH, "left_by": None, "is_over": False}
    return [one.code for one in judge(DeferralFacts(**usual | changes))]


def test_what_is_joint_is_left_once() -> None:
    assert codes(blockers_to_leave) == []
    assert codes(blockers_to_leave, left_by=TECH) == ["left"]
    assert codes(blockers_to_leave, left_by=PEOPLE) == ["left_to_you"]


@pytest.mark.parametrize("owner", Side.values)
def test_what_is_one_side_s_is_not_left(owner) -> None:
    assert codes(blockers_to_leave, owner=owner) == ["not_joint"]


def test_only_who_left_it_takes_it_back() -> None:
    assert codes(blockers_to_take_back, left_by=TECH) == []
    assert codes(blockers_to_take_back, left_by=PEOPLE) == ["not_left"]
    assert codes(blockers_to_take_back) == ["not_left"]


def test_nothing_of_what_has_ended() -> None:
    for judge, left_by in product((blockers_to_leave, blockers_to_take_back), (None, *Side)):
        assert "over" in codes(judge, left_by=left_by, is_over=True)
