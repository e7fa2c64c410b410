"""Each kind of rule: where its colours begin, and grey wherever something is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.colours import (
    Attainment,
    Band,
    Colour,
    Direction,
    Figures,
    Limits,
    Several,
    Shade,
    States,
    attainment,
)
from metrics.rules.thresholds import read_threshold

GREEN, AMBER, RED, GREY = Colour.GREEN, Colour.AMBER, Colour.RED, Colour.GREY
LOWER = Direction.LOWER
ORDER = [RED, AMBER, GREEN]
whole = st.integers(-1000, 1000)


def toward(value, target=80.0, baseline=20.0, **more):
    return Figures(value=value, target=target, baseline=baseline, **more)


@pytest.mark.parametrize(
    ("value", "colour"),
    [(77, GREEN), (76.9, AMBER), (65, AMBER), (64.9, RED), (10, RED), (95, GREEN)],
)
def test_attainment_is_green_from_95_and_amber_from_75_hundredths_of_the_way(value, colour):
    assert Attainment().shade(toward(value)) == Shade(colour)


@pytest.mark.parametrize(("value", "colour"), [(4.3, GREEN), (5.5, AMBER), (5.6, RED)])
def test_where_lower_is_better_the_way_leads_down(value, colour):
    figures = toward(value, target=4, baseline=10, direction=LOWER)

    assert Attainment().shade(figures) == Shade(colour)


@pytest.mark.parametrize(
    ("value", "target", "baseline", "share"),
    [(70, 70, 70, 1), (69, 70, 70, 0), (75, 70, 80, 1), (69, 70, 80, 0), (50, 80, 20, 0.5)],
)
def test_to_hold_what_there_was_is_a_target_too(value, target, baseline, share):
    assert attainment(toward(value, target, baseline)) == share


@pytest.mark.parametrize("missing", ["value", "target", "baseline"])
def test_attainment_is_grey_without_one_of_its_three(missing):
    figures = Figures(**{"value": 1.0, "target": 2.0, "baseline": 0.0, missing: None})

    assert Attainment().shade(figures) == Shade.without(missing)
    with pytest.raises(ValueError, match=f"{missing}:? None"):
        attainment(figures)


def test_a_band_has_no_way_to_go():
    with pytest.raises(ValueError, match="judge by a band"):
        attainment(toward(50, direction=Direction.BAND))


@given(value=whole, target=whole, baseline=whole, factor=st.integers(1, 50), shift=whole)
def test_attainment_does_not_mind_the_unit(value, target, baseline, factor, shift):
    once = attainment(toward(value, target, baseline))
    again = attainment(toward(*(number * factor + shift for number in (value, target, baseline))))

    assert again == pytest.approx(once)


@given(values=st.tuples(whole, whole), target=whole, baseline=whole)
def test_a_better_value_never_has_a_worse_colour(values, target, baseline):
    worse, better = (
        Attainment().shade(toward(value, target, baseline)).colour for value in sorted(values)
    )

    assert ORDER.index(worse) <= ORDER.index(better)


@given(value=whole, target=whole, baseline=whole)
def test_what_is_better_high_is_the_mirror_of_what_is_better_low(value, target, baseline):
    up = toward(value, target, baseline)
    down = toward(-value, -target, -baseline, direction=LOWER)

    assert attainment(up) == attainment(down)


@pytest.mark.parametrize(("value", "colour"), [(800, GREEN), (1000, AMBER), (1000.1, RED)])
def test_limits_may_be_multiples_of_the_target(value, colour):
    limits = Limits(green=read_threshold("<= T"), amber=read_threshold("<= 1.25 T"))

    assert limits.shade(Figures(value=value, target=800)) == Shade(colour)
    assert limits.shade(Figures(value=value)) == Shade(GREY, "no_target")


@pytest.mark.parametrize(
    ("value", "lower", "colour"), [(98, 97, GREEN), (98, 96.9, AMBER), (96, 94, RED)]
)
def test_green_may_ask_more_of_another_figure(value, lower, colour):
    at_least = read_threshold(">= T")
    limits = Limits(green=at_least, amber=at_least, green_by="lower")

    figures = Figures(value=value, target=97, beside={"lower": lower})
    assert limits.shade(figures) == Shade(colour)
    assert limits.shade(Figures(value=value, target=97)) == Shade(GREY, "no_lower")


def test_limits_on_a_figure_beside_the_value_need_that_figure():
    limits = Limits(green=read_threshold("= 0"), by="roles_under")

    assert limits.shade(Figures(beside={"roles_under": 0})) == Shade(GREEN)
    assert limits.shade(Figures(beside={"roles_under": 9})) == Shade(AMBER)
    assert limits.shade(Figures(value=1.0)) == Shade(GREY, "no_roles_under")


@pytest.mark.parametrize(("value", "colour"), [(2.9, AMBER), (3, GREEN), (20, GREEN), (21, AMBER)])
def test_a_band_is_green_inside(value, colour):
    assert Band(low=3, high=20).shade(Figures(value=value)) == Shade(colour)
    assert Band(low=3, high=20).shade(Figures()) == Shade(GREY, "missing")


@pytest.mark.parametrize(
    ("value", "beside", "colour"),
    [(3, {"days": 30}, GREEN), (3, {"days": 31}, AMBER), (2, {}, RED), (4, {}, AMBER)],
)
def test_several_are_green_together_and_red_only_if_none_is_met(value, beside, colour):
    several = Several(met={"value": read_threshold(">= T"), "days": read_threshold("<= 30")})

    assert several.shade(Figures(value=value, target=3, beside=beside)) == Shade(colour)
    assert several.shade(Figures(value=value)) == Shade(GREY, "no_target")
    assert several.shade(Figures(target=3)) == Shade(GREY, "missing")


def test_a_state_has_the_colour_that_is_given_to_it():
    states = States(colours={"ramping": GREEN, "declining": RED})

    assert states.shade(Figures(state="declining")) == Shade(RED)
    assert states.shade(Figures(state="insufficient_data")) == Shade(GREY, "insufficient_data")
    assert states.shade(Figures()) == Shade(GREY, "missing")


@pytest.mark.parametrize(
    ("wrong", "way_out"),
    [
        (lambda: Attainment(green=0.7), "green: 0.7 is not above amber"),
        (lambda: Band(low=20, high=3), "high: 3 is not above low"),
        (lambda: Several(met={"value": read_threshold("> 1")}), "name two or more"),
        (lambda: Figures(value=float("nan")), "value: nan cannot be; give a finite number"),
        (lambda: Figures(beside={"lower": float("inf")}), "lower: inf"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_way_out(wrong, way_out):
    with pytest.raises(ValueError, match=way_out):
        wrong()
