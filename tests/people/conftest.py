import time

import pytest

from tests.cast import gather
from tests.kept import kept


@kept
def cast(noon):
    return gather(noon)


class Phone:
    """The clock of the app that shows codes: real time is not waited for."""

    def __init__(self):
        self.seconds = time.time() // 30 * 30 + 5

    def wait_for_next_code(self):
        self.seconds += 30


@pytest.fixture
def phone(monkeypatch):
    """Hold the phone's clock still, so that no code turns over in the middle of a test."""
    clock = Phone()
    monkeypatch.setattr("time.time", lambda: clock.seconds)
    return clock
