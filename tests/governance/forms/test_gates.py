"""A word for a point asks for a number exactly where the playbook judges one."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from governance.forms.gates import AttestForm, SubmitForm
from playbook.load import read

WORD = {"is_met": "yes", "note": "  Seen on Monday.\r\nTwice. "}


@pytest.fixture(scope="module")
def point():
    book = read(Path(settings.PLAYBOOK_ROOT))
    return next(one for one in book.criteria_of("1") if one.proof == "attested")


def test_without_a_measure_there_is_no_number_to_give(point):
    form = AttestForm({**WORD, "value": "5"}, criterion=replace(point, met_at=None))

    assert form.is_valid()
    assert form.answer == {
        "is_met": True,
        "note": "Seen on Monday.\nTwice.",
        "value": None,
        "valid_until": None,
    }


@pytest.mark.parametrize(("value", "ok"), [("", False), ("many", False), ("4.5", True)])
def test_with_a_measure_the_number_is_asked_for_in_its_unit(point, value, ok):
    measured = replace(point, met_at=Decimal(4), unit="hours")
    form = AttestForm({**WORD, "value": value}, criterion=measured)

    assert form.is_valid() is ok
    assert form.fields["value"].label == "The number, in hours"


def test_only_a_gate_with_verdicts_asks_for_one():
    verdicts = read(Path(settings.PLAYBOOK_ROOT)).gate("4").verdicts

    assert SubmitForm({}).is_valid()
    assert SubmitForm({}, verdicts=verdicts).errors["verdict"] == ["Choose what you propose."]
    assert SubmitForm({"verdict": verdicts[0].value}, verdicts=verdicts).is_valid()
