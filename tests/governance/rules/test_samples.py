"""A sample that anybody can draw again: no database."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.samples import MOST, blockers_to_sample, drawn

ALL = [sha256(bytes([number])).hexdigest() for number in range(40)]


@given(st.permutations(ALL), st.integers(1, 50))
def test_the_same_seed_draws_the_same_whatever_the_order_of_the_rows(digests, size):
    sample = drawn(digests, seed="2026-q4", size=size)

    assert sample == drawn(ALL, seed="2026-q4", size=size)
    assert len(sample) == len({*sample}) == min(size, len(ALL))


def test_each_seed_draws_its_own_and_each_decision_comes_about_as_often():
    draws = [drawn(ALL, seed=str(seed), size=10) for seed in range(400)]
    often = [sum(one in draw for draw in draws) for one in ALL]

    assert len({tuple(draw) for draw in draws}) == len(draws)
    assert 60 < min(often) <= max(often) < 140  # 100 expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"reads_everything": False}, ["not_yours"]),
        ({"seed": ""}, ["seed"]),
        ({"seed": "Zoë"}, ["seed"]),
        ({"seed": "a" * 65}, ["seed"]),
        ({"size": 0}, ["size"]),
        ({"size": MOST + 1}, ["size"]),
    ],
)
def test_what_stands_against_a_sample(facts, expected):
    blockers = blockers_to_sample(**{"reads_everything": True, "seed": "a-1", "size": 3, **facts})

    assert [blocker.code for blocker in blockers] == expected
