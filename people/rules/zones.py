"""Which time zones there are."""

from functools import cache
from zoneinfo import available_timezones


@cache
def known_zones() -> frozenset[str]:
    """Return the time zones that this machine knows; finding them out takes a moment."""
    return frozenset(available_timezones())
