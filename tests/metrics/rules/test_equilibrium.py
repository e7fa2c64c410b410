"""Autonomy, trust and competence: the table of examples, and what holds for any three."""

from math import nan
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.rules.equilibrium import PLAYS, State, autonomy, competence, equilibrium
from tests.metrics.vectors import VECTORS

FIGURE = st.integers(0, 100)


@pytest.mark.parametrize(
    "example", VECTORS["equilibrium"], ids=lambda one: one["expected"]["state"]
)
def test_each_example_of_the_table(example):
    found = equilibrium(example["A"], example["T"], example["C"])

    assert {
        "balance": found.balance,
        "level": round(found.level, 1),
        "index": round(found.index, 1),
        "state": found.state,
    } == example["expected"]
    assert found.play == PLAYS[found.state]


@pytest.mark.parametrize(
    ("three", "state", "level"),
    [
        ((39, 68, 61), "under_used", 54),
        ((61, 41, 47), "over_automated:trust_gap", 49),
        ((76, 76, 74), "equilibrium", 75),
        ((67, 83, 60), "over_trust", 69),
        ((25, 62, 38), "over_trust", 39),
        ((56, 49, 66), "sceptical_experts", 57),
    ],
)
def test_the_initiatives_of_the_demonstration(three, state, level):
    found = equilibrium(*three)

    assert (found.state, round(found.level)) == (state, level)


def test_every_state_has_a_play_of_its_own():
    assert {*PLAYS} == {*State}
    assert len({*PLAYS.values()}) == len(State)


def test_a_lead_of_the_tolerance_is_none_yet():
    assert equilibrium(65, 50, 50).state == State.EQUILIBRIUM
    assert equilibrium(50 + 0.1 + 0.2, 35.3, 50).state == State.EQUILIBRIUM
    assert equilibrium(65.1, 50, 50).state == State.TRUST_GAP
    assert equilibrium(70, 50, 50, tolerance=20).state == State.EQUILIBRIUM


@given(FIGURE, FIGURE, FIGURE)
def test_the_index_is_never_above_balance_or_level(a, t, c):
    found = equilibrium(a, t, c)

    assert 0 <= found.index <= min(found.balance, found.level) + 1e-9
    assert min(a, t, c) - 1e-9 <= found.level <= max(a, t, c) + 1e-9
    assert (found.state == State.EQUILIBRIUM) == (abs(a - min(t, c)) <= 15 and abs(t - c) <= 15)


@given(FIGURE, FIGURE, FIGURE, st.permutations(range(3)))
def test_balance_and_level_know_no_order(a, t, c, order):
    one = equilibrium(a, t, c)
    other = equilibrium(*((a, t, c)[place] for place in order))

    assert one.balance == other.balance
    assert one.level == pytest.approx(other.level)


def test_what_is_unknown_makes_no_verdict():
    assert equilibrium(None, 50, 50) is None
    assert equilibrium(50, None, 50) is None
    assert equilibrium(50, 50, None) is None
    assert autonomy({}) is None
    assert autonomy({"L3": 0}) is None
    assert competence(literacy=None, coverage=50, confidence=0) is None
    assert competence(literacy=50, coverage=None, confidence=0) is None
    assert competence(literacy=50, coverage=50, confidence=None) is None


def test_autonomy_is_the_value_of_the_levels_by_volume():
    assert autonomy({"L1": 300, "L3": 100}) == 25
    assert autonomy({"L6": 1}) == 100
    assert autonomy({"high": 1, "low": 3}, levels={"low": 10, "high": 90}) == 30


def test_competence_has_three_parts():
    assert competence(literacy=60, coverage=50, confidence=0) == 30 + 15 + 10
    assert competence(literacy=100, coverage=100, confidence=100) == 100
    assert competence(literacy=0, coverage=0, confidence=-100) == 0


def test_scipy_agrees_on_the_level_of_a_thousand_random_three():
    chance = Random(16)
    for _ in range(1000):
        three = [chance.uniform(0.1, 100) for _ in "atc"]

        assert equilibrium(*three).level == pytest.approx(stats.gmean(three))


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda: equilibrium(101, 50, 50), "autonomy: 101 cannot be"),
        (lambda: equilibrium(50, -1, 50), "trust: -1 cannot be"),
        (lambda: equilibrium(50, 50, nan), "competence: nan cannot be"),
        (lambda: equilibrium(50, 50, 50, tolerance=-1), "tolerance: -1 cannot be"),
        (lambda: autonomy({"L9": 1}), "level: L9 is unknown; give one of L0, L1"),
        (lambda: autonomy({"L1": -1}), "volume of L1: -1 cannot be"),
        (lambda: competence(literacy=101, coverage=1, confidence=1), "literacy: 101"),
        (lambda: competence(literacy=1, coverage=-1, confidence=1), "coverage: -1"),
        (lambda: competence(literacy=1, coverage=1, confidence=-101), "confidence: -101"),
    ],
)
def test_what_cannot_be_is_refused(refused, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        refused()
