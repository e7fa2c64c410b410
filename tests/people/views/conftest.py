from datetime import UTC, datetime

import pytest

from tests.cast import gather


@pytest.fixture
def cast():
    """The company as it stands when a browser comes: founded before today."""
    return gather(datetime(2026, 1, 5, 9, tzinfo=UTC))
