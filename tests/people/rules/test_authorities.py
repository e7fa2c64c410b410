"""Who speaks for a side, and what a login may do: no database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from people.choices import Office, Side
from people.rules import (
    NOBODY,
    TermFacts,
    audit_ended_at,
    authority,
)

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ERIN, HANA = uuid4(), uuid4()


def term(office, *, person=ERIN, starts_at=NOON - DAY, ends_at=None, term_id=1):
    return TermFacts(term_id, person, office, starts_at, ends_at)


def authority_at(at, *terms):
    return authority(user_id=7, person_key=ERIN, terms=terms, at=at)


@pytest.mark.parametrize(
    ("office", "side"), [(Office.CIO, Side.TECHNOLOGY), (Office.CHRO, Side.PEOPLE)]
)
def test_the_holder_of_a_key_speaks_for_its_side(office, side):
    held = authority_at(NOON, term(office, term_id=42))

    assert (held.user_id, held.person_key) == (7, ERIN)
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


def test_terms_that_meet_at_a_moment_share_none():
    cio = term(Office.CIO, starts_at=NOON, ends_at=NOON + DAY)

    assert not cio.overlaps(NOON - DAY, NOON)
    assert not cio.overlaps(NOON + DAY, None)
    assert cio.overlaps(NOON - DAY, NOON + timedelta(microseconds=1))
    assert cio.overlaps(NOON, None)


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


def test_the_login_of_an_auditor_closes_with_the_last_term():
    first = term(Office.AUDITOR, starts_at=NOON - 9 * DAY, ends_at=NOON - 5 * DAY)
    last = term(Office.AUDITOR, ends_at=NOON)

    assert audit_ended_at([last, first], NOON) == NOON
    assert audit_ended_at([last, first], NOON - DAY / 2) is None
    assert audit_ended_at([term(Office.AUDITOR)], NOON) is None


def test_whoever_is_here_for_more_than_an_audit_stays():
    over = term(Office.AUDITOR, ends_at=NOON)

    assert audit_ended_at([over, term(Office.COMMITTEE_MEMBER, ends_at=NOON)], NOON) is None
    assert audit_ended_at([], NOON) is None
