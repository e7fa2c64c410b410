"""Who has to wait before the next try."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """How many tries are let through within `window`, and how long the wait is then."""

    tries: int
    window: timedelta = timedelta(minutes=15)
    wait: timedelta = timedelta(minutes=15)


PER_PERSON = Limit(tries=5)
# Higher, because a whole office may share one address; it slows guessing at many accounts.
PER_ADDRESS = Limit(tries=20)


@dataclass(frozen=True)
class Tries:
    """How often something was tried, since when, and when last."""

    count: int
    since: datetime
    last: datetime


def wait_until(tries: Tries | None, *, limit: Limit, at: datetime) -> datetime | None:
    """Return the moment before which no try is let through; None means now is fine."""
    if tries is None or tries.count < limit.tries:
        return None
    until = tries.last + limit.wait
    return until if at < until else None


def one_more(tries: Tries | None, *, limit: Limit, at: datetime) -> Tries:
    """Return the count with this try in it; an old count begins afresh."""
    if tries is None or tries.count >= limit.tries or at >= tries.since + limit.window:
        return Tries(count=1, since=at, last=at)
    return Tries(count=tries.count + 1, since=tries.since, last=at)
