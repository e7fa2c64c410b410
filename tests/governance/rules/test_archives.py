import pytest

from governance.rules.archives import ArchiveFacts, blockers_to_archive, blockers_to_restore

SHOWN = {"may_archive": True, "is_archived": False}
ARCHIVED = {"may_archive": True, "is_archived": True}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (SHOWN, []),
        (SHOWN | {"may_archive": False}, ["not_yours"]),
        (ARCHIVED, ["archived"]),
        (SHOWN | {"has_passed_gate": True}, ["passed_gate"]),
        (SHOWN | {"has_open_round": True}, ["open_round"]),
        (SHOWN | {"has_passed_gate": True, "has_open_round": True}, ["passed_gate", "open_round"]),
    ],
)
def test_what_no_gate_rests_on_may_be_archived(facts, found):
    assert [blocker.code for blocker in blockers_to_archive(ArchiveFacts(**facts))] == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (ARCHIVED, []),
        (ARCHIVED | {"has_passed_gate": True}, []),
        (SHOWN, ["not_archived"]),
        (ARCHIVED | {"may_archive": False}, ["not_yours"]),
    ],
)
def test_what_is_archived_comes_back(facts, found):
    assert [blocker.code for blocker in blockers_to_restore(ArchiveFacts(**facts))] == found
