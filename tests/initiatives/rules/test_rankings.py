"""The joint order with moves in it, quarters, and two people for a shortlist, by pure rules."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.rankings import (
    AnswerFacts,
    Candidate,
    MoveFacts,
    ShortlistFacts,
    blockers_to_answer,
    blockers_to_move,
    blockers_to_shortlist,
    joint_order,
    proposed_order,
    quarters_from,
)
from people.choices import Side

TODAY = date(2026, 11, 22)
HANA, IVO = UUID(int=1), UUID(int=2)
WORDS = "It unblocks the others."


def one(number, priority="3.00", gap="0.00", **move):
    return Candidate(
        key=number, number=number, priority=Decimal(priority), gap=Decimal(gap), **move
    )


def numbers(order):
    return [each.number for each in order]


def codes(blockers):
    return [each.code for each in blockers]


def test_the_highest_priority_is_first_then_the_smaller_gap_then_the_older_one():
    some = [one(1, "2.00"), one(2, "4.00", "1.00"), one(3, "4.00", "0.50"), one(4, "2.00")]

    assert numbers(proposed_order(some)) == [3, 2, 1, 4]


def test_what_was_moved_stands_at_its_place_and_the_rest_keep_their_order():
    some = [one(1, "5.00"), one(2, "4.00"), one(3, "3.00"), one(4, "2.00", move=2, moved=1)]

    assert numbers(joint_order(some)) == [1, 4, 2, 3]


def test_of_two_at_one_place_the_one_moved_last_stands_there():
    some = [one(1, "5.00"), one(2, move=1, moved=1), one(3, move=1, moved=2)]

    assert numbers(joint_order(some)) == [3, 2, 1]


def test_a_place_behind_the_last_one_is_the_last_one():
    assert numbers(joint_order([one(1, move=9, moved=1), one(2, "1.00")])) == [2, 1]
    assert joint_order([]) == []


@given(
    st.lists(
        st.tuples(st.integers(100, 500), st.one_of(st.none(), st.integers(1, 30))), max_size=25
    )
)
def test_nobody_is_lost_and_whoever_moved_alone_to_a_place_stands_there(drawn):
    some = [
        Candidate(
            key=number,
            number=number,
            priority=Decimal(priority) / 100,
            gap=Decimal(0),
            move=move,
            moved=number + 1,
        )
        for number, (priority, move) in enumerate(drawn)
    ]
    order = joint_order(some)

    assert sorted(numbers(order)) == list(range(len(some)))
    moves = [each.move for each in some if each.move]
    for place, each in enumerate(order, start=1):
        alone = each.move and moves.count(each.move) == 1
        if alone and all(other >= each.move for other in moves) and each.move <= len(some):
            assert place == min(each.move, len(some) - len(moves) + 1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"place": None, "current": 3}, []),
        ({"place": None}, ["not_moved"]),
        ({"place": 0}, ["place"]),
        ({"place": 9}, ["place"]),
        ({"current": 2}, ["same_place"]),
        ({"is_revealed": False, "total": 0, "place": 1}, ["not_revealed"]),
        ({"is_over": True}, ["over"]),
        ({"reason": ""}, ["too_short"]),
    ],
)
def test_a_move_has_a_place_and_a_reason(facts, expected):
    usual = {
        "is_revealed": True,
        "is_over": False,
        "place": 2,
        "current": None,
        "total": 8,
        "reason": WORDS,
    }

    assert codes(blockers_to_move(MoveFacts(**{**usual, **facts}))) == expected


def test_a_shortlist_is_for_this_quarter_or_the_next_four():
    assert quarters_from(TODAY, 1) == (
        date(2026, 10, 1),
        date(2027, 1, 1),
        date(2027, 4, 1),
        date(2027, 7, 1),
        date(2027, 10, 1),
    )
    assert quarters_from(TODAY, 2)[:2] == (date(2026, 11, 1), date(2027, 2, 1))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"words": WORDS}, []),
        ({"words": "short"}, ["too_short"]),
        ({"quarter": date(2026, 7, 1)}, ["quarter"]),
        ({"quarter": date(2027, 1, 2)}, ["quarter"]),
        ({"chosen": []}, ["nothing"]),
        ({"chosen": [7]}, ["not_ranked"]),
        ({"chosen": list(range(21)), "ranked": range(21)}, ["too_many"]),
        ({"agreed": [2, 1]}, ["same"]),
        ({"agreed": [1]}, []),
    ],
)
def test_a_shortlist_holds_what_is_ranked(facts, expected):
    usual = {
        "quarter": date(2027, 1, 1),
        "today": TODAY,
        "fiscal_month": 1,
        "chosen": [1, 2],
        "ranked": [1, 2, 3],
        "words": "",
    }

    assert codes(blockers_to_shortlist(ShortlistFacts(**{**usual, **facts}))) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"is_agreed": False, "reason": WORDS}, []),
        ({"is_agreed": False}, ["too_short"]),
        ({"reason": "short"}, ["too_short"]),
        ({"side": Side.TECHNOLOGY}, ["own_side"]),
        ({"person_key": IVO}, ["own_list"]),
        ({"is_answered": True, "is_newest": False}, ["answered"]),
        ({"is_newest": False}, ["replaced"]),
    ],
)
def test_an_answer_is_the_other_sides_and_another_persons(facts, expected):
    usual = {
        "side": Side.PEOPLE,
        "person_key": HANA,
        "proposer_side": Side.TECHNOLOGY,
        "proposer_key": IVO,
        "is_answered": False,
        "is_newest": True,
        "is_agreed": True,
        "reason": "",
    }

    assert codes(blockers_to_answer(AnswerFacts(**{**usual, **facts}))) == expected
