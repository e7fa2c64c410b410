"""How far a figure can be believed, and when that keeps it from green."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.confidence import Confidence, Ground, Origin, bars_to_green, confidence

MEASURED, ESTIMATED, SAID = Origin.MEASURED, Origin.ESTIMATED, Origin.SELF_REPORTED


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ([], Confidence.NO_SOURCE),
        ([MEASURED], Confidence.MEASURED),
        ([MEASURED, SAID], Confidence.MEASURED),
        ([MEASURED, ESTIMATED], Confidence.ESTIMATED),
        ([ESTIMATED, SAID], Confidence.ESTIMATED),
        ([SAID, SAID], Confidence.SELF_REPORTED),
    ],
)
def test_the_weakest_part_names_the_whole_and_a_word_alone_is_only_a_word(origins, expected):
    assert confidence(Ground(origins=origins)) == expected


@pytest.mark.parametrize("origins", [[MEASURED], [SAID], [ESTIMATED, SAID]])
def test_one_source_where_two_are_wanted_is_said_so(origins):
    ground = Ground(origins=origins, wants_two=True)

    assert confidence(ground) == Confidence.SINGLE_SOURCE
    assert "single_source" in bars_to_green(ground)


def test_two_sources_of_two_bar_nothing_unless_they_are_far_apart():
    both = {"origins": [MEASURED, SAID], "wants_two": True, "is_money_or_hours": True}

    assert [*bars_to_green(Ground(**both))] == []
    assert [*bars_to_green(Ground(**both, is_far_apart=True))] == ["low_confidence"]


def test_nothing_without_a_source_can_be_green():
    assert [*bars_to_green(Ground(origins=[]))] == ["no_source"]


def test_what_people_say_alone_bars_money_and_hours_and_nothing_else():
    assert [*bars_to_green(Ground(origins=[SAID], is_money_or_hours=True))] == ["self_reported"]
    assert [*bars_to_green(Ground(origins=[SAID]))] == []


@given(origins=st.lists(st.sampled_from(Origin)), wants_two=st.booleans())
def test_the_order_of_sources_says_nothing(origins, wants_two):
    turned = Ground(origins=origins[::-1], wants_two=wants_two)

    assert confidence(Ground(origins=origins, wants_two=wants_two)) == confidence(turned)
