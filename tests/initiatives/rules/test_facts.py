from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.choices import Breach, FactKind
from initiatives.rules.facts import (
    FactFacts,
    blockers_to_keep,
    blockers_to_record,
    breach_of,
)

TODAY = date(2026, 12, 3)
DAYS = st.dates(date(2020, 1, 1), TODAY)
KINDS = st.sampled_from(FactKind)


@given(KINDS, DAYS, st.none() | DAYS)
def test_what_is_recorded_in_the_ordinary_way_is_never_a_breach(kind, happened_on, passed_on):
    facts = FactFacts(kind, happened_on, TODAY, passed_on, text="Acme")

    is_free = not [*blockers_to_record(facts)]
    assert is_free == (breach_of(facts) is None)


@given(KINDS, DAYS, st.none() | DAYS)
def test_what_already_happened_can_always_be_said(kind, happened_on, passed_on):
    facts = FactFacts(kind, happened_on, TODAY, passed_on, text="Acme")

    assert [*blockers_to_keep(facts)] == []


@pytest.mark.parametrize(
    ("passed_on", "breach"),
    [
        (None, Breach.GATE_NOT_PASSED),
        (TODAY, None),
        (TODAY - timedelta(days=1), None),
        (TODAY + timedelta(days=1), Breach.BEFORE_GATE),
    ],
)
def test_the_day_of_the_gate_is_the_first_in_order(passed_on, breach):
    assert breach_of(FactFacts(FactKind.SHORTLIST, TODAY, TODAY, passed_on)) == breach


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(2200, 1, 1), date.max])
def test_a_day_that_was_mistyped_is_said(day):
    facts = FactFacts(FactKind.LAUNCH_SET, day, TODAY)

    assert [one.code for one in blockers_to_keep(facts)] == ["not_a_date"]
