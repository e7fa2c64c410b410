"""Who sees what: offices everything, members their own, everyone else what is in use."""

from dataclasses import replace
from datetime import timedelta

import pytest

from initiatives.choices import Standing
from initiatives.operations.initiatives import propose
from initiatives.operations.memberships import end_membership
from initiatives.operations.stages import change_standing
from initiatives.queries.memberships import pair_of, side_to_write_for
from initiatives.queries.visibility import (
    get_initiative,
    get_joinable,
    listed_for,
    readable_by,
    reads_whole,
)
from initiatives.rules.memberships import JOINT
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from people.rules import NOBODY
from people.warrants import Warrant
from tests.initiatives.conftest import PROPOSAL


@pytest.fixture
def other(helper, cast, noon):
    """Led by Otto: what Petra and Tariq have no part in."""
    return propose(
        actor=cast.otto,
        side=Side.TECHNOLOGY,
        at=noon,
        **{**PROPOSAL, "name": "Invoice coding", "problem": "Every invoice is coded by hand."},
    )


@pytest.mark.parametrize(
    ("who", "whole", "listed"),
    [
        ("hana", {1, 2}, {1, 2}),
        ("ivo", {1, 2}, {1, 2}),
        ("cleo", {1, 2}, {1, 2}),
        ("kim", {1, 2}, {1, 2}),
        ("audrey", {1, 2}, {1, 2}),
        ("petra", {1}, {1, 2}),
        ("tariq", {1}, {1, 2}),
        ("otto", {2}, {1, 2}),
        ("erin", set(), set()),
        ("max", set(), set()),
    ],
)
def test_everyone_sees_what_is_theirs(helper, other, cast, may, who, whole, listed):
    authority = may(getattr(cast, who))

    assert {one.number for one in readable_by(authority)} == whole
    rows = {one.number: one.reads_whole for one in listed_for(authority)}
    assert {*rows} == listed
    assert {number for number, reads in rows.items() if reads} == whole


def test_everyone_finds_what_is_in_use(helper, other, cast, may, reach, noon):
    reach(4)

    assert [one.number for one in listed_for(may(cast.erin))] == [1]
    change_standing(initiative=helper, standing=Standing.CLOSED, actor=cast.hana, at=noon)
    assert [*listed_for(may(cast.erin))] == []


def test_a_visitor_sees_nothing(helper, reach):
    reach(4)

    assert [*listed_for(NOBODY)] == []
    assert [*readable_by(NOBODY)] == []


def test_what_is_not_theirs_is_not_there(helper, other, cast, may):
    assert get_initiative(1, may(cast.petra)) == helper
    for number in (2, 99):
        with pytest.raises(NotVisibleError):
            get_initiative(number, may(cast.petra))
    assert reads_whole(helper, may(cast.petra))
    assert not reads_whole(other, may(cast.petra))


def test_whoever_leaves_reads_no_longer(helper, cast, may, noon):
    end_membership(actor=cast.petra, membership=pair_of(helper)[Side.PEOPLE], at=noon)

    with pytest.raises(NotVisibleError):
        get_initiative(1, may(cast.petra))


def test_what_is_closed_is_not_joined(helper, cast, noon):
    assert get_joinable(1) == helper
    change_standing(initiative=helper, standing=Standing.CLOSED, actor=cast.hana, at=noon)

    for number in (1, 99):
        with pytest.raises(NotVisibleError):
            get_joinable(number)


@pytest.mark.parametrize(
    ("scope", "answer"),
    [
        ({}, ForbiddenError),
        ({"risks": ("",)}, ForbiddenError),
        ({"risks": ("high",)}, NotVisibleError),
        ({"initiatives": (0,)}, NotVisibleError),
    ],
)
def test_whoever_signs_in_a_place_sees_the_work_and_does_none_of_it(
    helper, cast, may, noon, scope, answer
):
    lent = Warrant(
        id=1,
        side=Side.PEOPLE,
        term_id=1,
        starts_at=noon,
        ends_at=noon + timedelta(days=1),
        **scope,
    )
    authority = replace(may(cast.erin), warrants=(lent,))

    assert reads_whole(helper, authority) is (answer is ForbiddenError)
    with pytest.raises(answer):
        side_to_write_for(helper, authority, side=JOINT)
