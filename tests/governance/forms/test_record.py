"""Filters of the record: a code as people write it, and a clear word for what is none."""

import pytest

from governance.forms.record import DecisionFilterForm


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", None), (" AI-007 ", 7), ("ai-7", 7), ("7", 7), ("2147483647", 2147483647)],
)
def test_an_initiative_is_named_by_code_or_number(typed, number):
    form = DecisionFilterForm({"initiative": typed})

    assert form.is_valid()
    assert form.filters.number == number


@pytest.mark.parametrize("typed", ["seven", "AI-", "-7", "2147483648", "9" * 20, "\u0667"])
def test_what_is_no_code_is_told_how_to_write_one(typed):
    form = DecisionFilterForm({"initiative": typed})

    assert form.errors["initiative"] == ["Write the code, such as AI-007."]
