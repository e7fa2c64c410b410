import pytest

from initiatives.rules.questions import (
    LONGEST,
    CloserFacts,
    PostFacts,
    blockers_to_close,
    blockers_to_post,
    blockers_to_reopen,
    may_close,
    other_side,
)
from people.choices import Side


def codes(blockers):
    return [one.code for one in blockers]


def closer(**facts):
    return CloserFacts(**{"is_asker": True, "asker_is_here": True, "has_key": False, **facts})


def test_the_other_side_is_the_one_across():
    assert other_side(Side.TECHNOLOGY) == Side.PEOPLE
    assert other_side(Side.PEOPLE) == Side.TECHNOLOGY


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"text": "Who reads the logs?"}, []),
        ({"text": "x" * LONGEST}, []),
        ({"text": "x" * (LONGEST + 1)}, ["too_long"]),
        ({"text": ""}, ["text_missing"]),
        ({"text": "Why?", "is_open": False}, ["closed"]),
        ({"text": "Why?", "is_over": True}, ["over"]),
    ],
)
def test_what_can_stand_in_a_thread(facts, expected):
    assert codes(blockers_to_post(PostFacts(**facts))) == expected


@pytest.mark.parametrize(
    ("facts", "is_theirs"),
    [
        ({}, True),
        ({"is_asker": False}, False),
        ({"is_asker": False, "has_key": True}, False),
        ({"is_asker": False, "asker_is_here": False, "has_key": True}, True),
        ({"is_asker": False, "asker_is_here": False}, False),
        # Who asked for one side and has left it does not close it from elsewhere.
        ({"asker_is_here": False}, False),
    ],
)
def test_the_asker_closes_and_once_they_have_left_the_key_of_their_side(facts, is_theirs):
    assert may_close(closer(**facts)) is is_theirs
    assert codes(blockers_to_close(closer(**facts), is_open=True)) == (
        [] if is_theirs else ["not_yours"]
    )
    assert codes(blockers_to_reopen(closer(**facts), is_open=False)) == (
        [] if is_theirs else ["not_yours"]
    )


def test_nothing_is_closed_or_opened_twice():
    assert codes(blockers_to_close(closer(), is_open=False)) == ["closed"]
    assert codes(blockers_to_reopen(closer(), is_open=True)) == ["open"]


def test_of_what_has_ended_nothing_changes():
    assert codes(blockers_to_close(closer(is_over=True), is_open=True)) == ["over"]
    assert codes(blockers_to_reopen(closer(is_over=True), is_open=False)) == ["over"]
