"""The practice as it is delivered: what the product promises is really in the files."""

import pytest

from playbook.playbooks import Playbook
from playbook.shapes import COMPUTED, Field

SIGNING_SIDES = ("technology", "people")


def keys(things) -> list[str]:
    return [thing.key for thing in things]


def test_four_stages_end_at_four_gates_and_a_pause_at_a_fifth(playbook: Playbook):
    assert [stage.number for stage in playbook.stages] == [1, 2, 3, 4]
    assert [(gate.key, gate.name) for gate in playbook.gates] == [
        ("1", "agree the problem"),
        ("2", "agree the design"),
        ("3", "agree the launch"),
        ("4", "agree the result"),
        ("resume", "agree to resume"),
    ]
    assert playbook.gate_of(3) == playbook.gate("3")
    assert playbook.gate("3").ready_at == 90
    assert playbook.gate("3").launch_date == ("launch_plan", "launch_on")
    assert [verdict.value for verdict in playbook.gate("4").verdicts] == [
        "scale",
        "fix",
        "hold",
        "retire",
    ]


@pytest.mark.parametrize("gate", ["1", "2", "3", "4", "resume"])
@pytest.mark.parametrize("side", SIGNING_SIDES)
def test_each_side_has_a_must_at_each_gate(playbook: Playbook, gate, side):
    assert any(
        criterion.side == side and criterion.kind in {"must", "hard"} and not criterion.verdicts
        for criterion in playbook.criteria_of(gate)
    )


def test_gates_one_and_two_hold_musts_and_one_hard_stop(playbook: Playbook):
    criteria = [*playbook.criteria_of("1"), *playbook.criteria_of("2")]

    assert {criterion.kind for criterion in criteria} == {"must", "hard"}
    assert keys(c for c in criteria if c.kind == "hard") == ["g1_no_vendor_commitment"]


def test_gate_three_has_its_hard_stops_and_weighs_the_rest_alike(playbook: Playbook):
    criteria = playbook.criteria_of("3")

    assert len(criteria) == 18
    assert {criterion.weight for criterion in criteria} == {1}
    assert keys(c for c in criteria if c.kind == "hard") == [
        "g3_stop_switch",
        "g3_change_authorised",
        "g3_people_told",
        "g3_representatives",
        "g3_oversight",
        "g3_baseline",
    ]
    managers = playbook.criterion("g3_managers")
    assert (managers.kind, managers.met_at, managers.stop_below) == ("should", 90, 70)
    assert [sum(c.side in {side, "joint"} for c in criteria) for side in SIGNING_SIDES] == [11, 11]


def test_gate_four_binds_eleven_musts_for_scaling_and_a_review_a_side_always(playbook: Playbook):
    assert keys(playbook.criteria_of("4", "retire")) == [
        "g4_reviewed_technology",
        "g4_reviewed_people",
    ]
    assert len(playbook.criteria_of("4", "scale")) == len(playbook.criteria_of("4")) == 13


def test_a_criterion_says_how_it_is_proved(playbook: Playbook):
    assert playbook.criterion("g1_people_view").proof == "artefact"
    assert playbook.criterion("g1_change_load").proof == "attested"
    computed = {c.computed for c in playbook.criteria if c.proof == "computed"}
    assert computed == COMPUTED
    assert playbook.criterion("g1_accountable_pair").computed == "accountable_pair"


def test_only_slots_that_prove_a_criterion_are_required(playbook: Playbook):
    required = keys(playbook.required_slots("1"))

    assert "organisational_context" not in required
    for key in ("gaps_to_fill", "real_bottleneck", "change_room_now", "skills_that_last"):
        assert playbook.slot(key).side == "people"
        assert key in required
    for key in ("tech_landscape", "capability_possibilities", "market_view"):
        assert playbook.slot(key).side == "technology"
        assert key in required


def test_a_gate_freezes_the_slots_of_all_stages_up_to_it(playbook: Playbook):
    assert playbook.slots_at("2") == (*playbook.slots_of(1), *playbook.slots_of(2))
    assert playbook.slots_at("2") == playbook.slots_until(2)
    assert keys(playbook.slots_at("resume")) == ["resume_cause", "resume_fix", "resume_evidence"]
    assert not {"resume_cause"} & set(keys(playbook.slots_at("4")))


def test_slots_whose_object_comes_later_are_not_there_yet(playbook: Playbook):
    for key in ("opportunity_score", "scorecard", "monthly_review", "launch_decision"):
        assert not playbook.has_slot(key)
    assert not playbook.has_slot("vendor_due_diligence")
    assert playbook.slot("vendor_technology").side == "technology"
    assert playbook.slot("vendor_people").side == "people"


def test_the_thirty_five_metrics_are_named(playbook: Playbook):
    sides = [metric.side for metric in playbook.metrics]

    assert len(playbook.metrics) == 35
    assert (sides.count("technology"), sides.count("people"), sides.count("joint")) == (7, 14, 14)
    assert keys(metric for metric in playbook.metrics if metric.logins) == ["adopt.activation"]
    assert playbook.metric("adopt.rate").unit == "%"


def test_short_lists_are_found_by_key(playbook: Playbook):
    assert [level.code for level in playbook.levels] == [f"L{number}" for number in range(7)]
    assert playbook.level("L2").name == "AI advises"
    assert playbook.operating_model("joint_sprint").name == "Joint sprint"
    assert len(playbook.operating_models) == 3
    assert len(playbook.reasons) == 17
    assert playbook.reason("ethical_boundary").label
    assert "approved" in playbook.notice("approved_instances").text
    assert playbook.notice("data_classes").title
    assert playbook.stage(2).name == "Design"
    assert len(playbook.risk_questions) == 5


@pytest.mark.parametrize(
    "look_up",
    [
        lambda playbook: playbook.slot("none"),
        lambda playbook: playbook.criterion("none"),
        lambda playbook: playbook.gate("none"),
        lambda playbook: playbook.metric("none"),
        lambda playbook: playbook.slot("premortem").field("none"),
        lambda playbook: playbook.slot("fairness_plan").field("checks").column("none"),
    ],
)
def test_what_is_not_there_raises_a_key_error(playbook: Playbook, look_up):
    with pytest.raises(KeyError):
        look_up(playbook)


def test_a_slot_knows_its_fields(playbook: Playbook):
    slot = playbook.slot("problem_statement")

    assert slot.field("problem").is_text
    assert slot.evidence_field == slot.field("sources")
    assert slot.evidence_field.min_items == 2
    assert playbook.slot("premortem").evidence_field is None
    assert playbook.slot("fairness_plan").field("checks").column("threshold").decimals == 2
    answer = slot.field("ai_answer")
    assert answer.option_label("without_ai") == "No, solve it without AI"
    assert answer.option_label("an old answer") == "an old answer"


def test_the_success_statement_offers_every_metric_and_ones_own(playbook: Playbook):
    table: Field = playbook.slot(playbook.success.slot).field(playbook.success.table)
    values = [option.value for option in table.column("metric").options]

    assert values == [*keys(playbook.metrics), "custom"]
    assert (table.min_items, table.max_items) == (playbook.success.least, playbook.success.most)


def test_no_word_of_the_playbook_names_a_person_or_a_failing_of_one(playbook: Playbook):
    text = playbook.bytes.decode().lower()

    for word in ("turf", "isn't ready", "rubber", "resource trap", "15x", "chro", "cio who"):
        assert word not in text
