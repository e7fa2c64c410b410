from datetime import date
from uuid import UUID

import pytest

from initiatives.choices import ReadOutcome
from initiatives.rules.rapid_decisions import (
    WORDS_LIMIT,
    ConfirmFacts,
    DecisionFacts,
    blockers_to_confirm,
    blockers_to_decide,
)
from initiatives.rules.rapid_reads import SpeakerFacts
from people.choices import Side

TECH, PEOPLE = Side
TODAY = date(2026, 12, 3)
IVO, HANA = UUID(int=1), UUID(int=2)
TRY, WATCH, LEAVE = ReadOutcome
DECISION = {
    "speaker": SpeakerFacts(key_side=TECH),
    "outcome": TRY,
    "words": "The drawings of one week.",
    "look_again_on": None,
    "today": TODAY,
    "working_days": "12345",
    "written": frozenset(Side),
}
CONFIRM = {
    "speaker": SpeakerFacts(key_side=PEOPLE),
    "person_key": HANA,
    "proposer_side": TECH,
    "proposer_key": IVO,
    "look_again_on": None,
    "today": TODAY,
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"outcome": LEAVE}, []),
        ({"outcome": WATCH, "look_again_on": date(2026, 12, 4)}, []),
        ({"outcome": WATCH}, ["day_missing"]),
        ({"outcome": WATCH, "look_again_on": TODAY}, ["day_out_of_reach"]),
        ({"outcome": WATCH, "look_again_on": date(2027, 12, 6)}, ["day_out_of_reach"]),
        ({"outcome": WATCH, "look_again_on": date(2026, 12, 6)}, ["not_a_working_day"]),
        ({"look_again_on": date(2026, 12, 4)}, ["day_without_watch"]),
        ({"outcome": None}, ["outcome_missing"]),
        ({"words": ""}, ["words_missing"]),
        ({"words": "", "outcome": None}, ["outcome_missing", "words_missing"]),
        ({"words": "x" * (WORDS_LIMIT + 1)}, ["too_long"]),
        ({"written": frozenset({TECH})}, ["half_missing"]),
        ({"speaker": SpeakerFacts()}, ["no_part"]),
        ({"speaker": SpeakerFacts(only_reads=True)}, ["only_reads"]),
    ],
)
def test_what_a_decision_needs(facts, expected):
    assert [one.code for one in blockers_to_decide(DecisionFacts(**{**DECISION, **facts}))] == (
        expected
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"look_again_on": date(2026, 12, 4)}, []),
        ({"look_again_on": TODAY}, ["day_is_over"]),
        ({"proposer_side": PEOPLE}, ["own_side"]),
        # Two logins of one person are one person.
        ({"proposer_key": HANA}, ["same_person"]),
        ({"speaker": SpeakerFacts()}, ["no_part"]),
        ({"speaker": SpeakerFacts(only_reads=True)}, ["only_reads"]),
    ],
)
def test_another_person_of_the_other_side_confirms(facts, expected):
    assert [one.code for one in blockers_to_confirm(ConfirmFacts(**{**CONFIRM, **facts}))] == (
        expected
    )
