"""Who may take on what a leaver owes: no database."""

from dataclasses import replace

import pytest

from governance.rules.handovers import HandoverFacts, blockers_to_hand_over
from people.choices import Side

FITS = HandoverFacts(side=Side.PEOPLE, is_active=True, is_same_person=False, other_sides=())


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({}, []),
        ({"is_active": False}, ["inactive"]),
        ({"is_same_person": True}, ["same_person"]),
        ({"other_sides": [Side.PEOPLE]}, []),
        ({"other_sides": [Side.TECHNOLOGY]}, ["other_side"]),
        ({"other_sides": [Side.TECHNOLOGY], "side": None}, []),
    ],
)
def test_what_stands_against_taking_it_on(overrides, expected):
    blockers = blockers_to_hand_over(replace(FITS, **overrides))

    assert [blocker.code for blocker in blockers] == expected
