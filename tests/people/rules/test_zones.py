"""The zones that can be chosen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import available_timezones

from people.choices import Office
from people.rules import (
    AppointmentFacts,
    TermFacts,
    known_zones,
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


def test_the_zones_are_those_of_this_machine():
    assert known_zones.__wrapped__() == available_timezones()
