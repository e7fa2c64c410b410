"""The address of a table: what means nothing is left out, the usual order is not spelled."""

import pytest

from initiatives.forms.portfolio import TableForm, address


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ({}, {}),
        ({"stage": "2", "unit": "Dispatch"}, {"stage": 2, "unit": "Dispatch"}),
        ({"stage": "9", "unit": "Nowhere", "standing": "gone", "text": "x"}, {"text": "x"}),
        ({"waiting": "none", "side": "people"}, {"waiting": "none", "side": "people"}),
        ({"text": "x" * 201}, {}),
    ],
)
def test_filters_that_mean_something_are_kept(typed, chosen):
    assert TableForm(typed, units=["Dispatch"], tags=["council"]).chosen() == chosen


def test_the_address_holds_filters_order_and_place():
    assert address({}) == "?view=table"
    assert address({"stage": 2}, sort="-name", after="a&b") == (
        "?view=table&stage=2&sort=-name&after=a%26b"
    )
