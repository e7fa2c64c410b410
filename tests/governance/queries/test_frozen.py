"""How frozen values are printed."""

import pytest

from governance.queries.frozen import FrozenSlot, printed
from initiatives.rules.slots import CleanSlot
from playbook.load import files

SUCCESS = files().slot("success_statement")


def test_a_day_is_printed_as_people_say_it():
    assert printed(SUCCESS.field("by"), "2027-03-31") == "31 March 2027"
    assert printed(SUCCESS.field("by"), "") == ""


def test_a_table_is_printed_by_its_columns_and_empty_fields_are_left_out():
    clean = CleanSlot({"measures": [{"owner": "people", "target": "5"}]}, {"from_state": "Slow"})
    frozen = FrozenSlot(
        slot=SUCCESS, n=1, side="people", author="Petra", clean=clean, erased_at=None
    )

    lines = {line.key: line for line in frozen.lines}

    assert set(lines) == {"from_state", "measures"}
    assert "5" in lines["measures"].rows[0]


def test_an_erased_contribution_has_no_lines():
    frozen = FrozenSlot(
        slot=SUCCESS, n=1, side="people", author="Petra", clean=None, erased_at=None
    )

    assert frozen.lines == ()


@pytest.mark.usefixtures("world")
def test_money_is_printed_in_the_currency_of_the_organisation():
    cost = files().slot("problem_statement").field("cost_today")

    assert printed(cost, "18000.00") == "€18,000"
    assert printed(cost, "") == ""
