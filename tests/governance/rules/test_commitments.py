"""The side that asked closes, nobody else, and only once; a day that is over is late."""

from datetime import UTC, date, datetime

import pytest

from governance.rules.commitments import blockers_to_close, is_breached, stops

GOOD = {
    "side": "people",
    "asked_by": "people",
    "debtor_side": None,
    "is_closed": False,
    "note": "All were trained.",
}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"side": "technology"}, ["not_yours"]),
        ({"side": None}, ["not_yours"]),
        ({"debtor_side": "technology"}, []),
        ({"debtor_side": "technology", "side": "technology"}, ["not_yours"]),
        ({"debtor_side": "people"}, ["own"]),
        ({"debtor_side": "people", "side": None}, ["own"]),
        ({"debtor_side": "people", "side": "technology"}, []),
        ({"is_closed": True}, ["closed"]),
        ({"note": "Done"}, ["short"]),
    ],
)
def test_a_commitment_is_closed_by_the_side_that_asked_unless_its_own_key_owes_it(
    change, codes
) -> None:
    assert [blocker.code for blocker in blockers_to_close(**{**GOOD, **change})] == codes


OWED = {
    "due_on": date(2026, 12, 2),
    "is_closed": False,
    "is_known": False,
    "at": datetime(2026, 12, 3, 12, tzinfo=UTC),
    "zone": "Europe/Berlin",
}


@pytest.mark.parametrize(
    ("change", "breached"),
    [
        ({}, True),
        ({"due_on": date(2026, 12, 3)}, False),
        ({"due_on": date(2025, 1, 1)}, True),
        ({"is_closed": True}, False),
        ({"is_known": True}, False),
        ({"at": datetime(2026, 12, 2, 23, tzinfo=UTC)}, True),
        ({"at": datetime(2026, 12, 2, 22, 59, tzinfo=UTC)}, False),
        ({"at": datetime(2026, 12, 3, 5, tzinfo=UTC), "zone": "America/Chicago"}, False),
        ({"at": datetime(2026, 12, 3, 6, tzinfo=UTC), "zone": "America/Chicago"}, True),
    ],
)
def test_a_commitment_is_broken_when_its_day_is_over_where_the_organisation_is(
    change, breached
) -> None:
    assert is_breached(**{**OWED, **change}) is breached


@pytest.mark.parametrize(
    ("on_breach", "under_way", "paused"),
    [("pause", True, True), ("pause", False, False), ("notify", True, False)],
)
def test_a_breach_stops_only_what_is_under_way_and_was_signed_to_stop(
    on_breach, under_way, paused
) -> None:
    assert stops(on_breach=on_breach, is_under_way=under_way) is paused
