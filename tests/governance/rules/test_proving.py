"""What a decision is worth is said by its weakest signature, and without promises (S5)."""

import pytest

from governance.rules.proving import LEVELS, level_of, sentence_of


@pytest.mark.parametrize(
    ("levels", "level"), [(["L1", "L1"], "L1"), (["L3", "L1"], "L1"), (["L3", "L3"], "L3")]
)
def test_a_decision_is_proved_as_its_weakest_signature_is(levels, level) -> None:
    assert level_of(levels) == level


@pytest.mark.parametrize("level", LEVELS)
def test_no_level_is_called_a_qualified_signature(level) -> None:
    said = sentence_of(level)

    assert said.startswith(f"Level {level[1]}: ")
    assert "not a qualified electronic signature" in said
