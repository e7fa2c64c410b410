"""What counts as repeated, late, next or unheard between the two sides."""

from datetime import UTC, date, datetime, timedelta

import pytest

from governance.rules.signals import (
    ON_DESK,
    SPONSOR,
    EarlyFact,
    begins_repeating,
    is_on_desk,
    lags,
    next_in_disagreement,
    reads_signals,
    repeated,
    unheard_sides,
    year_before,
)
from people.choices import Office, Side

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
TECHNOLOGY, PEOPLE = Side.TECHNOLOGY, Side.PEOPLE


def early(side, days=0):
    return EarlyFact(side=side, recorded_at=NOON - timedelta(days=days))


@pytest.mark.parametrize(
    ("at", "before"),
    [
        (NOON, datetime(2025, 12, 3, 12, tzinfo=UTC)),
        (datetime(2028, 2, 29, 9, tzinfo=UTC), datetime(2027, 2, 28, 9, tzinfo=UTC)),
    ],
)
def test_twelve_months_before_is_the_same_day_of_the_year_before(at, before):
    assert year_before(at) == before


def test_the_second_of_one_side_within_twelve_months_is_a_repetition():
    assert repeated([early(PEOPLE), early(TECHNOLOGY)], NOON) == {}
    assert repeated([early(PEOPLE), early(PEOPLE, 364)], NOON) == {PEOPLE: 2}
    assert repeated([early(PEOPLE), early(PEOPLE, 365)], NOON) == {}
    assert repeated([early(PEOPLE), early(PEOPLE, -1)], NOON) == {}


def test_what_nobody_knows_the_side_of_is_nobodys_repetition():
    assert repeated([early(None), early(None, 1)], NOON) == {}
    assert not begins_repeating([early(None, 1)], early(None))


def test_only_the_second_begins_it_and_so_does_the_next_after_a_year_without():
    assert not begins_repeating([], early(PEOPLE))
    assert begins_repeating([early(PEOPLE, 364)], early(PEOPLE))
    assert not begins_repeating([early(PEOPLE, 5), early(PEOPLE, 3)], early(PEOPLE))
    assert begins_repeating([early(PEOPLE, 700), early(PEOPLE, 3)], early(PEOPLE))
    assert not begins_repeating([early(TECHNOLOGY, 3)], early(PEOPLE))


def test_it_stays_on_the_desk_for_thirty_days():
    assert is_on_desk(NOON, NOON + ON_DESK - timedelta(seconds=1))
    assert not is_on_desk(NOON, NOON + ON_DESK)


def test_a_half_is_late_by_the_days_after_the_other_one():
    first, then, last = date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 12)

    technology, people = lags(
        [(then, first), (last, first), (last, then), (first, then), (first, first), (None, then)]
    )

    assert (technology.side, technology.days) == (TECHNOLOGY, (3, 7, 10))
    assert (technology.count, technology.middle, technology.longest) == (3, 7, 10)
    assert (people.side, people.days) == (PEOPLE, (3,))
    assert [one.count for one in lags([(None, first), (None, None)])] == [0, 0]


def test_who_is_next_is_the_silent_side_the_asked_one_both_or_the_sponsor():
    def then(silent=(), asked=None, *, is_late=False):
        return next_in_disagreement(silent=silent, asked=asked, is_late=is_late)

    assert then(silent=[PEOPLE], asked=TECHNOLOGY) == (PEOPLE,)
    assert then(asked=TECHNOLOGY) == (TECHNOLOGY,)
    assert then() == (TECHNOLOGY, PEOPLE)
    assert then(silent=[PEOPLE], is_late=True) == (SPONSOR,)


def test_a_side_that_leads_while_nobody_signs_for_it_is_unheard():
    assert unheard_sides({PEOPLE: "Petra"}, [PEOPLE]) == (PEOPLE,)
    assert unheard_sides({PEOPLE: "Petra"}, [TECHNOLOGY]) == ()
    assert unheard_sides({PEOPLE: "Petra", TECHNOLOGY: "Tariq"}, [*Side]) == (TECHNOLOGY, PEOPLE)


@pytest.mark.parametrize("office", [*Office])
def test_every_office_reads_it_but_who_keeps_the_logins(office):
    assert reads_signals([office]) == (office != Office.ADMINISTRATOR)
    assert reads_signals([office, Office.AUDITOR])
    assert not reads_signals([])
