import pytest

from initiatives.rules.codes import parse_code


@pytest.mark.parametrize("text", ["AI-007", "AI-7", "ai-007", "ai7", " 7 ", "007", "AI-0007"])
def test_every_way_to_write_a_code_is_understood(text):
    assert parse_code(text) == 7


@pytest.mark.parametrize(
    "text", ["", "AI-", "AI-0", "0", "-7", "AI-7x", "x7", "AI--7", "7.0", "\u0667", "9" * 9]
)
def test_what_is_no_code_is_none(text):
    assert parse_code(text) is None
