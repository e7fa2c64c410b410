"""Operating model, risk, month and money: what may be set, and when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from initiatives.rules.details import DetailFacts, Details, blockers_to_set_details
from initiatives.rules.risk import QUESTIONS

ANSWERS = dict.fromkeys(QUESTIONS, False)
WHOLE = Details(
    operating_model="joint_sprint",
    risk=ANSWERS,
    planned_month=date(2027, 3, 1),
    budget_ask=Decimal("41000.00"),
)
FACTS = DetailFacts(wanted=WHOLE, model_now="", models=("joint_sprint", "decoupled"), rated=False)


def codes(facts):
    return [(one.code, one.field) for one in blockers_to_set_details(facts)]


def test_whole_details_have_nothing_against_them():
    assert codes(FACTS) == []
    assert codes(replace(FACTS, wanted=Details())) == []


@pytest.mark.parametrize(
    ("wanted", "code", "field"),
    [
        ({"operating_model": "alone"}, "model_unknown", "operating_model"),
        ({"risk": ANSWERS | {"acts_alone": None}}, "unanswered", "acts_alone"),
        ({"planned_month": date(1999, 12, 1)}, "month_out_of_range", "planned_month"),
        ({"planned_month": date(2101, 1, 1)}, "month_out_of_range", "planned_month"),
        ({"budget_ask": Decimal(0)}, "amount_out_of_range", "budget_ask"),
        ({"budget_ask": Decimal("NaN")}, "amount_out_of_range", "budget_ask"),
        ({"budget_ask": Decimal("0.001")}, "amount_too_fine", "budget_ask"),
    ],
)
def test_a_wrong_value_is_named_at_its_field(wanted, code, field):
    assert codes(replace(FACTS, wanted=replace(WHOLE, **wanted))) == [(code, field)]


def test_answered_questions_stay_answered():
    without = replace(FACTS, wanted=replace(WHOLE, risk=None))

    assert codes(without) == []
    assert codes(replace(without, rated=True)) == [("risk_missing", "risk")]


def test_what_is_closed_stays_as_it_is():
    assert ("over", "") in codes(replace(FACTS, is_over=True))
