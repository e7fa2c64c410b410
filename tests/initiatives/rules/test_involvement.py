from datetime import date

import pytest

from initiatives.rules.involvement import Involvement

D = date


@pytest.mark.parametrize(
    ("first", "vendor", "day", "lead", "late"),
    [
        (None, None, None, None, False),
        (D(2026, 1, 1), None, 0, None, False),
        (D(2026, 1, 11), D(2026, 2, 27), 10, 47, False),
        (D(2026, 3, 26), D(2026, 1, 1), 84, -84, True),
        (None, D(2026, 1, 1), None, None, True),
        (D(2026, 1, 2), D(2026, 1, 2), 1, 0, False),
    ],
)
def test_days_count_from_the_proposal_and_against_the_vendor(first, vendor, day, lead, late):
    told = Involvement(D(2026, 1, 1), first, vendor)

    assert (told.day, told.lead_days, told.is_late) == (day, lead, late)
