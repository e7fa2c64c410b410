from datetime import date

import pytest

from initiatives.rules.rapid_reads import (
    ANSWER_LIMIT,
    NAME_LIMIT,
    SEEN_LIMIT,
    SpeakerFacts,
    StartFacts,
    blockers_to_answer,
    blockers_to_speak,
    blockers_to_start,
    one_line,
    side_spoken,
    sides_open,
    usual_date,
    width,
)
from people.choices import Side

TECH, PEOPLE = Side
THURSDAY = date(2026, 12, 3)
START = {
    "name": "Reads drawings",
    "seen": "It reads a drawing. Seen at a fair.",
    "decide_by": date(2026, 12, 11),
    "today": THURSDAY,
    "working_days": "12345",
    "side": TECH,
    "speaker": SpeakerFacts(),
}


def spoke(*sides, **facts):
    return SpeakerFacts(spoken=frozenset(sides), **facts)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"speaker": SpeakerFacts(key_side=TECH)}, []),
        ({"speaker": SpeakerFacts(key_side=PEOPLE)}, ["other_key"]),
        ({"speaker": SpeakerFacts(only_reads=True)}, ["only_reads"]),
        ({"side": None}, ["side_missing"]),
        ({"has_template": False}, ["no_template"]),
        ({"is_taken_up": True}, ["taken_up"]),
        ({"is_still_open": True}, ["still_open"]),
        ({"open_names": frozenset({"reads drawings"})}, ["open_already"]),
        ({"open_names": frozenset({"reads invoices"})}, []),
        ({"name": ""}, ["name_missing"]),
        ({"seen": ""}, ["seen_missing"]),
        ({"name": "x" * (NAME_LIMIT + 1)}, ["too_long"]),
        ({"seen": "x" * (SEEN_LIMIT + 1)}, ["too_long"]),
        ({"decide_by": None}, ["date_missing"]),
        ({"decide_by": THURSDAY}, []),
        ({"decide_by": date(2027, 1, 1)}, []),
        ({"decide_by": date(2026, 12, 2)}, ["date_out_of_reach"]),
        ({"decide_by": date(2027, 1, 4)}, ["date_out_of_reach"]),
        ({"decide_by": date(2026, 12, 5)}, ["not_a_working_day"]),
        ({"decide_by": date(2026, 12, 5), "working_days": "67"}, []),
    ],
)
def test_what_a_read_needs_to_begin(facts, expected):
    assert [one.code for one in blockers_to_start(StartFacts(**{**START, **facts}))] == expected


@pytest.mark.parametrize(
    ("facts", "opened", "stands_for"),
    [
        (SpeakerFacts(), (TECH, PEOPLE), None),
        (SpeakerFacts(key_side=PEOPLE), (PEOPLE,), PEOPLE),
        (spoke(TECH), (TECH,), TECH),
        (spoke(TECH, key_side=TECH), (TECH,), TECH),
        # A key that came after words for the other side: neither counts.
        (spoke(TECH, key_side=PEOPLE), (), None),
        (spoke(TECH, PEOPLE), (), None),
        (spoke(TECH, only_reads=True), (), None),
    ],
)
def test_nobody_speaks_for_both_sides_of_one_read(facts, opened, stands_for):
    assert sides_open(facts) == opened
    assert side_spoken(facts) == stands_for


def test_why_somebody_does_not_speak_names_the_way_out():
    (blocker,) = blockers_to_speak(spoke(PEOPLE), TECH)

    assert "Ask somebody of Technology." in blocker.message


def test_a_half_answers_something_within_the_page():
    assert [*blockers_to_answer({"fit": "x" * ANSWER_LIMIT, "failure": ""})] == []
    assert [one.code for one in blockers_to_answer({"fit": ""})] == ["nothing"]
    long = [*blockers_to_answer({"fit": "x" * (ANSWER_LIMIT + 1)})]
    assert [(one.code, one.field) for one in long] == [("too_long", "fit")]


def test_the_page_has_no_room_for_empty_lines_and_wide_letters_take_two():
    assert one_line(" Two\n\n\nlines  ") == "Two lines"
    assert width("ab") == 2
    assert width("図面") == 4


def test_two_weeks_are_proposed_or_the_next_working_day_after():
    assert usual_date(THURSDAY, "12345") == date(2026, 12, 17)
    assert usual_date(THURSDAY, "1") == date(2026, 12, 21)
