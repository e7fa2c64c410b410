"""Four fifths with the exact test: the published counts, small groups, and ties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.colours import Colour
from metrics.rules.fairness import Fairness, Group, Lack, Limits, judge_fairness
from tests.metrics.vectors import VECTORS

GROUPS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=6).map(
    lambda rows: [Group(f"g{i}", min(row), max(row)) for i, row in enumerate(rows)]
)


def judged(limits=None, **groups):
    known = [Group(key, *counts) for key, counts in groups.items()]
    return judge_fairness(known, limits=limits) if limits else judge_fairness(known)


@pytest.mark.parametrize(
    "example", VECTORS["adverse_impact"], ids=lambda one: "-".join(one["groups"])
)
def test_each_example_of_the_vectors(example):
    found = judged(**example["groups"])

    shown = {
        one.group: {
            "rate": round(one.rate, 3),
            "ratio": round(one.ratio, 3),
            "p": round(one.p, 4),
            "rag": one.colour.value,
            "flips": one.flips,
        }
        for one in found.impacts
    }
    reference, impacts, indicative = example["expected"]
    assert (found.reference, shown, [*found.indicative]) == (reference, impacts, indicative)
    assert found.colour == next(iter(impacts.values()))["rag"]


def test_age_is_an_attribute_of_its_own():
    found = judged(forty=(52, 168), younger=(127, 271)).impacts[0]

    assert (round(found.ratio, 2), round(found.p, 3), found.colour) == (0.66, 0.001, Colour.RED)


@pytest.mark.parametrize(
    ("selected", "colour"), [(90, "green"), (89, "amber"), (80, "amber"), (79, "red"), (60, "red")]
)
def test_colours_change_exactly_at_nine_tenths_and_four_fifths(selected, colour):
    found = judged(a=(selected * 10, 2000), b=(1000, 2000)).impacts[0]

    assert found.colour == colour


def test_a_low_ratio_that_chance_explains_asks_for_more_data():
    assert judged(a=(7, 30), b=(10, 30)).impacts[0].colour == Colour.AMBER


def test_a_p_that_equals_its_limit_is_not_below_it():
    found = judged(a=(62, 150), b=(96, 180)).impacts[0]
    same = judged(Limits(alpha=found.p), a=(62, 150), b=(96, 180)).impacts[0]

    assert (found.colour, same.colour) == (Colour.RED, Colour.AMBER)


def test_one_more_selection_may_flip_it():
    flips = judged(a=(89, 200), b=(100, 200)).impacts[0]
    stays = judged(a=(88, 200), b=(100, 200)).impacts[0]

    assert (flips.colour, flips.flips) == (Colour.AMBER, True)
    assert (stays.colour, stays.flips) == (Colour.AMBER, False)
    assert not judged(a=(40, 40), b=(50, 50)).impacts[0].flips


@pytest.mark.parametrize(("total", "reportable"), [(29, False), (30, True)])
def test_a_group_is_judged_from_thirty_on(total, reportable):
    found = judged(a=(10, total), b=(100, 200), c=(90, 200))

    assert ("a" in found.indicative) is not reportable
    assert ("a" in [one.group for one in found.impacts]) is reportable


@pytest.mark.parametrize(("total", "reportable"), [(39, False), (40, True)])
def test_a_group_is_judged_from_two_percent_of_all_on(total, reportable):
    found = judged(a=(10, total), b=(480, 960), c=(400, 2000 - 960 - total))

    assert ("a" in found.indicative) is not reportable


def test_a_small_group_is_never_the_reference():
    found = judged(tiny=(9, 9), a=(20, 40), b=(18, 40))

    assert (found.reference, found.indicative) == ("a", ("tiny",))


def test_without_two_groups_or_any_selection_there_is_no_ratio():
    assert judged() == Fairness(None, (), (), Lack.GROUPS)
    assert judged(a=(5, 50)) == Fairness(None, (), (), Lack.GROUPS)
    assert judged(a=(5, 50), b=(2, 6)) == Fairness(None, (), ("b",), Lack.GROUPS)
    assert judged(a=(0, 50), b=(0, 50)) == Fairness(None, (), (), Lack.SELECTIONS)
    assert judged(a=(0, 50), b=(0, 50)).colour is None


def test_of_equal_rates_the_larger_group_is_the_reference():
    found = judged(a=(20, 40), b=(50, 100), c=(30, 60))

    assert found.reference == "b"
    assert {(one.group, one.ratio, one.colour) for one in found.impacts} == {
        ("a", 1.0, Colour.GREEN),
        ("c", 1.0, Colour.GREEN),
    }


def test_the_worst_group_colours_the_whole():
    found = judged(a=(100, 200), b=(95, 200), c=(60, 200), d=(85, 200))

    assert [one.colour for one in found.impacts] == ["green", "red", "amber"]
    assert found.colour == Colour.RED


def test_limits_are_data():
    strict = Limits(least=5, share=Fraction(0), legal=Fraction(85, 100), alpha=0.5)

    assert judged(strict, a=(3, 8), b=(30, 40)).impacts[0].colour == Colour.RED
    assert judged(Limits(least=0, share=Fraction(0)), a=(0, 0), b=(3, 9)).lack == Lack.GROUPS


@given(GROUPS, st.randoms())
def test_the_order_of_the_groups_is_of_no_matter(groups, chance):
    found = judge_fairness(groups)

    assert found == judge_fairness(chance.sample(groups, len(groups)))
    assert (found.reference is None) == (found.lack is not None) == (found.colour is None)
    for one in found.impacts:
        assert 0 <= one.ratio <= 1
        assert 0 <= one.p <= 1


@given(GROUPS, st.integers(2, 20))
def test_many_times_as_many_of_the_same_keep_ratios_and_are_surer(groups, times):
    more = [Group(one.key, one.selected * times, one.total * times) for one in groups]
    few, many = judge_fairness(groups), judge_fairness(more)
    ratios = {one.group: one for one in many.impacts}

    if few.indicative == many.indicative:
        assert [(one.group, one.ratio) for one in few.impacts] == [
            (one.group, one.ratio) for one in many.impacts
        ]
        for one in few.impacts:
            assert one.colour != Colour.RED or ratios[one.group].colour == Colour.RED


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda: Group("a", 8, 7), "selected of a: 8 is above total, 7"),
        (lambda: Group("a", -1, 7), "selected of a: -1 cannot be"),
        (
            lambda: judge_fairness([Group("a", 1, 7), Group("a", 2, 7)]),
            "group: a comes twice; keep the newest figure",
        ),
    ],
)
def test_what_cannot_be_is_refused(refused, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        refused()
