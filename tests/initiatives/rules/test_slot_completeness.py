"""When a slot proves what it is for: nothing required is missing, nothing is left open."""

import pytest

from initiatives.rules.slots import (
    EMPTY,
    blockers_to_complete,
    clean_slot,
    is_complete,
)
from tests.initiatives.rules.test_slots import SLOT


def complete(raw: dict, playbook, evidence: int = 2) -> list[tuple[str, str]]:
    clean = clean_slot(SLOT, raw)
    blockers = [*blockers_to_complete(SLOT, clean, playbook=playbook, evidence=evidence)]
    assert is_complete(SLOT, clean, playbook=playbook, evidence=evidence) is not bool(blockers)
    return [(blocker.code, blocker.field) for blocker in blockers]


def test_a_slot_is_complete_when_nothing_required_is_missing(playbook):
    rows = [{"role": "Dispatcher"}]

    assert complete({"title": "T", "rows": rows}, playbook) == []
    assert complete({"title": "T", "rows": rows, "passed": "yes"}, playbook) == []


def test_a_slot_says_all_that_is_missing(playbook):
    assert complete({}, playbook, 1) == [
        ("missing", "title"),
        ("too_few_rows", "rows"),
        ("evidence_missing", "proof"),
    ]


def test_a_row_needs_its_own_required_cells(playbook):
    raw = {"title": "T", "rows": [{"role": "R"}, {"task": "Words"}]}

    assert complete(raw, playbook) == [("missing", "rows.1.role")]


def test_an_answer_that_leaves_it_open_can_be_saved_but_proves_nothing(playbook):
    raw = {"title": "T", "rows": [{"role": "R"}], "passed": "no"}

    assert complete(raw, playbook) == [("not_settled", "passed")]
    blockers = blockers_to_complete(SLOT, clean_slot(SLOT, raw), playbook=playbook, evidence=2)
    assert next(blockers).message == "Passed: “Not yet” leaves this open."


@pytest.mark.parametrize(
    ("outcome", "promises", "code", "message"),
    [
        ("none_found", 0, None, ""),
        ("fits", 1, None, ""),
        ("none_found", 1, "rows_against_answer", "“We looked and found none”, but there is 1 row."),
        ("none_found", 2, "rows_against_answer", "but there are 2 rows. Empty what stands here"),
        ("fits", 0, "answer_without_rows", "the plan fits them”, but there is no row. Add one"),
    ],
)
def test_a_table_says_the_same_as_the_answer_it_goes_with(
    playbook, outcome, promises, code, message
):
    slot = playbook.slot("commitment_check")
    rows = [{"promise": f"Promise {number}"} for number in range(promises)]
    clean = clean_slot(slot, {"outcome": outcome, "promises": rows})

    found = [*blockers_to_complete(slot, clean, playbook=playbook)]

    assert [(one.code, one.field) for one in found] == ([(code, "promises")] if code else [])
    assert all(message in one.message for one in found)


def test_an_answer_that_is_missing_is_not_held_against_its_table(playbook):
    slot = playbook.slot("commitment_check")
    clean = clean_slot(slot, {"promises": [{"promise": "Nobody is let go"}]})

    found = [*blockers_to_complete(slot, clean, playbook=playbook)]

    assert [(one.code, one.field) for one in found] == [("missing", "outcome")]


def test_the_success_statement_is_judged_by_its_own_rules_too(playbook):
    slot = playbook.slot("success_statement")
    row = {"metric": "adopt.rate", "owner": "people", "baseline": "0", "target": "85"}
    raw = {
        "from_state": "From",
        "to_state": "To",
        "by": "2027-12-31",
        "outcome_for_people": "Less waiting",
        "measures": [
            {**row, "name": "Phone"},
            {**row, "name": "Chat"},
            {**row, "metric": "value.time_saved", "owner": "joint"},
        ],
    }
    clean = clean_slot(slot, raw)

    found = [blocker.code for blocker in blockers_to_complete(slot, clean, playbook=playbook)]

    assert found == ["no_technical_outcome"]


def test_every_slot_of_the_playbook_takes_an_empty_form_and_says_what_is_missing(playbook):
    for slot in playbook.slots:
        clean = clean_slot(slot, {})
        required = any(field.required for field in slot.fields)
        assert clean == EMPTY
        assert is_complete(slot, clean, playbook=playbook) is not required
