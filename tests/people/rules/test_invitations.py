"""Who may be invited and who may still accept: no database."""

from dataclasses import replace

import pytest

from people.rules import InvitationFacts, blockers_to_accept, blockers_to_invite

NOBODY_YET = InvitationFacts(has_login=False)


def codes(blockers):
    return [blocker.code for blocker in blockers]


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({}, []),
        ({"has_login": True}, ["email_taken"]),
        ({"is_invited": True}, ["invited"]),
        ({"is_promised": True}, ["promised"]),
    ],
)
def test_what_stands_against_an_invitation(overrides, expected):
    assert codes(blockers_to_invite(replace(NOBODY_YET, **overrides))) == expected


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({}, []),
        ({"is_used": True}, ["used"]),
        ({"is_withdrawn": True}, ["withdrawn"]),
        ({"has_run_out": True}, ["run_out"]),
        ({"has_login": True}, ["unfit"]),
    ],
)
def test_why_a_link_opens_nothing_any_more(overrides, expected):
    assert codes(blockers_to_accept(replace(NOBODY_YET, **overrides))) == expected
