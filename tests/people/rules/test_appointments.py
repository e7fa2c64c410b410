"""Who may hold what, and when it takes two: no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.choices import Office
from people.rules import (
    LONGEST_AUDIT,
    AppointmentFacts,
    EndingFacts,
    TermFacts,
    blockers_to_appoint,
    blockers_to_end_term,
    takes_two_to_fill,
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


MEMBER, MEMBER_HANA = (term(Office.COMMITTEE_MEMBER, person=one) for one in (ERIN, HANA))


def codes(blockers):
    return [blocker.code for blocker in blockers]


def test_an_appointment_with_nothing_in_its_way_has_no_blocker():
    assert codes(blockers_to_appoint(appointment())) == []


def test_a_term_that_begins_when_this_one_ends_is_in_nobodys_way():
    later = term(Office.CIO, person=HANA, starts_at=NOON + DAY)

    assert codes(blockers_to_appoint(appointment(terms=(later,), ends_at=NOON + DAY))) == []
    assert codes(blockers_to_appoint(appointment(terms=(later,)))) == ["taken"]


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
        ({"office": Office.COMMITTEE_MEMBER, "terms": (MEMBER_HANA,)}, []),
        ({"office": Office.COMMITTEE_MEMBER, "terms": (MEMBER,)}, ["held"]),
        ({"office": Office.AUDITOR}, ["auditor_ends"]),
        ({"office": Office.AUDITOR, "ends_at": NOON + LONGEST_AUDIT}, []),
        ({"office": Office.AUDITOR, "ends_at": NOON + LONGEST_AUDIT + DAY}, ["auditor_ends"]),
        ({"takes_two": True}, ["two_people"]),
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
        ({"last_to_confirm": True}, ["last_to_confirm"]),
        ({"last_administrator": True, "last_to_confirm": True}, ["last_administrator"]),
        ({"takes_two": True}, ["two_people"]),
    ],
)
def test_what_stands_against_the_end_of_a_term(overrides, expected):
    facts = EndingFacts(
        by_administrator=True, has_begun=True, is_over=False, last_administrator=False
    )

    assert codes(blockers_to_end_term(replace(facts, **overrides))) == expected


@pytest.mark.parametrize(
    ("is_demo", "was_held", "is_at_work", "expected"),
    [
        (False, False, False, False),
        (False, True, False, True),
        (False, False, True, True),
        (False, True, True, True),
        (True, True, True, False),
    ],
)
def test_one_person_fills_an_office_only_the_first_time_or_in_a_demonstration(
    is_demo, was_held, is_at_work, expected
):
    takes = takes_two_to_fill(is_demo=is_demo, was_held=was_held, is_at_work=is_at_work)

    assert takes is expected
