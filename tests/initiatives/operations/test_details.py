"""Operating model, risk, month and budget: one save, one version, signed."""

from datetime import date
from decimal import Decimal

import pytest

from initiatives.choices import Standing
from initiatives.operations.details import DetailsRefusedError, StaleDetailsError, set_details
from initiatives.operations.stages import change_standing
from initiatives.queries.initiatives import details_of
from initiatives.rules.details import Details
from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import ForbiddenError, NotVisibleError
from playbook.load import files

NO = dict.fromkeys(
    ("about_people", "ranks_people", "touches_jobs", "acts_alone", "watches_people"), False
)


@pytest.fixture
def put(helper, cast, noon):
    def putting(actor=cast.tariq, *, expected=None, **details):
        helper.refresh_from_db()
        return set_details(
            actor=actor,
            initiative=helper,
            details=Details(**details),
            expected_version=helper.version if expected is None else expected,
            at=noon,
        )

    return putting


@pytest.fixture
def models():
    return [model.key for model in files().operating_models]


def test_all_is_set_in_one_save(put, helper, models):
    details = {
        "operating_model": models[0],
        "risk": {**NO, "about_people": True, "ranks_people": True},
        "planned_month": date(2027, 3, 17),
        "budget_ask": Decimal("41000.50"),
    }

    changed = put(**details)

    helper.refresh_from_db()
    assert (changed.version, helper.version) == (2, 2)
    assert helper.risk_tier == "high"
    assert helper.planned_month == date(2027, 3, 1)
    assert (helper.budget_ask, helper.budget_currency) == (Decimal("41000.50"), "EUR")
    body = bytes(Entry.objects.get(kind=Kind.INITIATIVE_CHANGED).body)
    assert b'"budget_ask":[null,"41000.50 EUR"]' in body
    assert b'"signed":true' in body


def test_the_same_again_writes_nothing(put, helper, models):
    put(operating_model=models[0], risk=NO)
    entries = Entry.objects.count()

    put(operating_model=models[0], risk=NO)

    assert Entry.objects.count() == entries
    assert details_of(helper).risk == NO


def test_a_budget_can_be_taken_back(put, helper):
    put(budget_ask=Decimal(5))

    put()

    helper.refresh_from_db()
    assert (helper.budget_ask, helper.budget_currency) == (None, "")


def test_the_second_to_save_is_told(put, helper, models):
    put(operating_model=models[0])

    with pytest.raises(StaleDetailsError) as stale:
        put(operating_model=models[1], expected=1)

    assert stale.value.initiative.operating_model == models[0]


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"operating_model": "matrix"}, "model_unknown"),
        ({"risk": {"about_people": True}}, "unanswered"),
        ({"planned_month": date(1999, 1, 1)}, "month_out_of_range"),
        ({"budget_ask": Decimal(-1)}, "amount_out_of_range"),
        ({"budget_ask": Decimal("1.234")}, "amount_too_fine"),
    ],
)
def test_a_wrong_value_is_refused(put, details, code):
    with pytest.raises(DetailsRefusedError) as refused:
        put(**details)

    assert code in refused.value.codes


def test_answered_risk_questions_stay_answered(put):
    put(risk=NO)

    with pytest.raises(DetailsRefusedError) as refused:
        put(risk=None)

    assert refused.value.codes == ("risk_missing",)


def test_what_is_closed_stays(put, helper, cast, noon):
    change_standing(initiative=helper, standing=Standing.CLOSED, actor=cast.hana, at=noon)

    with pytest.raises(DetailsRefusedError) as refused:
        put(budget_ask=Decimal(5))

    assert refused.value.codes == ("over",)


@pytest.mark.parametrize(("who", "error"), [("kim", ForbiddenError), ("erin", NotVisibleError)])
def test_only_the_two_sides_set_details(put, cast, who, error):
    with pytest.raises(error):
        put(getattr(cast, who), budget_ask=Decimal(5))
