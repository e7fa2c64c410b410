"""What it takes to sign without a point."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from governance.rules.criteria import Verdict, blockers_of_age, blockers_to_reach, may_excuse
from governance.rules.lacking import lacking
from governance.rules.waiving import Waiver, blockers_to_waive
from playbook.load import files

TODAY = date(2026, 12, 3)
REASON = "The survey is under way, and its answers come in January."
GOOD = Waiver(excuse="waived", reason=REASON, until=TODAY + timedelta(days=60))
BOOK = files()
GATE = BOOK.gate("1")
MUST = next(one for one in BOOK.criteria_of("1") if one.kind == "must")
NOT_MUST = [one for gate in "1234" for one in BOOK.criteria_of(gate) if one.kind != "must"]


def codes(waiver=GOOD, criterion=MUST, gate=GATE, **facts) -> list[str]:
    known = {"may_drive": True, "is_over": False, "today": TODAY} | facts
    return [one.code for one in blockers_to_waive(gate, criterion, waiver, **known)]


def test_a_must_is_waived_for_a_reason_and_until_a_day() -> None:
    assert codes() == []
    assert codes(Waiver(excuse="not_applicable", reason=REASON)) == []


@pytest.mark.parametrize("criterion", NOT_MUST, ids=lambda one: one.key)
def test_a_hard_stop_or_what_is_weighed_is_never_waived(criterion) -> None:
    assert codes(criterion=criterion, gate=BOOK.gate(criterion.gate)) == ["kind"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": "Later."}, "short"),
        ({"until": None}, "until"),
        ({"until": TODAY}, "until"),
        ({"until": TODAY + timedelta(days=367)}, "until"),
        ({"excuse": "forgotten", "until": None}, "excuse"),
    ],
)
def test_reason_and_end_are_asked_for(change, code) -> None:
    assert codes(replace(GOOD, **change)) == [code]


@pytest.mark.parametrize(
    ("facts", "code"), [({"may_drive": False}, "not_yours"), ({"is_over": True}, "closed")]
)
def test_who_may_not_and_what_has_ended(facts, code) -> None:
    assert codes(**facts) == [code]


def test_what_is_waived_keeps_nothing_closed_until_its_day_is_over() -> None:
    until = TODAY + timedelta(days=1)
    waived = Verdict(criterion=MUST, answer=None, excuse="waived", excused_until=until)

    assert [*blockers_to_reach(GATE, [waived], "")] == []
    assert lacking(BOOK, [waived], lambda _: ()) == ()
    assert [*blockers_of_age([waived], until)] == []
    [over] = blockers_of_age([waived], until + timedelta(days=1))
    assert over.code == f"waiver.{MUST.key}"


def test_a_waiver_of_what_is_no_must_excuses_nothing() -> None:
    hard = next(one for one in NOT_MUST if one.kind == "hard")

    assert not Verdict(criterion=hard, answer=None, excuse="waived").is_excused
    assert not may_excuse(BOOK.gate(hard.gate), hard)
