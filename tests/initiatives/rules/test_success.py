import pytest

from initiatives.rules.success import blockers_to_agree, measures_of

TECHNICAL = {
    "metric": "tech.latency_p95",
    "owner": "technology",
    "baseline": "1200.00",
    "target": "800.00",
}
HUMAN = {"metric": "adopt.rate", "owner": "people", "baseline": "0.00", "target": "85.00"}
BUSINESS = {
    "metric": "fin.cost_per_active",
    "owner": "joint",
    "baseline": "140.00",
    "target": "120.00",
}
OWN = {
    "metric": "custom",
    "name": "Right at the first try",
    "outcome": "human",
    "owner": "people",
    "baseline": "61.00",
    "target": "80.00",
    "unit": "%",
}
SEATS = {**HUMAN, "metric": "adopt.activation"}
GOOD = [TECHNICAL, HUMAN, BUSINESS]


def found(playbook, rows) -> list[tuple[str, str]]:
    return [(blocker.code, blocker.field) for blocker in blockers_to_agree(playbook, rows)]


@pytest.mark.parametrize(
    "rows", [GOOD, [*GOOD, OWN], [TECHNICAL, OWN, BUSINESS], [TECHNICAL, HUMAN, SEATS]]
)
def test_three_to_five_measures_with_both_voices_can_be_agreed(playbook, rows):
    assert found(playbook, rows) == []


def test_fewer_than_three_or_more_than_five_cannot(playbook):
    six = [{**OWN, "name": f"Measure {number}"} for number in range(5)]

    assert found(playbook, GOOD[:2]) == [("too_few_measures", "measures")]
    assert found(playbook, [TECHNICAL, *six]) == [("too_many_measures", "measures")]
    assert found(playbook, [TECHNICAL, *six[:4]]) == []
    assert [code for code, _ in found(playbook, [])] == [
        "too_few_measures",
        "no_technical_outcome",
        "no_human_outcome",
    ]


def test_each_voice_must_be_heard(playbook):
    own = [{**OWN, "name": name, "outcome": "business"} for name in ("One", "Two")]

    assert found(playbook, [HUMAN, *own]) == [("no_technical_outcome", "measures")]
    assert found(playbook, [TECHNICAL, *own]) == [("no_human_outcome", "measures")]


@pytest.mark.parametrize(
    "name",
    [
        "Log-ins per week",
        "Weekly logins",
        "People who LOGGED IN",
        "Share that signs in daily",
        "Seats activated",
        "Accounts created by May",
    ],
)
def test_mere_log_ins_are_no_human_outcome_by_themselves(playbook, name):
    logins = {**OWN, "name": name}

    assert found(playbook, [TECHNICAL, BUSINESS, logins]) == [("only_logins", "measures")]
    assert found(playbook, [TECHNICAL, SEATS, logins]) == [("only_logins", "measures")]
    assert found(playbook, [TECHNICAL, HUMAN, logins]) == []


@pytest.mark.parametrize("name", ["Time to sign insurance forms", "Catalogue in one place"])
def test_words_that_only_contain_a_log_in_are_no_log_in(playbook, name):
    assert found(playbook, [TECHNICAL, BUSINESS, {**OWN, "name": name}]) == []


def test_seats_alone_are_no_human_outcome(playbook):
    assert found(playbook, [TECHNICAL, BUSINESS, SEATS]) == [("only_logins", "measures")]


def test_a_measure_of_ones_own_needs_name_outcome_and_unit(playbook):
    bare = {"metric": "custom", "owner": "people", "baseline": "1.00", "target": "2.00"}

    assert found(playbook, [*GOOD, bare]) == [
        ("missing", "measures.3.name"),
        ("missing", "measures.3.outcome"),
        ("missing", "measures.3.unit"),
    ]


def test_a_measure_of_the_catalogue_keeps_its_own_outcome(playbook):
    wrong = {**BUSINESS, "outcome": "human"}

    assert found(playbook, [TECHNICAL, HUMAN, wrong]) == [("other_outcome", "measures.2.outcome")]
    assert found(playbook, [{**TECHNICAL, "outcome": "technical"}, HUMAN, BUSINESS]) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({**HUMAN, "target": "0.00"}, "no_change"),
        ({**HUMAN, "baseline": "90.00"}, "wrong_way"),
    ],
)
def test_from_x_to_y_must_be_a_change_for_the_better(playbook, row, code):
    assert found(playbook, [TECHNICAL, row, BUSINESS]) == [(code, "measures.1.target")]


def test_lower_is_better_where_the_catalogue_says_so(playbook):
    slower = {**TECHNICAL, "target": "1500.00"}

    blockers = list(blockers_to_agree(playbook, [slower, HUMAN, BUSINESS]))

    assert [blocker.code for blocker in blockers] == ["wrong_way"]
    assert "lower is better" in blockers[0].message


def test_a_band_and_a_measure_of_ones_own_may_go_either_way(playbook):
    band = {"metric": "trust.override_rate", "owner": "joint", "baseline": "1.00", "target": "9.00"}

    assert found(playbook, [TECHNICAL, HUMAN, band]) == []
    assert found(playbook, [TECHNICAL, HUMAN, {**band, "target": "0.50"}]) == []
    assert found(playbook, [TECHNICAL, HUMAN, {**OWN, "target": "40.00"}]) == []


def test_the_same_measure_counts_once(playbook):
    assert found(playbook, [TECHNICAL, HUMAN, HUMAN]) == [("same_measure", "measures.2.metric")]
    split = [{**HUMAN, "name": "Phone"}, {**HUMAN, "name": "Chat"}]
    assert found(playbook, [TECHNICAL, *split]) == []


def test_empty_cells_are_left_to_the_slot(playbook):
    rows = [TECHNICAL, {"metric": "adopt.rate"}, {"owner": "people"}]

    assert found(playbook, rows) == []


def test_measures_carry_what_the_catalogue_knows(playbook):
    one, two = measures_of(playbook, [HUMAN, OWN])

    assert (one.name, one.unit, one.outcome) == ("Take-up", "%", "human")
    assert (two.name, two.unit, two.outcome) == ("Right at the first try", "%", "human")
    assert str(two.target) == "80.00"
