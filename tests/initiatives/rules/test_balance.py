"""How even both halves are, and whether people were asked while things were open."""

from initiatives.rules.balance import Input, Share, balance, participation
from people.choices import Side

TECHNOLOGY, PEOPLE = Side.TECHNOLOGY, Side.PEOPLE


def test_each_side_is_measured_by_its_own_inputs_that_are_due():
    inputs = [
        Input("technology", 1, TECHNOLOGY, is_complete=True),
        Input("technology", 2, TECHNOLOGY),
        Input("people", 2, PEOPLE, is_complete=True),
        Input("joint", 1, PEOPLE, is_complete=True),
        Input("people", 3),
    ]

    shares = balance(inputs, stage=2)

    assert shares == {TECHNOLOGY: Share(1, 2), PEOPLE: Share(1, 1)}


def test_early_inputs_of_people_are_told_from_late_ones():
    inputs = [
        Input("people", 1, PEOPLE),
        Input("joint", 2, PEOPLE),
        Input("people", 3, PEOPLE),
        Input("joint", 1, TECHNOLOGY),
        Input("people", 1),
    ]

    assert participation(inputs) == Share(2, 3)


def test_a_share_is_rounded_down_and_of_nothing_it_is_zero():
    assert Share(2, 3).percent == 66
    assert Share(0, 0).percent == 0
