"""Figures of a month: what nobody knows is unknown, and of a few there is no percentage."""

import pytest

from initiatives.rules.decision_figures import Figures, percent


def test_what_nobody_knows_is_neither_overridden_nor_kept():
    month = Figures(advised=12, confirmed=6, alone=2, overridden=3, kept=9)

    assert (month.total, month.known, month.unknown) == (20, 12, 8)
    assert (month.override_rate, month.shares) == ("25%", ((12, "60%"), (6, "30%"), (2, "10%")))


def test_of_a_few_there_is_no_percentage():
    month = Figures(advised=20, overridden=3, kept=6)

    assert month.override_rate == ""
    assert Figures().override_rate == ""


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (0, 10, "0%"),
        (1, 9, ""),
        (1, 40, "3%"),
        (10, 10, "100%"),
        (1, 1_000, "under 1%"),
        (999, 1_000, "over 99%"),
    ],
)
def test_only_none_is_no_percent_and_only_all_is_a_hundred(part, whole, share):
    assert percent(part, whole) == share
