"""Whose gap it is."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from metrics.rules.attribution import RoleUse, attribute_gap, two_proportion_z

ASSISTANT = (
    ("phone", 103, 120),
    ("chat", 35, 40),
    ("returns", 8, 48),
    ("leads", 4, 22),
)
ROLES = st.lists(
    st.integers(10, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    min_size=1,
    max_size=6,
)


def roles(*uses: tuple[str, int, int]) -> list[RoleUse]:
    return [RoleUse(role=role, active=active, eligible=of) for role, active, of in uses]


def numbered(counts: list[tuple[int, int]]) -> list[RoleUse]:
    return roles(*((f"role {at}", active, of) for at, (active, of) in enumerate(counts)))


def test_the_sentence_of_the_answer_assistant() -> None:
    """Sixty-nine percent of the gap sits in a fifth of the people, of whom a sixth use it."""
    found = attribute_gap(roles(*ASSISTANT), target=85)

    assert [gap.role for gap in found.roles[: found.taken]] == ["returns"]
    assert found.gap_share == pytest.approx(69.05, abs=0.01)
    assert found.people_share == pytest.approx(20.87, abs=0.01)
    assert found.adoption == pytest.approx(16.67, abs=0.01)
    assert found.roles[0].z == pytest.approx(-7.94, abs=0.01)
    assert found.is_concentrated


def test_every_role_is_told_the_widest_gap_first() -> None:
    found = attribute_gap(roles(*ASSISTANT), target=85)

    assert [(gap.role, round(gap.people, 1), round(gap.under, 1)) for gap in found.roles] == [
        ("returns", 32.8, 68.3),
        ("leads", 14.7, 66.8),
        ("chat", 0, -2.5),
        ("phone", 0, -0.8),
    ]
    assert [gap.z for gap in found.roles[1:]] == [None] * 3
    assert (found.far_under, found.left_out) == (2, 0)
    assert found.worst == pytest.approx(68.33, abs=0.01)


def test_a_role_too_small_to_show_is_left_out_and_no_zero() -> None:
    small = roles(*ASSISTANT, ("trainees", 0, 9))

    found = attribute_gap(small, target=85)

    assert found.left_out == 1
    assert found.roles == attribute_gap(roles(*ASSISTANT), target=85).roles


def test_a_higher_floor_leaves_out_more() -> None:
    found = attribute_gap(roles(*ASSISTANT), target=85, min_eligible=40)

    assert ([gap.role for gap in found.roles], found.left_out) == (["returns", "chat", "phone"], 1)


@pytest.mark.parametrize("uses", [(), (("a", 0, 9),)])
def test_without_a_role_to_show_nothing_is_said(uses) -> None:
    found = attribute_gap(roles(*uses), target=80)

    assert (found.roles, found.taken, found.is_concentrated) == ((), 0, False)
    assert (found.gap_share, found.people_share, found.adoption, found.worst) == (None,) * 4


def test_without_a_gap_nothing_is_taken() -> None:
    found = attribute_gap(roles(("a", 9, 10), ("b", 10, 10)), target=90)

    assert (found.taken, found.gap_share, found.worst, found.far_under) == (0, None, 0.0, 0)
    assert [(gap.role, gap.share) for gap in found.roles] == [("a", 0.0), ("b", 0.0)]
    assert not found.is_concentrated


def test_one_role_alone_has_nobody_to_be_compared_with() -> None:
    found = attribute_gap(roles(("a", 1, 40)), target=80)

    assert (found.taken, found.roles[0].z, found.is_concentrated) == (1, None, False)
    assert (found.gap_share, found.people_share) == (100.0, 100.0)


def test_just_sixty_percent_explains_enough() -> None:
    found = attribute_gap(roles(("a", 44, 100), ("b", 56, 100), ("c", 80, 100)), target=80)

    assert (found.taken, found.gap_share) == (1, 60.0)


def test_a_hair_below_sixty_does_not() -> None:
    uses = (("a", 440, 1000), ("b", 559, 1000), ("c", 800, 1000))

    assert attribute_gap(roles(*uses), target=80).taken == 2


@pytest.mark.parametrize(("others", "is_few"), [(60, True), (59, False)])
def test_forty_percent_of_the_people_are_just_few(others, is_few) -> None:
    uses = roles(("a", 0, 40), ("b", others, others))

    assert attribute_gap(uses, target=50).is_concentrated is is_few


def test_what_is_not_surely_below_the_rest_is_not_concentrated() -> None:
    found = attribute_gap(roles(("a", 10, 20), ("b", 30, 40), ("c", 32, 40)), target=80)

    assert found.taken == 1
    assert found.roles[0].z == pytest.approx(-2.45, abs=0.01)
    assert not found.is_concentrated


def test_several_roles_are_each_held_against_all_that_are_not_taken() -> None:
    uses = roles(("a", 5, 40), ("b", 6, 40), ("c", 95, 100), ("d", 96, 100))

    found = attribute_gap(uses, target=90)

    assert (found.taken, found.is_concentrated) == (2, True)
    assert found.roles[0].z == pytest.approx(two_proportion_z(5, 40, (191, 200)))


def test_just_twenty_points_under_is_not_far() -> None:
    found = attribute_gap(roles(("a", 60, 100), ("b", 59, 100)), target=80)

    assert (found.far_under, found.worst) == (1, 21.0)


def test_equal_gaps_stand_by_name() -> None:
    found = attribute_gap(roles(("b", 5, 10), ("a", 5, 10)), target=80)

    assert [gap.role for gap in found.roles] == ["a", "b"]


@pytest.mark.parametrize(
    ("uses", "target", "floor", "words"),
    [
        ((("a", 1, 10), ("a", 2, 10)), 80, 10, "role: a comes twice"),
        ((("a", 1, 10),), 0, 10, "target: 0 is no percentage"),
        ((("a", 1, 10),), 80, 5, "min_eligible: 5 cannot be"),
    ],
)
def test_what_cannot_be_is_refused(uses, target, floor, words) -> None:
    with pytest.raises(ValueError, match=words):
        attribute_gap(roles(*uses), target=target, min_eligible=floor)


def test_a_role_with_miscounts_is_refused() -> None:
    with pytest.raises(ValueError, match="active: 11 of 10 eligible"):
        RoleUse(role="a", active=11, eligible=10)


@pytest.mark.parametrize(("few", "many"), [((0, 5), (0, 7)), ((5, 5), (7, 7))])
def test_where_all_or_none_are_active_nobody_is_below(few, many) -> None:
    assert two_proportion_z(*few, many) == 0


def test_scipy_agrees_on_a_thousand_random_pairs() -> None:
    chance = random.Random(1900)
    for _ in range(1000):
        few, many = chance.randint(10, 300), chance.randint(10, 300)
        low, high = chance.randint(1, few - 1), chance.randint(1, many - 1)
        table = [[low, few - low], [high, many - high]]

        z = two_proportion_z(low, few, (high, many))

        assert z**2 == pytest.approx(
            stats.chi2_contingency(table, correction=False).statistic, abs=1e-9
        )
        assert (z < 0) == (low * many < high * few)


@settings(max_examples=50)
@given(ROLES, st.integers(1, 100), st.randoms())
def test_the_order_of_the_roles_is_of_no_matter(counts, target, chance) -> None:
    uses = numbered(counts)

    mixed = chance.sample(uses, len(uses))

    assert attribute_gap(mixed, target=target) == attribute_gap(uses, target=target)


@settings(max_examples=50)
@given(ROLES, st.integers(1, 100), st.integers(2, 9))
def test_ten_times_the_people_have_the_same_shares(counts, target, factor) -> None:
    few = attribute_gap(numbered(counts), target=target)
    many = attribute_gap(numbered([(factor * n, factor * of) for n, of in counts]), target=target)

    assert (few.taken, few.gap_share, few.people_share) == (
        many.taken,
        many.gap_share,
        many.people_share,
    )
    assert (few.far_under, few.worst) == (many.far_under, many.worst)


@settings(max_examples=50)
@given(ROLES, st.integers(1, 100))
def test_the_shares_are_of_one_whole_and_the_taken_explain_enough(counts, target) -> None:
    found = attribute_gap(numbered(counts), target=target)

    if found.gap_share is not None:
        assert sum(gap.share for gap in found.roles) == pytest.approx(100)
        assert found.gap_share >= 60
        assert sum(gap.share for gap in found.roles[: found.taken - 1]) < 60.0001
