"""The colour that is shown: grey before all, then provisos, weak sources and the wrong way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.colours import Attainment, Colour, Direction, Figures, Limits
from metrics.rules.confidence import Confidence, Ground, Origin
from metrics.rules.floors import Reason, Suppressed
from metrics.rules.freshness import Freshness
from metrics.rules.judgements import Evidence, Proviso, Rule, goes_wrong_way, judge
from metrics.rules.thresholds import read_threshold

GREEN, AMBER, RED, GREY = Colour.GREEN, Colour.AMBER, Colour.RED, Colour.GREY
MEASURED = Ground(origins=[Origin.MEASURED])
SOLID = Evidence(freshness=Freshness.FRESH, ground=MEASURED)
TOWARD = Rule(kind=Attainment())
REACHED = Figures(value=80, target=80, baseline=20)
FAR = Figures(value=21, target=80, baseline=20)


def evidence(**more):
    return Evidence(**{"freshness": Freshness.FRESH, "ground": MEASURED, **more})


def proviso(colour, because="told", **more):
    when = {"beside": read_threshold("> 0")}
    return Proviso(**{"when": when, "colour": colour, "because": because, **more})


def test_a_solid_figure_at_its_target_is_green_and_has_nothing_to_explain():
    judgement = judge(TOWARD, REACHED, SOLID)

    assert (judgement.colour, judgement.reasons) == (GREEN, ())
    assert judgement.confidence == Confidence.MEASURED
    assert judgement.can_claim_improvement


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"freshness": Freshness.STALE}, "stale"),
        ({"freshness": Freshness.MISSING}, "missing"),
        ({"suppressed": Suppressed(Reason.SECONDARY)}, "suppressed"),
    ],
)
def test_what_is_old_missing_or_hidden_is_grey_whatever_it_says(more, reason):
    severe = Rule(kind=Attainment(), provisos=(proviso(RED, instead=True),))
    figures = Figures(value=80, target=80, baseline=20, beside={"beside": 1})

    judgement = judge(severe, figures, evidence(**more))

    assert (judgement.colour, judgement.reasons) == (GREY, (reason,))


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        (Figures(target=80, baseline=20), "missing"),
        (Figures(value=80, baseline=20), "no_target"),
        (Figures(value=80, target=80), "no_baseline"),
    ],
)
def test_what_nobody_knows_is_grey_and_says_what_is_lacking(figures, reason):
    judgement = judge(TOWARD, figures, SOLID)

    assert (judgement.colour, judgement.reasons) == (GREY, (reason,))


def test_a_human_metric_without_a_baseline_says_so_and_claims_nothing():
    rule = Rule(kind=Limits(green=read_threshold(">= 90")), is_human=True)

    bare = judge(rule, Figures(value=95), SOLID)
    measured_before = judge(rule, Figures(value=95, baseline=40), SOLID)

    assert (bare.colour, bare.reasons) == (GREEN, ("no_baseline",))
    assert not bare.can_claim_improvement
    assert measured_before.can_claim_improvement
    twice = judge(Rule(kind=Attainment(), is_human=True), Figures(value=1, target=2), SOLID)
    assert twice.reasons == ("no_baseline",)


def test_what_begins_at_nothing_has_its_baseline_by_nature():
    rule = Rule(kind=Attainment(), is_human=True, start=0)

    judgement = judge(rule, Figures(value=76, target=80), SOLID)

    assert (judgement.colour, judgement.can_claim_improvement) == (GREEN, True)


@pytest.mark.parametrize("cases", [None, 99])
def test_too_few_cases_are_not_judged(cases):
    rule = Rule(kind=Limits(green=read_threshold("> 0")), fewest=100)

    judgement = judge(rule, Figures(value=1, cases=cases), SOLID)

    assert (judgement.colour, judgement.reasons) == (GREY, ("too_few",))
    assert judge(rule, Figures(value=1, cases=100), SOLID).colour == GREEN


@pytest.mark.parametrize(
    ("ground", "reason"),
    [
        (Ground(origins=[]), "no_source"),
        (Ground(origins=[Origin.MEASURED], wants_two=True), "single_source"),
        (Ground(origins=[Origin.MEASURED], is_far_apart=True), "low_confidence"),
        (Ground(origins=[Origin.SELF_REPORTED], is_money_or_hours=True), "self_reported"),
    ],
)
def test_weak_sources_keep_from_green_and_make_nothing_better(ground, reason):
    reached = judge(TOWARD, REACHED, evidence(ground=ground))
    far = judge(TOWARD, FAR, evidence(ground=ground))

    assert (reached.colour, reached.reasons) == (AMBER, (reason,))
    assert (far.colour, far.reasons) == (RED, (reason,))


def test_two_periods_the_wrong_way_drop_green_to_amber_and_no_further():
    falling = evidence(slopes=(3.0, -0.5, -0.1))

    assert judge(TOWARD, REACHED, falling).colour == AMBER
    assert judge(TOWARD, REACHED, falling).reasons == ("wrong_way",)
    halfway = Figures(value=68, target=80, baseline=20)
    assert judge(TOWARD, halfway, falling).colour == AMBER
    assert judge(TOWARD, FAR, falling).colour == RED


@pytest.mark.parametrize(
    ("slopes", "direction", "is_wrong"),
    [
        ((-1, -1), Direction.HIGHER, True),
        ((1, 1), Direction.LOWER, True),
        ((1, 1), Direction.HIGHER, False),
        ((-1, 1), Direction.HIGHER, False),
        ((-1, 0), Direction.HIGHER, False),
        ((-1, None), Direction.HIGHER, False),
        ((None, -1, -1), Direction.HIGHER, True),
        ((-1,), Direction.HIGHER, False),
        ((-1, -1), Direction.BAND, False),
    ],
)
def test_the_wrong_way_takes_two_known_steps_in_a_row(slopes, direction, is_wrong):
    assert goes_wrong_way(slopes, direction=direction) == is_wrong


def test_a_proviso_leaves_its_colour_at_best():
    rule = Rule(kind=Attainment(), provisos=(proviso(AMBER, "one"), proviso(RED, "two")))
    aside = Figures(value=80, target=80, baseline=20, beside={"beside": 1})

    assert judge(rule, REACHED, SOLID).colour == GREEN
    assert judge(rule, aside, SOLID).colour == RED
    assert judge(rule, aside, SOLID).reasons == ("one", "two")


def test_a_proviso_never_makes_a_colour_better():
    rule = Rule(kind=Attainment(), provisos=(proviso(AMBER),))
    far = Figures(value=21, target=80, baseline=20, beside={"beside": 1})

    assert judge(rule, far, SOLID).colour == RED


@pytest.mark.parametrize("colour", [GREY, AMBER, RED])
def test_what_decides_alone_needs_no_value(colour):
    rule = Rule(kind=Attainment(), fewest=500, provisos=(proviso(colour, instead=True),))

    judgement = judge(rule, Figures(beside={"beside": 1}), SOLID)

    assert (judgement.colour, judgement.reasons) == (colour, ("told",))
    assert judge(rule, Figures(beside={"beside": 0}), SOLID).reasons == ("too_few",)


def test_what_decides_alone_and_is_not_known_keeps_from_green_and_says_what_is_lacking():
    rule = Rule(kind=Attainment(), provisos=(proviso(RED, instead=True),))
    none = Figures(value=80, target=80, baseline=20, beside={"beside": 0})

    silent = judge(rule, REACHED, SOLID)

    assert (silent.colour, silent.reasons) == (AMBER, ("no_beside",))
    assert judge(rule, none, SOLID).colour == GREEN


def test_what_would_not_decide_anyway_need_not_be_known():
    when = {"appeals": read_threshold("= 0"), "decisions": read_threshold("> 2000")}
    one = proviso(AMBER, when=when, instead=True)

    assert one.lacks(Figures(beside={"appeals": 3})) == ""
    assert one.lacks(Figures(beside={"appeals": 0})) == "decisions"
    assert proviso(RED, when={"value": read_threshold("< T")}).lacks(Figures(value=1)) == "target"
    assert proviso(RED, states=("plateau",)).lacks(Figures(state="ramping")) == ""


def test_a_proviso_may_hold_in_some_states_only():
    one = proviso(AMBER, when={}, states=("plateau",))

    assert one.applies(Figures(state="plateau"))
    assert not one.applies(Figures(state="ramping"))


def test_a_proviso_on_what_nobody_gave_does_not_apply():
    assert not proviso(RED, when={"value": read_threshold("< T")}).applies(Figures(value=1))


@pytest.mark.parametrize(
    ("wrong", "way_out"),
    [
        (lambda: proviso(RED, when={}), "name a figure"),
        (lambda: proviso(GREEN), "colour: green holds nothing back; choose amber or red"),
        (lambda: proviso(GREEN, instead=True), "colour: green holds nothing back"),
        (lambda: proviso(GREY), "colour: grey holds nothing back; .* or grey instead"),
        (lambda: Rule(kind=Attainment(), fewest=-1), "fewest: -1"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, way_out):
    with pytest.raises(ValueError, match=way_out):
        wrong()


grounds = st.builds(
    Ground,
    origins=st.lists(st.sampled_from(Origin), max_size=3),
    wants_two=st.booleans(),
    is_far_apart=st.booleans(),
    is_money_or_hours=st.booleans(),
)
some = st.none() | st.integers(-50, 150)
figures_of_all_kinds = st.builds(
    Figures, value=some, target=some, baseline=some, direction=st.sampled_from(Direction)
)
all_evidence = st.builds(
    Evidence,
    freshness=st.sampled_from(Freshness),
    ground=grounds,
    slopes=st.lists(st.none() | st.integers(-2, 2), max_size=4),
    suppressed=st.none() | st.builds(Suppressed, st.sampled_from(Reason)),
)


@given(figures=figures_of_all_kinds, evidence=all_evidence)
def test_nothing_unknown_old_hidden_or_sourceless_is_ever_green(figures, evidence):
    rule = Rule(kind=Limits(green=read_threshold(">= T"), amber=read_threshold(">= 0.5 T")))

    judgement = judge(rule, figures, evidence)

    if figures.value is None or evidence.suppressed or evidence.freshness != Freshness.FRESH:
        assert judgement.colour == GREY
    if not evidence.ground.origins:
        assert judgement.colour != GREEN
    assert judgement.colour != GREY or judgement.reasons
