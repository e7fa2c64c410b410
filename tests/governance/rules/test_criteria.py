"""The bar of each gate: decisive criteria, hard stops, readiness per side, stale proofs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from governance.rules.criteria import (
    Answer,
    Dated,
    Verdict,
    blockers_of_age,
    blockers_of_old_evidence,
    blockers_to_reach,
    lowest_axis,
    readiness,
)
from playbook.shapes import Criterion, Gate

MET, UNMET = Answer(is_met=True), Answer(is_met=False)
PLAIN = Gate(key="1", stage=1, name="agree the problem", help="")
LAUNCH = Gate(key="3", stage=3, name="agree the launch", help="", ready_at=90)


def criterion(key="c", **changes) -> Criterion:
    return Criterion(
        **{
            "key": key,
            "gate": "1",
            "side": "people",
            "kind": "must",
            "axis": "workforce",
            "weight": 1,
            "text": f"Text of {key}",
            "proof": "attested",
            **changes,
        }
    )


def verdict(answer, **changes) -> Verdict:
    return Verdict(criterion=criterion(**changes), answer=answer)


def codes(blockers) -> list[str]:
    return [blocker.code for blocker in blockers]


@pytest.mark.parametrize("kind", ["must", "hard"])
@pytest.mark.parametrize("answer", [None, UNMET])
def test_a_decisive_criterion_unmet_or_unknown_blocks(kind, answer) -> None:
    assert codes(blockers_to_reach(PLAIN, [verdict(answer, kind=kind)], "")) == ["criterion.c"]


def test_met_criteria_block_nothing() -> None:
    assert not codes(blockers_to_reach(PLAIN, [verdict(MET)], ""))


def test_a_should_blocks_nothing_by_itself() -> None:
    assert not codes(blockers_to_reach(PLAIN, [verdict(UNMET, kind="should")], ""))


def test_the_reason_is_said_as_well_as_it_is_known() -> None:
    reasons = [
        next(iter(blockers_to_reach(PLAIN, [verdict(answer)], ""))).message
        for answer in (None, UNMET, Answer(is_met=False, why_not="The file is missing."))
    ]

    assert reasons == [
        "“Text of c” has not been answered yet.",
        "“Text of c” is not met yet.",
        "“Text of c”: The file is missing.",
    ]


def test_a_criterion_of_some_verdicts_blocks_only_those() -> None:
    scale_only = [verdict(UNMET, verdicts=("scale",))]

    assert codes(blockers_to_reach(PLAIN, scale_only, "scale")) == ["criterion.c"]
    assert not codes(blockers_to_reach(PLAIN, scale_only, "retire"))


@pytest.mark.parametrize(
    ("value", "met", "stops"),
    [(None, False, True), ("69.9", False, True), ("70", False, False), ("90", True, False)],
)
def test_a_number_is_met_from_one_line_and_stops_below_another(value, met, stops) -> None:
    answer = Answer(is_met=True, value=Decimal(value) if value else None)
    one = verdict(answer, kind="should", met_at=Decimal(90), stop_below=Decimal(70), unit="%")

    assert (one.is_met, one.stops) == (met, stops)
    assert codes(blockers_to_reach(PLAIN, [one], "")) == (["stop.c"] if stops else [])


def test_a_line_that_nobody_answered_stops() -> None:
    assert verdict(None, kind="should", stop_below=Decimal(70)).stops


def test_what_is_unknown_is_not_met() -> None:
    assert verdict(None).state == "unknown"
    assert not verdict(None).is_met
    assert (verdict(MET).state, verdict(UNMET).state) == ("met", "unmet")


def test_joint_criteria_count_for_both_sides() -> None:
    known = [
        verdict(MET, key="p", side="people"),
        verdict(UNMET, key="t", side="technology"),
        verdict(MET, key="j", side="joint", weight=2),
    ]

    assert readiness(known, "people") == 100
    assert readiness(known, "technology") == 66
    assert readiness([], "people") is None


def test_launching_needs_both_sides_at_ninety() -> None:
    ten = [verdict(MET, key=f"p{n}", kind="should") for n in range(9)]
    nine_of_ten = [*ten, verdict(UNMET, key="p9", kind="should")]
    eight_of_ten = [*nine_of_ten[1:], verdict(UNMET, key="p10", kind="should")]
    technology = [verdict(MET, key="t", side="technology", kind="should")]

    assert not codes(blockers_to_reach(LAUNCH, nine_of_ten + technology, ""))
    assert codes(blockers_to_reach(LAUNCH, eight_of_ten + technology, "")) == ["ready.people"]


def test_a_launch_without_its_date_is_not_signed() -> None:
    dated = replace(LAUNCH, launch_date=("launch_plan", "launch_on"))
    plan = [verdict(UNMET, kind="should", side="joint", slots=("launch_plan",))]
    rest = [verdict(MET, key=f"j{n}", kind="should", side="joint") for n in range(20)]

    assert not codes(blockers_to_reach(LAUNCH, plan + rest, ""))
    assert codes(blockers_to_reach(dated, plan + rest, "")) == ["criterion.c"]


def test_a_side_without_criteria_is_not_held_to_a_share() -> None:
    assert not codes(blockers_to_reach(LAUNCH, [verdict(MET)], ""))


def test_the_weakest_axis_is_shown_and_never_an_average() -> None:
    known = [
        verdict(MET, key="a", axis="technical"),
        verdict(UNMET, key="b", axis="ethics"),
        verdict(MET, key="c", axis="ethics"),
    ]

    assert lowest_axis(known) == ("ethics", 50)
    assert lowest_axis([]) is None
    assert lowest_axis([verdict(MET, weight=0)]) is None


def test_a_proof_is_good_through_its_last_day() -> None:
    known = [
        verdict(Answer(is_met=True, valid_until=date(2026, 12, 3))),
        verdict(None),
        verdict(MET),
    ]

    assert not codes(blockers_of_age(known, date(2026, 12, 3)))
    assert codes(blockers_of_age(known, date(2026, 12, 4))) == ["stale.c"]


def test_a_piece_of_evidence_is_good_through_its_last_day() -> None:
    pieces = [Dated(id=7, label="The problem", valid_until=date(2026, 12, 3))]

    assert not codes(blockers_of_old_evidence(pieces, date(2026, 12, 3)))
    assert codes(blockers_of_old_evidence(pieces, date(2026, 12, 4))) == ["stale.evidence.7"]
