"""Both positions, a day that can be, and nobody who speaks for both sides or ends it alone."""

from datetime import date
from uuid import UUID

import pytest

from governance.rules.disagreements import (
    LONGEST,
    LONGEST_SUBJECT,
    DayFacts,
    OfferFacts,
    RaiseFacts,
    SpeakerFacts,
    agrees,
    blockers_to_confirm,
    blockers_to_decide,
    blockers_to_name_day,
    blockers_to_offer,
    blockers_to_raise,
    blockers_to_speak,
    blockers_to_state,
    blockers_to_take_back,
    is_overdue,
)
from people.choices import Side

THURSDAY = date(2026, 12, 3)
FRIDAY = date(2026, 12, 4)
TECHNOLOGY, PEOPLE = Side
ONE, OTHER = UUID(int=1), UUID(int=2)
REASON = "The test is repeated first."


def codes(blockers):
    return [one.code for one in blockers]


def speaks(side=TECHNOLOGY, spoke_for=(), **more):
    return SpeakerFacts(side=side, spoke_for=spoke_for, **more)


def days(named=None):
    return DayFacts(today=THURSDAY, named=named or {})


RAISED = {
    "subject": "Who owns it",
    "position": "One lead with both teams.",
    "due_on": FRIDAY,
}


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, []),
        ({"is_over": True}, ["over"]),
        ({"subject": ""}, ["text_missing"]),
        ({"subject": "x" * LONGEST_SUBJECT}, []),
        ({"subject": "x" * (LONGEST_SUBJECT + 1)}, ["too_long"]),
        ({"open_subjects": ["Who owns it"]}, ["said"]),
        ({"open_subjects": ["Who pays for it"]}, []),
        ({"position": ""}, ["text_missing"]),
        ({"position": "x" * (LONGEST + 1)}, ["too_long"]),
        ({"due_on": THURSDAY}, ["past"]),
        ({"due_on": date(2026, 12, 5)}, ["no_working_day"]),
        ({"due_on": date(2027, 2, 1)}, []),
        ({"due_on": date(2027, 2, 2)}, ["far"]),
        ({"due_on": date.max}, ["far"]),
        ({"due_on": date.min}, ["past"]),
    ],
)
def test_it_is_raised_with_words_and_a_working_day_within_sixty(change, wanted):
    assert codes(blockers_to_raise(RaiseFacts(**{**RAISED, **change}), days())) == wanted


def test_the_working_week_is_that_of_the_organisation():
    sunday = date(2026, 12, 6)
    week = DayFacts(today=THURSDAY, working_days="71234", named={})

    assert codes(blockers_to_name_day(speaks(), sunday, week)) == []
    assert codes(blockers_to_name_day(speaks(), FRIDAY, week)) == ["no_working_day"]


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        (speaks(), []),
        (speaks(spoke_for=[TECHNOLOGY]), []),
        (speaks(spoke_for=[PEOPLE]), ["both_sides"]),
        (speaks(spoke_for=[TECHNOLOGY, PEOPLE]), ["both_sides"]),
        (speaks(side=None), []),
        (speaks(side=None, spoke_for=[PEOPLE]), ["took_sides"]),
        (speaks(is_open=False), ["ended"]),
    ],
)
def test_nobody_speaks_for_two_sides_and_nobody_after_the_end(facts, wanted):
    assert codes(blockers_to_speak(facts)) == wanted
    assert codes(blockers_to_state(facts, "Ours.")) == wanted
    assert codes(blockers_to_offer(facts, "So.")) == wanted


def test_words_are_needed_for_each():
    assert codes(blockers_to_state(speaks(), "")) == ["text_missing"]
    assert codes(blockers_to_offer(speaks(), "x" * (LONGEST + 1))) == ["too_long"]


def test_a_day_agrees_with_what_the_other_side_named_last():
    named = {TECHNOLOGY: FRIDAY, PEOPLE: date(2026, 12, 8)}

    assert agrees(PEOPLE, FRIDAY, named)
    assert not agrees(TECHNOLOGY, FRIDAY, named)
    assert not agrees(PEOPLE, FRIDAY, {PEOPLE: FRIDAY})


def test_a_side_does_not_name_its_day_twice():
    assert codes(blockers_to_name_day(speaks(), FRIDAY, days({TECHNOLOGY: FRIDAY}))) == ["named"]
    assert codes(blockers_to_name_day(speaks(), FRIDAY, days({PEOPLE: FRIDAY}))) == []
    assert codes(blockers_to_name_day(speaks(), THURSDAY, days())) == ["past"]


@pytest.mark.parametrize(
    ("offer", "person", "wanted"),
    [
        (OfferFacts(PEOPLE, ONE), OTHER, []),
        (OfferFacts(TECHNOLOGY, ONE), OTHER, ["own_offer"]),
        (OfferFacts(PEOPLE, ONE), ONE, ["one_person"]),
        (None, OTHER, ["no_offer"]),
    ],
)
def test_two_people_of_two_sides_end_it(offer, person, wanted):
    assert codes(blockers_to_confirm(speaks(), offer, person)) == wanted


@pytest.mark.parametrize(
    ("today", "reason", "wanted"),
    [
        (date(2026, 12, 5), REASON, []),
        (FRIDAY, REASON, ["early"]),
        (THURSDAY, REASON, ["early"]),
        (date(2026, 12, 5), "", ["text_missing"]),
        (date(2026, 12, 5), "Because", ["short"]),
    ],
)
def test_the_sponsor_settles_once_the_day_is_over_and_says_why(today, reason, wanted):
    blockers = blockers_to_decide(speaks(side=None), due_on=FRIDAY, today=today, reason=reason)

    assert codes(blockers) == wanted
    assert is_overdue(FRIDAY, today) == ("early" not in wanted)


@pytest.mark.parametrize(
    ("side", "may_settle", "wanted"),
    [(TECHNOLOGY, True, []), (TECHNOLOGY, False, ["not_yours"]), (PEOPLE, True, ["not_yours"])],
)
def test_the_side_that_raised_it_takes_it_back(side, may_settle, wanted):
    blockers = blockers_to_take_back(
        speaks(side), raised_by=TECHNOLOGY, may_settle=may_settle, reason=REASON
    )

    assert codes(blockers) == wanted
