"""The sequence guard: refused before the gate; recorded late, it shows as a breach."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from initiatives.choices import Breach, FactKind, Standing
from initiatives.operations.facts import FactRefusedError, record_fact, record_past_fact
from initiatives.operations.stages import change_standing
from initiatives.queries.facts import facts_of
from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import ForbiddenError, NotVisibleError

TODAY = date(2026, 12, 3)
VENDOR = FactKind.VENDOR_COMMITMENT


@pytest.fixture
def tell(helper, cast, noon):
    def told(kind=VENDOR, on=TODAY, *, past=False, actor=cast.tariq, **more):
        operation = record_past_fact if past else record_fact
        return operation(actor=actor, initiative=helper, kind=kind, happened_on=on, at=noon, **more)

    return told


@pytest.mark.parametrize(
    ("kind", "gate"),
    [
        (FactKind.SHORTLIST, 1),
        (FactKind.VENDOR_COMMITMENT, 2),
        (FactKind.BUDGET_RELEASE, 2),
        (FactKind.LAUNCH_SET, 3),
    ],
)
def test_a_fact_waits_for_the_gate_that_authorises_it(tell, reach, kind, gate):
    reach(gate)
    with pytest.raises(FactRefusedError) as refused:
        tell(kind, text="Acme, Bolt")
    reach(gate + 1)

    fact = tell(kind, text="Acme, Bolt")

    assert refused.value.codes == ("gate_not_passed",)
    assert (fact.kind, fact.breach) == (kind, "")


def test_what_happened_before_its_gate_is_stored_and_shows(tell, helper, cast):
    fact = tell(past=True, on=TODAY - timedelta(days=84), amount=Decimal(120000), text="Acme")

    assert fact.breach == Breach.GATE_NOT_PASSED
    view = facts_of(helper)[0]
    assert (view.amount, view.currency, view.text) == (Decimal(120000), "EUR", "Acme")
    assert (view.breach, view.recorded_by) == (Breach.GATE_NOT_PASSED, cast.tariq)
    entry = Entry.objects.filter(kind=Kind.FACT_RECORDED).get()
    assert b'"breach":"gate_not_passed"' in bytes(entry.body)
    assert b"Acme" not in bytes(entry.body)


def test_a_day_before_the_gate_is_out_of_order_also_afterwards(tell, reach):
    reach(3)
    with pytest.raises(FactRefusedError) as refused:
        tell(on=TODAY - timedelta(days=1))

    fact = tell(on=TODAY - timedelta(days=1), past=True)

    assert refused.value.codes == ("before_gate",)
    assert fact.breach == Breach.BEFORE_GATE


def test_what_already_happened_in_order_is_no_breach(tell, reach, helper):
    reach(3)

    assert tell(past=True).breach == ""
    assert facts_of(helper)[0].breach is None


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        (VENDOR, {"on": TODAY + timedelta(days=1)}, "in_future"),
        (VENDOR, {"amount": Decimal(0)}, "amount_out_of_range"),
        (VENDOR, {"amount": Decimal("NaN")}, "amount_out_of_range"),
        (VENDOR, {"amount": Decimal("1e13")}, "amount_out_of_range"),
        (VENDOR, {"amount": Decimal("0.001")}, "amount_too_fine"),
        (VENDOR, {"text": "x" * 1_001}, "too_long"),
        (VENDOR, {"text": "half \ud800"}, "broken"),
        (FactKind.SHORTLIST, {}, "text_missing"),
        (FactKind.SHORTLIST, {"text": "Acme", "amount": Decimal(5)}, "no_amount"),
    ],
)
@pytest.mark.parametrize("past", [True, False])
def test_a_wrong_value_is_refused(tell, reach, kind, more, code, past):
    reach(3)

    with pytest.raises(FactRefusedError) as refused:
        tell(kind, past=past, **more)

    assert refused.value.codes == (code,)


def test_a_launch_date_lies_ahead(tell, reach):
    reach(4)

    assert tell(FactKind.LAUNCH_SET, on=TODAY + timedelta(days=60)).breach == ""


def test_nothing_is_recorded_on_what_is_closed(tell, helper, cast, noon):
    change_standing(initiative=helper, standing=Standing.CLOSED, actor=cast.hana, at=noon)

    with pytest.raises(FactRefusedError) as refused:
        tell(past=True)

    assert refused.value.codes == ("over",)


@pytest.mark.parametrize(("who", "error"), [("cleo", ForbiddenError), ("erin", NotVisibleError)])
def test_only_the_two_sides_record(tell, cast, who, error):
    with pytest.raises(error):
        tell(past=True, actor=getattr(cast, who))
