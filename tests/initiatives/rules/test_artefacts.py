"""When a slot may be written: with its stage, while the initiative lasts, or in a pause."""

import pytest

from initiatives.rules.artefacts import OpenFacts, blockers_to_write, is_open


@pytest.mark.parametrize(
    ("slot_stage", "stage", "standing", "code"),
    [
        (1, 1, "active", None),
        (1, 4, "active", None),
        (2, 2, "paused", None),
        (2, 1, "active", "not_open"),
        (None, 2, "active", "not_paused"),
        (None, 2, "paused", None),
        (1, 1, "closed", "over"),
        (None, 1, "declined", "over"),
        (4, 1, "closed", "over"),
    ],
)
def test_a_slot_is_open_from_its_stage_on_until_the_end(slot_stage, stage, standing, code):
    facts = OpenFacts(slot_stage, stage, standing)

    assert [one.code for one in blockers_to_write(facts)] == ([code] if code else [])
    assert is_open(facts) is (code is None)
