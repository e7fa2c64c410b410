from datetime import UTC, datetime

from tests.cast import gather
from tests.kept import kept


@kept
def cast():
    """The company as it stands when a browser comes: founded before today."""
    return gather(datetime(2026, 1, 5, 9, tzinfo=UTC))
