"""The colours of all 35 metrics, each at the edges that its definition names."""

from dataclasses import fields
from itertools import chain
from pathlib import Path

import pytest
import yaml

from metrics.rules import adoption, equilibrium
from metrics.rules.adoption import Pace
from metrics.rules.attribution import Attribution
from metrics.rules.colour_rules import read_rule
from metrics.rules.colours import Colour, Direction, Figures
from metrics.rules.confidence import Ground, Origin
from metrics.rules.freshness import Freshness
from metrics.rules.judgements import Evidence, judge
from playbook.nodes import read_yaml

TESTS = Path(__file__).parents[2]
FILE = TESTS / "metrics" / "colour_rules.yaml"
RULES = read_yaml(FILE.name, FILE.read_bytes()).plain
CATALOGUE = {
    one["key"]: one
    for one in yaml.safe_load(
        (TESTS.parent / "playbook" / "metrics.yaml").read_text(encoding="utf-8")
    )["metrics"]
}
SOLID = Evidence(freshness=Freshness.FRESH, ground=Ground(origins=[Origin.MEASURED]))
LOW_TARGET, HIGH_TARGET = {"target": 4}, {"target": 90}
# Per metric: what is given always, then (figures, colour) at each edge. A bare number is the value.
EDGES = {
    "tech.availability": (
        {"value": 99.6},
        [
            ({"error_budget_used": 0.69}, "green"),
            ({"error_budget_used": 0.7}, "amber"),
            ({"error_budget_used": 1}, "amber"),
            ({"error_budget_used": 1.01}, "red"),
        ],
    ),
    "tech.latency_p95": (
        {"target": 800, "cases": 1000},
        [(800, "green"), (1000, "amber"), (1001, "red"), ({"value": 700, "cases": 999}, "grey")],
    ),
    "tech.data_accuracy": (
        {"target": 97, "cases": 100},
        [
            ({"value": 98, "lower_bound": 97}, "green"),
            ({"value": 97, "lower_bound": 94}, "amber"),
            ({"value": 96.9, "lower_bound": 94}, "red"),
            ({"value": 98, "lower_bound": 97, "cases": 99}, "grey"),
        ],
    ),
    "tech.critical_error_rate": (
        LOW_TARGET | {"cases": 500, "severity_1": 0},
        [
            (4, "green"),
            (8, "amber"),
            (8.1, "red"),
            ({"value": 0, "severity_1": None}, "amber"),
            ({"value": 0, "severity_1": 1}, "red"),
            ({"value": 0, "severity_1": 1, "cases": 20}, "red"),
        ],
    ),
    "tech.drift_psi": (
        {"cases": 200},
        [(0.09, "green"), (0.1, "amber"), (0.25, "amber"), (0.26, "red")],
    ),
    "fair.adverse_impact_ratio": (
        {},
        [({"state": colour}, colour) for colour in ("green", "amber", "red")]
        + [({"state": ""}, "grey")],
    ),
    "ops.incident_rate": (
        {"target": 2, "p1_on_people": 0},
        [
            (2, "green"),
            (4, "amber"),
            (4.1, "red"),
            ({"value": 0, "p1_on_people": 1}, "red"),
            ({"value": 0, "p1_on_people": None}, "amber"),
        ],
    ),
    "ops.mttr": (
        LOW_TARGET | {"cases": 3},
        [(4, "green"), (6, "amber"), (6.1, "red"), ({"value": 1, "cases": 2}, "grey")],
    ),
    "ops.change_fail_rate": (
        {"target": 10, "cases": 5},
        [(10, "green"), (20, "amber"), (21, "red"), ({"value": 1, "cases": 4}, "grey")],
    ),
    "fin.cost_per_active": (
        {"value": 106.95},
        [
            ({"ratio_to_licensed": 1.25}, "green"),
            ({"ratio_to_licensed": 1.75}, "amber"),
            ({"ratio_to_licensed": 1.76}, "red"),
        ],
    ),
    "adopt.activation": (HIGH_TARGET, [(90, "green"), (75, "amber"), (74, "red")]),
    "adopt.rate": (
        {"target": 80, "state": "ramping"},
        [
            (76, "green"),
            (60, "amber"),
            (59, "red"),
            ({"value": 78, "state": "plateau"}, "amber"),
            ({"value": 78, "is_too_slow": 1}, "amber"),
            ({"value": 52, "state": "plateau"}, "red"),
        ],
    ),
    "adopt.stickiness": ({"target": 40}, [(40, "green"), (24, "amber"), (23, "red")]),
    "adopt.role_gap": (
        {"worst": 35, "is_concentrated": 0},
        [
            ({"far_under": 0, "worst": 20}, "green"),
            ({"far_under": 1}, "amber"),
            ({"far_under": 1, "worst": 36}, "red"),
            ({"far_under": 2, "is_concentrated": 1}, "red"),
        ],
    ),
    "adopt.state": (
        {"periods_over_20_pp": 2},
        [
            ({"state": "ramping"}, "green"),
            ({"state": "at_target"}, "green"),
            ({"state": "at_target", "is_eroding": 1}, "amber"),
            ({"state": "ramping", "is_too_slow": 1}, "amber"),
            ({"state": "ramping", "periods_over_20_pp": 3}, "green"),
            ({"state": "plateau"}, "amber"),
            ({"state": "not_taken_off"}, "amber"),
            ({"state": "volatile"}, "amber"),
            ({"state": "plateau", "periods_over_20_pp": 3}, "red"),
            ({"state": "declining"}, "red"),
            ({"state": "insufficient_data"}, "grey"),
        ],
    ),
    "people.sentiment": (
        {"target": 70, "baseline": 50, "response_rate": 60},
        [
            ({"value": 90, "response_rate": None}, "amber"),
            (69, "green"),
            (65, "amber"),
            (64, "red"),
            ({"value": 90, "response_rate": 29.9}, "grey"),
            ({"value": 90, "response_rate": 30}, "green"),
            ({"value": 90, "baseline": None}, "grey"),
        ],
    ),
    "people.trust_index": (
        {"target": 65, "baseline": 45},
        [(64, "green"), ({"value": 70, "distrust": 35}, "amber")],
    ),
    "people.ai_literacy": ({"target": 50, "baseline": 30}, [(49, "green"), (44, "red")]),
    "people.capability_confidence": ({"target": 25}, [(25, "green"), (0, "amber"), (-1, "red")]),
    "people.innovation_velocity": (
        {"target": 3},
        [
            ({"value": 3, "days_to_trial": 30}, "green"),
            ({"value": 3, "days_to_trial": 31}, "amber"),
            ({"value": 2, "days_to_trial": 30}, "amber"),
            (0, "red"),
        ],
    ),
    "people.learning_acceleration": ({}, [(1.2, "green"), (1, "amber"), (0.99, "red")]),
    "value.time_saved": ({"target": 400}, [(380, "green"), (300, "amber"), (120, "red")]),
    "value.productive_hours": ({"target": 240}, [(228, "green"), (192.5, "amber"), (1, "red")]),
    "people.admin_burden": (
        {"target": 6, "baseline": 8},
        [(6, "green"), (8.4, "amber"), (8.41, "red"), ({"value": 7, "baseline": None}, "grey")],
    ),
    "people.workaround_rate": ({}, [(9.9, "green"), (10, "amber"), (24.9, "amber"), (25, "red")]),
    "people.manager_enablement": ({}, [(90, "green"), (70, "amber"), (69.9, "red")]),
    "people.training_completion": (
        HIGH_TARGET,
        [
            (85.5, "green"),
            ({"value": 95, "quality": 3.5}, "green"),
            ({"value": 95, "quality": 3.4}, "amber"),
            (41, "red"),
        ],
    ),
    "people.attrition": (
        {"value": 12},
        [
            ({"difference": -0.6}, "green"),
            ({"difference": 2}, "green"),
            ({"difference": 4.1}, "amber"),
            ({"difference": 5.1}, "red"),
        ],
    ),
    "people.redeployment": ({}, [(81.8, "green"), (60, "amber"), (59, "red")]),
    "trust.appeals": (
        {"value": 6.5, "cases": 14, "appeals": 14, "decisions": 2140},
        [
            ({"overturn_rate": 14.9}, "green"),
            ({"overturn_rate": 15}, "amber"),
            ({"overturn_rate": 30}, "amber"),
            ({"overturn_rate": 36}, "red"),
            ({"overturn_rate": 0, "cases": 4}, "grey"),
            ({"value": 0, "appeals": 0, "cases": 0}, "amber"),
            ({"value": 0, "appeals": 0, "cases": 0, "decisions": 2000}, "grey"),
        ],
    ),
    "trust.override_rate": (
        {"cases": 100},
        [
            (3, "green"),
            (20, "green"),
            (2, "amber"),
            (0.5, "amber"),
            (36, "amber"),
            ({"value": 0.5, "critical_errors_red": 1}, "red"),
            ({"value": 36, "critical_errors_red": 1}, "red"),
            ({"value": 10, "critical_errors_red": 1}, "green"),
        ],
    ),
    "joint.commitments_kept": (
        {"cases": 5},
        [(85, "green"), (70, "amber"), (69, "red"), ({"value": 100, "cases": 4}, "grey")],
    ),
    "value.roi_realised": ({}, [(104, "green"), (70, "amber"), (48, "red")]),
    "joint.change_load": ({}, [(85, "green"), (100, "amber"), (118, "red")]),
    "joint.equilibrium": (
        {"value": 57.6},
        [
            ({"state": "equilibrium"}, "green"),
            ({"state": "over_automated:trust_gap"}, "amber"),
            ({"state": "under_used"}, "amber"),
        ],
    ),
}
OWN = {"value", "target", "baseline", "state", "cases"}
EVERY_EDGE = [
    (key, always | (edge if isinstance(edge, dict) else {"value": edge}), colour)
    for key, (always, edges) in EDGES.items()
    for edge, colour in edges
]


