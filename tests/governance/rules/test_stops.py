"""Seeing that it stands still, and saying how long that took."""

from datetime import timedelta

import pytest

from governance.rules.stops import blockers_to_note_standstill, told


@pytest.mark.parametrize(
    ("may", "paused", "noted", "codes"),
    [
        (True, True, False, []),
        (False, True, False, ["not_yours"]),
        (True, False, False, ["not_paused"]),
        (True, True, True, ["noted"]),
    ],
)
def test_a_standstill_is_noted_once_while_paused_by_who_may(may, paused, noted, codes) -> None:
    found = blockers_to_note_standstill(may_note=may, is_paused=paused, is_noted=noted)

    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (7_199, "119 minutes"),
        (7_200, "2 hours"),
    ],
)
def test_the_time_is_told_in_the_unit_that_says_most(seconds, words) -> None:
    assert told(timedelta(seconds=seconds)) == words
