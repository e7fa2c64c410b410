"""Small groups are hidden, and never alone; what is hidden is absent for everybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.floors import (
    Floors,
    Group,
    Kind,
    Reason,
    Suppressed,
    check_cut,
    shown,
    suppressions,
    tells_by_difference,
    visible,
)

MIN, SECONDARY, DIFFERENCING = Reason.MIN_GROUP, Reason.SECONDARY, Reason.DIFFERENCING


def group(people, **parts):
    return Group("all", people, tuple(Group(key, size) for key, size in parts.items()))


def reasons(whole, floor=5, **more):
    return {key: one.reason for key, one in suppressions(whole, floor=floor, **more).items()}


@pytest.mark.parametrize(
    ("kind", "floor"),
    [(Kind.SCORE, 5), (Kind.DISTRIBUTION, 8), (Kind.THEMES, 10), (Kind.USAGE, 10)],
)
def test_the_more_a_figure_tells_the_more_people_it_takes(kind, floor):
    assert Floors().of(kind) == floor
    assert Floors().of(kind, smallest=3) == floor
    assert Floors().of(kind, smallest=30) == 30


def test_floors_go_up_and_never_down():
    assert Floors(score=12).of(Kind.SCORE) == 12
    with pytest.raises(ValueError, match="usage: 9 is below the floor; choose 10 or more"):
        Floors(usage=9)


def test_what_stands_in_place_of_a_figure_says_so_and_why():
    assert Suppressed(MIN).cell == {"value": None, "suppressed": True, "reason": "min_group"}


def test_groups_that_are_large_enough_are_all_shown():
    assert reasons(group(30, a=5, b=25)) == {}


def test_a_small_group_takes_the_next_smallest_along():
    assert reasons(group(60, a=4, b=30, c=20, d=6)) == {"a": MIN, "d": SECONDARY}


def test_two_small_groups_are_company_for_each_other_if_they_are_enough():
    assert reasons(group(28, a=4, b=4, c=20)) == {"a": MIN, "b": MIN}
    assert reasons(group(37, a=2, b=2, c=20, d=13)) == {"a": MIN, "b": MIN, "d": SECONDARY}


def test_an_empty_group_is_no_company():
    assert reasons(group(24, a=0, b=4, c=20)) == {"a": MIN, "b": MIN, "c": SECONDARY}
    assert reasons(group(20, a=0, b=20)) == {"a": MIN}


def test_of_two_equally_small_ones_the_first_by_name_goes_along():
    assert reasons(group(24, a=4, c=10, b=10)) == {"a": MIN, "b": SECONDARY}


def test_people_who_are_in_no_part_are_a_hidden_part():
    assert reasons(group(33, a=10, b=20)) == {"a": SECONDARY}
    assert reasons(group(39, a=10, b=20)) == {}
    assert reasons(group(29, a=4, b=20)) == {"a": MIN}
    assert reasons(group(27, a=2, b=10, c=13), floor=6) == {"a": MIN, "b": SECONDARY}


def test_with_a_hidden_group_goes_all_that_is_in_it():
    inner = Group("b", 12, (Group("b1", 6), Group("b2", 6)))
    whole = Group("all", 46, (Group("a", 4), inner, Group("c", 30)))

    assert reasons(whole) == {"a": MIN, "b": SECONDARY, "b1": SECONDARY, "b2": SECONDARY}


def test_in_a_shown_group_the_parts_are_judged_again():
    inner = Group("b", 30, (Group("b1", 3), Group("b2", 7), Group("b3", 20)))
    whole = Group("all", 60, (Group("a", 30), inner))

    assert reasons(whole) == {"b1": MIN, "b2": SECONDARY}


def test_a_whole_below_the_floor_shows_nothing():
    assert reasons(Group("all", 4, (Group("a", 4),))) == {"all": MIN, "a": MIN}


def test_a_score_that_tells_by_difference_is_hidden_with_company():
    whole = group(60, a=20, b=30, c=10)

    assert reasons(whole, moved={"a"}) == {"a": DIFFERENCING, "c": SECONDARY}


def test_what_is_hidden_in_a_part_is_hidden_in_a_whole_of_the_same_people():
    assert reasons(group(20, a=20, b=0), moved={"a"}) == dict.fromkeys(
        ("all", "a"), DIFFERENCING
    ) | {"b": MIN}


@pytest.mark.parametrize(
    ("came", "left", "score", "is_told"),
    [(1, 0, 71, True), (2, 2, 71, True), (5, 0, 71, False), (3, 2, 71, False), (1, 0, 70, False)],
)
def test_a_few_who_came_or_left_are_told_by_a_score_that_moved(came, left, score, is_told):
    assert tells_by_difference(came=came, left=left, score=score, last_shown=70) == is_told


def test_where_nobody_came_or_left_a_moved_score_tells_of_no_one():
    assert not tells_by_difference(came=0, left=0, score=71, last_shown=70)


def test_what_is_hidden_stands_as_hidden_for_readers_and_is_absent_for_detectors():
    values = {"a": 12, "b": 65}
    hidden = {"a": Suppressed(MIN)}

    assert shown(values, hidden) == {"a": Suppressed(MIN), "b": 65}
    assert visible(values, hidden) == {"b": 65}


def test_people_are_cut_by_one_attribute_at_a_time():
    check_cut([])
    check_cut(["role", "role"])
    with pytest.raises(ValueError, match=r"location, role cannot be crossed.* choose one"):
        check_cut(["role", "location"])


@pytest.mark.parametrize(
    ("wrong", "way_out"),
    [
        (lambda: Group("a", -1), "people of a: -1 cannot be"),
        (lambda: group(10, a=6, b=5), "parts of all: 11 people are more than its 10; count each"),
        (lambda: suppressions(group(20, a=5), floor=0), "floor: 0 cannot be"),
        (lambda: suppressions(Group("a", 9, (Group("a", 9),)), floor=5), "'a' stands for two"),
        (
            lambda: tells_by_difference(came=-1, left=0, score=1, last_shown=1),
            "came: -1 cannot be",
        ),
        (
            lambda: tells_by_difference(came=1, left=0, score=1, last_shown=1, fewest=2),
            "fewest: 2 cannot be; give a number of 5 or more",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(wrong, way_out):
    with pytest.raises(ValueError, match=way_out):
        wrong()


sizes = st.lists(st.integers(0, 40), min_size=1, max_size=8)


@given(sizes=sizes, left_out=st.integers(0, 12), floor=st.integers(1, 12), data=st.data())
def test_hidden_parts_are_never_one_and_never_few(sizes, left_out, floor, data):
    parts = tuple(Group(f"p{i}", size) for i, size in enumerate(sizes))
    moved = data.draw(st.sets(st.sampled_from([part.key for part in parts])))
    whole = Group("all", sum(sizes) + left_out, parts)

    hidden = suppressions(whole, floor=floor, moved=moved)

    apart = [part.people for part in parts if part.key in hidden and part.people]
    apart += [left_out] if left_out else []
    assert all(part.key in hidden for part in parts if part.people < floor)
    assert moved <= hidden.keys()
    if "all" in hidden or not apart:
        return
    assert sum(apart) >= floor
    assert len(apart) > 1 or apart == [left_out]


@given(sizes=sizes, floor=st.integers(1, 12), data=st.data())
def test_the_order_of_parts_says_nothing(sizes, floor, data):
    parts = tuple(Group(f"p{i}", size) for i, size in enumerate(sizes))
    turned = tuple(data.draw(st.permutations(parts)))

    assert suppressions(Group("all", sum(sizes), parts), floor=floor) == suppressions(
        Group("all", sum(sizes), turned), floor=floor
    )


@given(sizes=sizes, floor=st.integers(1, 12), factor=st.integers(1, 9))
def test_only_the_size_against_the_floor_counts(sizes, floor, factor):
    def of(times):
        parts = tuple(Group(f"p{i}", size * times) for i, size in enumerate(sizes))
        return suppressions(Group("all", sum(sizes) * times, parts), floor=floor * times)

    assert of(1) == of(factor)
