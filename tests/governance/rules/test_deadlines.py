"""Days that count."""

from datetime import UTC, datetime, timedelta

import pytest

from governance.rules.deadlines import contest_until, expires_at


def test_a_round_expires_after_thirty_calendar_days() -> None:
    sent = datetime(2026, 12, 3, 12, tzinfo=UTC)

    assert expires_at(sent) - sent == timedelta(days=30)


@pytest.mark.parametrize(
    ("declined", "last"),
    [
        (datetime(2026, 12, 3, 12, tzinfo=UTC), "2026-12-10"),
        (datetime(2026, 12, 4, 12, tzinfo=UTC), "2026-12-11"),
        (datetime(2026, 12, 5, 12, tzinfo=UTC), "2026-12-11"),
        (datetime(2026, 12, 6, 23, 30, tzinfo=UTC), "2026-12-14"),
    ],
)
def test_five_business_days_are_counted_in_the_decliners_zone(declined, last) -> None:
    until = contest_until(declined, "Europe/Berlin")

    assert until.date().isoformat() == last
    assert (until.hour, until.minute) == (23, 59)


def test_the_working_week_is_that_of_the_organisation() -> None:
    thursday = datetime(2026, 12, 3, 12, tzinfo=UTC)

    assert contest_until(thursday, "UTC", "123456").date().isoformat() == "2026-12-09"
    assert contest_until(thursday, "UTC", "4").date().isoformat() == "2027-01-07"
