"""Logged decisions as pages read them: filtered, the newest first, added up by month."""

import pytest

from initiatives.operations.decision_logs import bring_decisions
from initiatives.operations.initiatives import propose
from initiatives.queries.decision_logs import (
    DecisionFilters,
    decisions_of,
    every_decision,
    figures_of,
    get_log,
    keeps_log,
    logs_of,
    months_of,
    opened_decisions,
)
from initiatives.rules.keysets import Place
from kernel.refusals import NotVisibleError
from people.choices import Side
from tests.initiatives.conftest import PROPOSAL
from tests.initiatives.decision_files import LINES, line, log
from tests.kept import kept

OCTOBER = [
    line(when="2026-10-07", subject=f"OCT-{number}", overridden="yes", why="It was wrong")
    for number in range(12)
]


@kept
def logged(helper, cast, noon):
    content = log(*LINES, *OCTOBER)
    bring_decisions(
        actor=cast.tariq, initiative=helper, name="autumn.csv", content=content, at=noon
    )
    return helper


def subjects(rows):
    return [view.texts["subject"] for view in opened_decisions(rows)]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (DecisionFilters(), ["CASE-3", "CASE-2", "CASE-1"]),
        (DecisionFilters(share="alone"), ["CASE-3"]),
        (DecisionFilters(overridden="unknown"), ["CASE-3"]),
        (DecisionFilters(overridden="no"), ["CASE-1"]),
        (DecisionFilters(share="confirmed", overridden="yes"), ["CASE-2"]),
        (DecisionFilters(share="alone", overridden="yes"), []),
        (DecisionFilters(is_withdrawn=True), []),
    ],
)
def test_the_newest_that_the_filters_let_through(logged, filters, found):
    assert [one for one in subjects(decisions_of(logged, filters)) if "CASE" in one] == found


def test_a_page_goes_on_where_the_one_before_ended(logged):
    rows = opened_decisions(decisions_of(logged, DecisionFilters()))
    at = rows[4]

    place = Place(at.decided_on.isoformat(), at.id)
    older = opened_decisions(decisions_of(logged, DecisionFilters(), before=place))

    assert [one.id for one in older] == [one.id for one in rows[5:]]


def test_each_month_by_itself_and_all_together(logged):
    november, october = months_of(logged)
    whole = figures_of(logged)

    assert (november.month.isoformat(), november.total) == ("2026-11-01", 3)
    assert (november.override_rate, november.unknown) == ("", 1)
    assert (october.total, october.override_rate, october.unknown) == (12, "100%", 0)
    assert (whole.total, whole.override_rate) == (15, "93%")


def test_of_other_initiatives_nothing_is_read(logged, cast, noon):
    other = propose(
        actor=cast.petra,
        side=Side.PEOPLE,
        counterpart=cast.tariq,
        at=noon,
        **PROPOSAL | {"name": "Invoice reader", "problem": "Invoices are typed off paper."},
    )
    (log_view,) = logs_of(logged)

    assert [*every_decision(decisions_of(other, DecisionFilters()))] == []
    assert (figures_of(other).total, months_of(other), logs_of(other)) == (0, [], [])
    with pytest.raises(NotVisibleError):
        get_log(other, log_view.id)


def test_who_brings_logs(helper, cast, may):
    keepers = {name for name in vars(cast) if keeps_log(helper, may(getattr(cast, name)))}

    assert keepers == {"tariq", "petra", "hana", "ivo", "ada"}
