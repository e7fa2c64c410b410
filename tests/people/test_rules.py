"""Who speaks for a side, who may hold what, who has to wait: no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.choices import Office, Side
from people.rules import (
    NOBODY,
    PER_PERSON,
    AppointmentFacts,
    EndingFacts,
    TermFacts,
    Tries,
    authority,
    blockers_to_appoint,
    blockers_to_end_term,
    known_zones,
    one_more,
    wait_until,
)

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ERIN, HANA = uuid4(), uuid4()


def term(office, *, person=ERIN, starts_at=NOON - DAY, ends_at=None, term_id=1):
    return TermFacts(term_id, person, office, starts_at, ends_at)


def appointment(**overrides):
    facts = AppointmentFacts(
        by_administrator=True,
        person_is_active=True,
        person_key=ERIN,
        office=Office.CIO,
        starts_at=NOON,
        ends_at=None,
        terms=(),
    )
    return replace(facts, **overrides)


def codes(blockers):
    return [blocker.code for blocker in blockers]


def authority_at(at, *terms):
    return authority(user_id=7, person_key=ERIN, terms=terms, at=at)


@pytest.mark.parametrize(
    ("office", "side"), [(Office.CIO, Side.TECHNOLOGY), (Office.CHRO, Side.PEOPLE)]
)
def test_the_holder_of_a_key_speaks_for_its_side(office, side):
    held = authority_at(NOON, term(office, term_id=42))

    assert held.key_side == side
    assert held.key_term_id == 42
    assert held.reads_everything


def test_a_term_counts_from_its_first_moment_to_the_moment_before_its_end():
    cio = term(Office.CIO, starts_at=NOON, ends_at=NOON + DAY)
    tick = timedelta(microseconds=1)

    speaks = [
        authority_at(at, cio).key_side is not None
        for at in (NOON - tick, NOON, NOON + DAY - tick, NOON + DAY)
    ]

    assert speaks == [False, True, True, False]


@pytest.mark.parametrize(
    ("office", "attribute"),
    [
        (Office.SPONSOR, "is_sponsor"),
        (Office.ADMINISTRATOR, "is_administrator"),
        (Office.AUDITOR, "is_auditor"),
    ],
)
def test_other_offices_read_everything_and_speak_for_no_side(office, attribute):
    held = authority_at(NOON, term(office))

    assert getattr(held, attribute)
    assert held.reads_everything
    assert held.key_side is None


@pytest.mark.parametrize("office", [Office.COMMITTEE_CHAIR, Office.COMMITTEE_MEMBER])
def test_the_committee_reads_everything_and_speaks_for_no_side(office):
    held = authority_at(NOON, term(office))

    assert held.reads_everything
    assert held.key_side is None


def test_nobody_may_do_anything():
    assert not NOBODY.reads_everything
    assert not any((NOBODY.is_sponsor, NOBODY.is_administrator, NOBODY.is_auditor))
    assert NOBODY.key_side is None


def test_an_appointment_with_nothing_in_its_way_has_no_blocker():
    assert codes(blockers_to_appoint(appointment())) == []


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({"by_administrator": False}, ["not_administrator"]),
        ({"person_is_active": False}, ["inactive"]),
        ({"ends_at": NOON}, ["ends_before"]),
        ({"terms": (term(Office.CIO, person=HANA),)}, ["taken"]),
        ({"terms": (term(Office.CIO),)}, ["held"]),
        ({"terms": (term(Office.CHRO),)}, ["two_keys"]),
        ({"terms": (term(Office.SPONSOR),)}, ["two_keys"]),
        ({"terms": (term(Office.CHRO, person=HANA),)}, []),
        ({"terms": (term(Office.AUDITOR),)}, []),
        ({"terms": (term(Office.CHRO, ends_at=NOON),)}, []),
        ({"terms": (term(Office.CHRO, ends_at=NOON + DAY),)}, ["two_keys"]),
        ({"office": Office.AUDITOR, "terms": (term(Office.AUDITOR, person=HANA),)}, []),
        ({"office": Office.AUDITOR, "terms": (term(Office.AUDITOR),)}, ["held"]),
        ({"office": Office.ADMINISTRATOR, "terms": (term(Office.CIO),)}, []),
        ({"office": Office.SPONSOR, "terms": (term(Office.CIO),)}, ["two_keys"]),
    ],
)
def test_what_stands_against_an_appointment(overrides, expected):
    assert codes(blockers_to_appoint(appointment(**overrides))) == expected


keys = st.sampled_from([Office.CIO, Office.CHRO, Office.SPONSOR])
hours = st.integers(min_value=0, max_value=20)


@given(st.lists(st.tuples(keys, hours, hours, st.sampled_from([ERIN, HANA])), max_size=6))
def test_whatever_is_let_through_nobody_ever_holds_two_keys(attempts):
    terms = []
    for office, start, length, person in attempts:
        starts_at = NOON + timedelta(hours=start)
        ends_at = starts_at + timedelta(hours=length)
        facts = appointment(
            office=office,
            person_key=person,
            starts_at=starts_at,
            ends_at=ends_at,
            terms=tuple(terms),
        )
        if not [*blockers_to_appoint(facts)]:
            terms.append(term(office, person=person, starts_at=starts_at, ends_at=ends_at))

    for hour in range(41):
        at = NOON + timedelta(hours=hour)
        running = [term for term in terms if term.runs_at(at)]
        assert len({term.person_key for term in running}) == len(running)
        assert len({term.office for term in running}) == len(running)


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({}, []),
        ({"by_administrator": False}, ["not_administrator"]),
        ({"has_begun": False}, ["not_begun"]),
        ({"is_over": True}, ["over"]),
        ({"last_administrator": True}, ["last_administrator"]),
    ],
)
def test_what_stands_against_the_end_of_a_term(overrides, expected):
    facts = EndingFacts(
        by_administrator=True, has_begun=True, is_over=False, last_administrator=False
    )

    assert codes(blockers_to_end_term(replace(facts, **overrides))) == expected


def tried(times, *, at=NOON):
    tries = None
    for _ in range(times):
        tries = one_more(tries, limit=PER_PERSON, at=at)
    return tries


def test_the_fifth_try_is_the_last_before_a_quarter_of_an_hour():
    assert wait_until(None, limit=PER_PERSON, at=NOON) is None
    assert wait_until(tried(4), limit=PER_PERSON, at=NOON) is None
    assert wait_until(tried(5), limit=PER_PERSON, at=NOON) == NOON + timedelta(minutes=15)


def test_after_the_wait_the_count_begins_afresh():
    later = NOON + timedelta(minutes=15)

    assert wait_until(tried(5), limit=PER_PERSON, at=later) is None
    assert one_more(tried(5), limit=PER_PERSON, at=later) == Tries(1, later, later)


def test_old_tries_are_forgotten_after_the_window():
    later = NOON + timedelta(minutes=15)

    assert one_more(tried(3), limit=PER_PERSON, at=later).count == 1
    assert one_more(tried(3), limit=PER_PERSON, at=later - timedelta(seconds=1)).count == 4


@given(st.lists(st.integers(min_value=0, max_value=900), min_size=1, max_size=200))
def test_however_they_are_spread_no_more_than_twenty_tries_an_hour_get_through(gaps):
    tries, at, let_through = None, NOON, []
    for gap in gaps:
        at += timedelta(seconds=gap)
        if wait_until(tries, limit=PER_PERSON, at=at) is None:
            tries = one_more(tries, limit=PER_PERSON, at=at)
            let_through.append(at)

    for start in let_through:
        hour = [one for one in let_through if start <= one < start + timedelta(hours=1)]
        assert len(hour) <= 24  # 4 windows of 5, and the rest of one begun before


def test_the_zones_are_those_of_this_machine():
    assert known_zones.__wrapped__() == available_timezones()
