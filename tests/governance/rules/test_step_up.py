import pytest

from governance.rules.step_up import ProofFacts, blockers_of_proof, blockers_to_prove

WITH_KEY = {"can_use_passkey": True}


def codes(blockers):
    return [blocker.code for blocker in blockers]


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, "L1"),
        (WITH_KEY, "L1"),
        ({"had_passkey": True}, "L3"),
        ({"gate_asks": True}, "L3"),
        ({"office_asks": True}, "L3"),
    ],
)
def test_a_passkey_is_asked_once_there_was_one_or_where_the_playbook_says_so(facts, level):
    assert ProofFacts(**facts).level == level


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"had_passkey": True, **WITH_KEY}, ""),
        ({"gate_asks": True, **WITH_KEY, "has_password": False}, ""),
        ({"had_passkey": True}, "have none that works here"),
        ({"gate_asks": True}, "This gate is signed with a passkey only"),
        ({"office_asks": True}, "Your office signs with a passkey only"),
        ({"has_password": False}, "You have no password that works"),
    ],
)
def test_where_no_proof_is_possible_the_way_to_one_is_told(facts, words):
    found = [*blockers_to_prove(ProofFacts(**facts))]

    assert [blocker.code for blocker in found] == (["enrol"] if words else [])
    assert all(words in blocker.message for blocker in found)
    assert all("Add a passkey" in blocker.message for blocker in found)


def test_after_a_theft_the_way_leads_over_two_people():
    found = [*blockers_to_prove(ProofFacts(had_passkey=True, is_locked=True))]

    assert codes(found) == ["locked"]
    assert "Two people" in found[0].message


@pytest.mark.parametrize(
    ("level", "facts", "expected"),
    [
        ("L1", {}, []),
        ("L3", {}, []),
        ("L3", {"had_passkey": True}, []),
        ("L1", {"had_passkey": True}, ["level"]),
        ("L1", {"gate_asks": True}, ["level"]),
        ("L1", {"office_asks": True}, ["level"]),
        ("L3", {"had_passkey": True, "is_dead": True}, ["dead"]),
    ],
)
def test_a_password_is_no_way_round_a_passkey(level, facts, expected):
    assert codes(blockers_of_proof(level, ProofFacts(**facts))) == expected