def figures(key, given):
    own = {name: number for name, number in given.items() if name in OWN}
    others = {name: number for name, number in given.items() if name not in OWN}
    beside = {name: number for name, number in others.items() if number is not None}
    return Figures(**own, beside=beside, direction=Direction(CATALOGUE[key]["direction"]))


@pytest.mark.parametrize(("key", "given", "colour"), EVERY_EDGE)
def test_each_metric_changes_its_colour_where_its_definition_says(key, given, colour):
    assert judge(read_rule(RULES[key]), figures(key, given), SOLID).colour == Colour(colour)


def test_every_metric_of_the_catalogue_has_its_rule_and_its_edges():
    assert [*RULES] == [*CATALOGUE] == [*EDGES]
    assert len(RULES) == 35


@pytest.mark.parametrize(
    ("key", "given", "reason"),
    [
        ("adopt.rate", {"value": 65, "target": 65, "state": "plateau"}, "plateau"),
        ("adopt.state", {"state": "plateau", "periods_over_20_pp": 3}, "long_plateau"),
        ("adopt.state", {"state": "insufficient_data"}, "insufficient_data"),
        ("people.attrition", {"value": 12}, "no_difference"),
        ("adopt.role_gap", {"far_under": 1, "worst": 62}, "role_far_under"),
        ("people.sentiment", {"response_rate": 12}, "low_response"),
        ("people.trust_index", {"value": 65, "target": 65, "distrust": 40}, "distrust"),
        ("people.training_completion", {"value": 95, "target": 90, "quality": 3.1}, "superficial"),
        ("trust.appeals", {"appeals": 0, "decisions": 2140}, "silent"),
        ("trust.override_rate", {"value": 0.4, "cases": 100}, "rubber_stamping"),
        ("trust.override_rate", {"value": 40, "cases": 100}, "not_useful"),
    ],
)
def test_what_stands_behind_a_colour_has_its_word(key, given, reason):
    given = {"baseline": 0} | given

    assert reason in judge(read_rule(RULES[key]), figures(key, given), SOLID).reasons


