"""The side that asked closes; nobody else, and only once."""

import pytest

from governance.rules.commitments import blockers_to_close

GOOD = {"side": "people", "asked_by": "people", "is_closed": False, "note": "All were trained."}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"side": "technology"}, ["not_yours"]),
        ({"side": None}, ["not_yours"]),
        ({"is_closed": True}, ["closed"]),
        ({"note": "Done"}, ["short"]),
    ],
)
def test_a_commitment_is_closed_by_the_side_that_asked(change, codes) -> None:
    assert [blocker.code for blocker in blockers_to_close(**{**GOOD, **change})] == codes
