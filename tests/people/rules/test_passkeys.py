from datetime import UTC, datetime, timedelta

import pytest

from people.rules.passkeys import (
    KeeperFacts,
    blockers_to_add,
    blockers_to_keep,
    blockers_to_revoke,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WITH_PASSWORD = {
    "proof_level": "L1",
    "proved_at": NOON,
    "is_own_proof": True,
    "usable": 0,
    "is_locked": False,
    "at": NOON,
}
BY_PASSKEY = {"proof_level": "L3", "usable": 1}


def facts(**changes):
    return KeeperFacts(**{**WITH_PASSWORD, **changes})


def codes(blockers):
    return [blocker.code for blocker in blockers]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        (BY_PASSKEY, []),
        ({"proved_at": NOON - timedelta(minutes=5)}, []),
        ({"usable": 1}, ["level"]),  # a password is no way round a passkey
        ({"is_usable_elsewhere": True}, ["elsewhere"]),  # nor is another login
        ({**BY_PASSKEY, "is_usable_elsewhere": True}, []),
        ({"is_dead": True}, ["dead"]),
        ({"is_own_proof": False}, ["presence"]),
        ({"proved_at": NOON - timedelta(minutes=5, microseconds=1)}, ["presence"]),
        ({"proved_at": NOON + timedelta(microseconds=1)}, ["presence"]),
    ],
)
def test_passkeys_are_kept_by_the_strongest_proof_there_is(changes, expected):
    assert codes(blockers_to_keep(facts(**changes))) == expected
    assert codes(blockers_to_revoke(facts(**changes))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"is_locked": True}, ["stolen"]),
        ({**BY_PASSKEY, "usable": 9}, []),
        ({**BY_PASSKEY, "usable": 10}, ["most"]),
        ({"usable": 1}, ["level"]),
    ],
)
def test_who_had_one_stolen_does_not_add_another_by_password(changes, expected):
    assert codes(blockers_to_add(facts(**changes), name="Laptop", is_possible=True)) == expected


@pytest.mark.parametrize(
    ("name", "is_possible", "expected"),
    [
        ("x" * 60, True, []),
        ("x" * 61, True, ["name"]),
        ("", True, ["name"]),
        ("x", False, ["address"]),
    ],
)
def test_a_passkey_has_a_name_and_an_address(name, is_possible, expected):
    assert codes(blockers_to_add(facts(), name=name, is_possible=is_possible)) == expected


def test_nobody_takes_the_only_way_in_off_their_own_login():
    only = facts(**BY_PASSKEY, has_password=False)

    assert codes(blockers_to_revoke(only)) == ["only_way"]
    assert codes(blockers_to_revoke(facts(proof_level="L3", usable=2, has_password=False))) == []
    assert codes(blockers_to_keep(only)) == []