def test_rules_stand_on_what_other_rules_find():
    """A name that changes there changes here, or a colour would go grey without a word."""
    role_gap, rate = (read_rule(RULES[key]) for key in ("adopt.role_gap", "adopt.rate"))
    states, balance, fair = (
        set(read_rule(RULES[key]).kind.colours)
        for key in ("adopt.state", "joint.equilibrium", "fair.adverse_impact_ratio")
    )
    of_gap = {role_gap.kind.by, *chain.from_iterable(one.when for one in role_gap.provisos)}
    of_rate = {*chain.from_iterable(one.when for one in rate.provisos)}

    assert of_gap < {one.name for one in fields(Attribution)}
    assert of_rate < {one.name for one in fields(Pace)}
    assert states == {*adoption.State} - {adoption.State.INSUFFICIENT_DATA}
    assert balance == {*equilibrium.State}
    assert fair == {*Colour} - {Colour.GREY}


@pytest.mark.parametrize(
    ("written", "way_out"),
    [
        ({}, "kind: None is none; choose one of attainment, limits"),
        ({"kind": "limits"}, "green: missing; give green, kind"),
        ({"kind": "attainment", "gren": 90}, "gren: not known here; use amber"),
        ({"kind": "attainment", "green": "high"}, "green: 'high' cannot be; give a share"),
        ({"kind": "attainment", "green": 0.7}, "green: 0.7 is not above amber, 0.75"),
        ({"kind": "attainment", "is_human": "no"}, "is_human: 'no' cannot be; give true or false"),
        ({"kind": "attainment", "unless": {"colour": "red"}}, "unless: .* cannot be; give a list"),
        ({"kind": "band", "low": True, "high": 3}, "low: True cannot be"),
        ({"kind": "several", "met": ["> 1"]}, "met: .* give figures, each with its threshold"),
        ({"kind": "limits", "green": 90}, "threshold: '90' cannot be; write a sign"),
        ({"kind": "states"}, "give each state one colour"),
        ({"kind": "states", "green": "ramping"}, "green: 'ramping' cannot be; give a list"),
        ({"kind": "states", "green": ["on"], "red": ["on"]}, "give each state one colour"),
        ({"kind": "attainment", "unless": [{"when": {}}]}, "because: missing"),
        (
            {"kind": "attainment", "unless": [{"colour": "pink", "because": "why"}]},
            "colour: 'pink' is none; choose one of green",
        ),
        (
            {"kind": "attainment", "unless": [{"colour": "red", "because": "why", "states": "a"}]},
            "states: 'a' cannot be; give a list",
        ),
        (
            {"kind": "attainment", "unless": [{"colour": "red", "because": "why", "instead": 1}]},
            "instead: 1 cannot be; give true or false",
        ),
    ],
)
def test_a_rule_that_is_written_wrong_is_refused_with_the_way_out(written, way_out):
    with pytest.raises(ValueError, match=way_out):
        read_rule(written)


def test_shares_of_the_way_may_be_set():
    strict = read_rule({"kind": "attainment", "green": 1.0, "amber": 0.9})

    colours = [
        judge(strict, Figures(value=value, target=100, baseline=0), SOLID).colour
        for value in (100, 99, 90, 89)
    ]

    assert colours == [Colour.GREEN, Colour.AMBER, Colour.AMBER, Colour.RED]
