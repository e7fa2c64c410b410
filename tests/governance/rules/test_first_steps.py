from dataclasses import replace

import pytest

from governance.rules.first_steps import FirstFacts, first_three, vacant, way_in
from people.choices import Office, Side

TECHNOLOGY, PEOPLE = Side.TECHNOLOGY, Side.PEOPLE
FOUNDED = FirstFacts(
    can_invite=True,
    held=frozenset(),
    invited=frozenset(),
    is_proposed=False,
    is_scored=False,
    is_submitted=False,
    is_passed=False,
    has_app=False,
    is_led=False,
    has_signed=False,
)
BOTH = replace(FOUNDED, held=frozenset(Side))


def shown(steps):
    return {step.key: "done" if step.is_done else "next" if step.is_next else "" for step in steps}


@pytest.mark.parametrize(
    ("facts", "coming"),
    [
        (FOUNDED, "invite"),
        (replace(FOUNDED, held=frozenset({PEOPLE})), "invite"),
        (BOTH, "propose"),
        (replace(BOTH, is_proposed=True), "score"),
        (replace(BOTH, is_proposed=True, is_scored=True), "halves"),
        (replace(BOTH, is_proposed=True, is_scored=True, is_submitted=True), "gate"),
    ],
)
def test_one_step_is_next_and_those_before_it_are_done(facts, coming):
    steps = shown(way_in(facts))

    assert [*steps] == ["found", "invite", "propose", "score", "halves", "gate"]
    before = [*steps].index(coming)
    assert [*steps.values()] == ["done"] * before + ["next"] + [""] * (5 - before)


def test_what_was_done_early_is_done():
    steps = shown(way_in(replace(FOUNDED, is_proposed=True)))

    assert (steps["invite"], steps["propose"], steps["halves"]) == ("next", "done", "")


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"can_invite": False}, "An administrator invites them."),
        ({"invited": frozenset(Side)}, "Invited, not answered yet: Technology and People."),
        (
            {"invited": frozenset(Side), "can_invite": False},
            "Invited, not answered yet: Technology and People.",
        ),
    ],
)
def test_what_waits_for_others_lets_the_next_one_be_done(changes, note):
    steps = way_in(replace(FOUNDED, **changes))

    assert steps[1].is_waiting
    assert steps[1].note == note
    assert shown(steps) == {
        "found": "done",
        "invite": "",
        "propose": "next",
        "score": "",
        "halves": "",
        "gate": "",
    }


def test_with_the_first_gate_passed_nobody_is_led_any_more():
    assert way_in(replace(BOTH, is_passed=True)) == ()


def test_who_is_invited_and_has_not_answered_is_said():
    facts = replace(FOUNDED, held=frozenset({TECHNOLOGY}), invited=frozenset(Side))

    invite = way_in(facts)[1]

    assert invite.title == "Invite the other half"
    assert invite.note == "Invited, not answered yet: People."
    assert way_in(FOUNDED)[1].note == ""


@pytest.mark.parametrize(
    ("held", "invited", "side"),
    [
        ((), (), PEOPLE),
        ((), (PEOPLE,), TECHNOLOGY),
        ((PEOPLE,), (), TECHNOLOGY),
        ((PEOPLE,), (TECHNOLOGY,), None),
        ((PEOPLE, TECHNOLOGY), (), None),
    ],
)
def test_the_next_key_to_invite_for_is_one_nobody_has_or_is_promised(held, invited, side):
    facts = replace(FOUNDED, held=frozenset(held), invited=frozenset(invited))

    assert vacant(facts) == side


@pytest.mark.parametrize(
    ("office", "keys"),
    [
        (Office.CHRO, ["lead", "app", "gate"]),
        (Office.CIO, ["app", "lead", "gate"]),
        (Office.SPONSOR, ["keys", "portfolio", "record"]),
    ],
)
def test_each_of_three_offices_has_three_first_actions(office, keys):
    steps = first_three(FOUNDED, office)

    assert [step.key for step in steps] == keys
    assert [step.is_next for step in steps] == [True, False, False]


@pytest.mark.parametrize("office", [Office.CHRO, Office.CIO])
def test_the_three_of_a_key_are_over_once_led_secured_and_signed(office):
    facts = replace(FOUNDED, has_app=True, is_led=True)

    assert shown(first_three(facts, office))["gate"] == "next"
    assert first_three(replace(facts, has_signed=True), office) == ()


def test_the_three_of_the_sponsor_are_over_once_a_gate_is_passed():
    facts = replace(BOTH, is_proposed=True)

    assert shown(first_three(facts, Office.SPONSOR))["record"] == "next"
    assert first_three(replace(facts, is_passed=True), Office.SPONSOR) == ()


def test_other_offices_have_none():
    assert first_three(FOUNDED, Office.AUDITOR) == ()
