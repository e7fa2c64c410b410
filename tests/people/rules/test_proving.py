from datetime import UTC, datetime, timedelta

import pytest

from people.rules.proving import (
    GivenFacts,
    MeansFacts,
    blockers_of_given,
    blockers_to_prove,
    why_passkey,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BY_PASSWORD = {
    "level": "L1",
    "proved_at": NOON,
    "is_own": True,
    "asks_for_passkey": False,
    "at": NOON,
}
ASKED = {"asked_because": "You confirm with a passkey."}


def codes(blockers):
    return [blocker.code for blocker in blockers]


@pytest.mark.parametrize(
    ("had_passkey", "office_asks", "words"),
    [
        (False, False, ""),
        (True, False, "You confirm with a passkey"),
        (True, True, "You confirm with a passkey"),
        (False, True, "Your office confirms with a passkey only"),
    ],
)
def test_a_passkey_is_asked_of_whoever_had_one_and_of_offices_that_take_one(
    had_passkey, office_asks, words
):
    found = why_passkey(had_passkey=had_passkey, office_asks=office_asks)

    assert found.startswith(words)
    assert bool(found) == bool(words)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({**ASKED, "can_use_passkey": True, "has_password": False}, []),
        (ASKED, ["enrol"]),
        ({"has_password": False}, ["enrol"]),
        ({**ASKED, "is_locked": True}, ["locked"]),
    ],
)
def test_where_nothing_would_do_the_way_out_is_told(facts, expected):
    found = [*blockers_to_prove(MeansFacts(**facts))]

    assert codes(found) == expected
    assert all("Add a passkey" in one.message for one in found if one.code == "enrol")
    assert all("Two people" in one.message for one in found if one.code == "locked")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"level": "L3"}, []),
        ({"level": "L3", "asks_for_passkey": True}, []),
        ({"asks_for_passkey": True}, ["level"]),
        ({"is_own": False}, ["presence"]),
        ({"proved_at": NOON - timedelta(minutes=5)}, []),
        ({"proved_at": NOON - timedelta(minutes=5, microseconds=1)}, ["presence"]),
        ({"proved_at": NOON + timedelta(microseconds=1)}, ["presence"]),
        ({"level": "L3", "asks_for_passkey": True, "is_dead": True}, ["dead"]),
    ],
)
def test_a_proof_is_one_s_own_fresh_alive_and_strong_enough(changes, expected):
    assert codes(blockers_of_given(GivenFacts(**{**BY_PASSWORD, **changes}))) == expected
