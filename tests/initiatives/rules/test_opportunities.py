"""What comes out of two sides, what must be talked over, and who is refused, by pure rules."""

from decimal import Decimal

import pytest

from initiatives.rules.opportunities import (
    AgainFacts,
    ScoredFacts,
    ScoringFacts,
    TalkFacts,
    blockers_of_reason,
    blockers_to_discuss,
    blockers_to_score,
    blockers_to_score_again,
    differences,
    is_complete,
    outcome_of,
    why_not_scored,
)
from people.choices import Side
from playbook.load import files

SHEET = files().scoring
T, P = Side.TECHNOLOGY, Side.PEOPLE
WORDS = "We count one depot first."


def all_of(side, every=4, /, **values):
    return {one.key: every for one in SHEET.of(side)} | values


def codes(blockers):
    return [one.code for one in blockers]


def test_two_sides_that_agree_have_no_gap_and_nothing_to_discuss():
    found = outcome_of(SHEET, {T: all_of(T), P: all_of(P)})

    assert (found.technology, found.people) == (found.people, found.technology)
    assert (found.priority, found.gap) == (Decimal("4.00"), Decimal("0.00"))
    assert found.to_discuss == ()


def test_the_gap_is_the_wider_distance_of_the_two_axes():
    given = {
        T: all_of(T, technical_feasibility=5, data_readiness=5, value=2),
        P: all_of(P, change_capacity=1, value=4),
    }

    found = outcome_of(SHEET, given)

    # Technology: (5+5+4+4)/4 feasible, (2+4)/2 needed; People: (1+4+4)/3 and (4+4+4)/3.
    assert found.technology.feasible == Decimal("4.50")
    assert found.technology.needed == Decimal("3.00")
    assert found.people.feasible == Decimal("3.00")
    assert found.people.needed == Decimal("4.00")
    assert found.gap == Decimal("1.50")
    assert found.to_discuss == ("value",)


def test_the_priority_is_the_mean_of_both_sides_rounded_half_up():
    given = {T: all_of(T, 1, value=5), P: all_of(P, 5, pain=4)}

    found = outcome_of(SHEET, given)

    # (10/6 + 29/6) / 2 = 3.25
    assert found.priority == Decimal("3.25")
    assert outcome_of(SHEET, {T: all_of(T, 1), P: all_of(P, 1)}).priority == Decimal("1.00")
    assert outcome_of(SHEET, {T: all_of(T, 5), P: all_of(P, 5)}).priority == Decimal("5.00")


@pytest.mark.parametrize(("people", "talked"), [(3, ()), (2, ("value",)), (1, ("value",))])
def test_two_apart_must_be_talked_over_and_one_apart_need_not(people, talked):
    found = outcome_of(SHEET, {T: all_of(T), P: all_of(P, value=people)})

    assert found.to_discuss == talked


def test_only_what_both_score_can_differ():
    found = differences(SHEET, {T: all_of(T, value=1), P: all_of(P, value=5)})

    assert [one.criterion.key for one in found] == [
        "value",
        "risk_to_people",
        "skills_effect",
        "reversibility",
    ]
    assert [one.distance for one in found] == [4, 0, 0, 0]


def test_a_side_is_complete_with_its_last_score():
    own = SHEET.of(P)

    assert not is_complete(own, {})
    assert not is_complete(own, [one.key for one in own[1:]])
    assert is_complete(own, [one.key for one in own])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"values": {"value": 3}}, []),
        ({"values": {}}, ["nothing"]),
        ({"values": {"value": 0}}, ["scale"]),
        ({"values": {"value": 6}}, ["scale"]),
        ({"values": {"value": True}}, ["scale"]),
        ({"values": {"pain": 3}}, ["not_yours"]),
        ({"values": {"value": 3}, "is_revealed": True}, ["revealed"]),
        ({"values": {"value": 3}, "is_over": True}, ["over"]),
        ({"values": {}, "sheet": ()}, ["no_sheet"]),
    ],
)
def test_scores_are_refused_with_every_reason(facts, expected):
    facts = {"sheet": SHEET.of(T), **facts}

    assert codes(blockers_to_score(ScoringFacts(**facts))) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"criterion": "pain"}, ["no_difference"]),
        ({"is_revealed": False}, ["not_revealed"]),
        ({"is_over": True}, ["over"]),
        ({"text": "  short "}, ["too_short"]),
        ({"text": "x" * 2001}, ["too_long"]),
    ],
)
def test_a_talk_is_about_a_wide_difference_and_has_words(facts, expected):
    usual = {"criterion": "value", "to_discuss": ["value"], "text": WORDS, "is_revealed": True}

    assert codes(blockers_to_discuss(TalkFacts(**{**usual, **facts}))) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"is_revealed": False}, ["not_revealed"]),
        ({"is_over": True}, ["over"]),
        ({"reason": ""}, ["too_short"]),
    ],
)
def test_another_scoring_follows_a_finished_one_and_has_a_reason(facts, expected):
    usual = {"is_revealed": True, "reason": WORDS}

    assert codes(blockers_to_score_again(AgainFacts(**{**usual, **facts}))) == expected


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"is_revealed": False}, "Scored so far: Technology 6 of 6, People 2 of 6."),
        ({"open_differences": 1}, "One wide difference is not talked over yet."),
        ({"open_differences": 2}, "2 wide differences are not talked over yet."),
        ({}, ""),
    ],
)
def test_the_gate_is_told_what_is_missing(facts, words):
    usual = {
        "given": {T: 6, P: 2},
        "of": {T: 6, P: 6},
        "is_revealed": True,
        "open_differences": 0,
    }

    assert why_not_scored(ScoredFacts(**{**usual, **facts})) == words


def test_a_reason_names_its_field():
    assert [one.field for one in blockers_of_reason("", "reason")] == ["reason"]
