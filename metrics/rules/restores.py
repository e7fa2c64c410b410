"""How long it takes to restore service: the median of what was resolved, and the slow tenth."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import median, quantiles

LEAST = 3  # restored incidents; fewer are listed and not summed up
GRAVE = frozenset({1, 2})
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Episode:
    """One time an incident was open; a reopened incident has several under one name.

    `restored_at` is None while it lasts. Raises ValueError for a moment without its time zone
    and for a restore before the detection.
    """

    incident: str
    priority: int
    detected_at: datetime
    restored_at: datetime | None = None

    def __post_init__(self) -> None:
        """Judge the moments."""
        for field in ("detected_at", "restored_at"):
            at = getattr(self, field)
            if at is not None and at.utcoffset() is None:
                raise ValueError(f"{field} of {self.incident}: {at} has no time zone; give it")
        if self.restored_at is not None and self.restored_at < self.detected_at:
            raise ValueError(
                f"restored_at of {self.incident}: {self.restored_at} is before its detection at "
                f"{self.detected_at}; correct one of them"
            )


@dataclass(frozen=True)
class Restore:
    """An incident and the hours from its first detection to its last restore."""

    incident: str
    hours: float


@dataclass(frozen=True)
class Restores:
    """What was restored, slowest first, and what is still open.

    `median_hours` and `p90_hours` are None with fewer incidents than can be summed up.
    """

    restored: tuple[Restore, ...]
    open: tuple[str, ...]
    median_hours: float | None
    p90_hours: float | None


def restores(
    episodes: Iterable[Episode], *, priorities: frozenset[int] = GRAVE, least: int = LEAST
) -> Restores:
    """Sum up the incidents of these priorities, each counted once however often it came back.

    An incident has the gravest priority it ever had, and is open while one of its episodes is.
    p90 is drawn by a straight line between neighbours (type 7 of Hyndman and Fan, 1996). Raises
    ValueError for fewer than two as `least`.
    """
    if least < 2:  # noqa: PLR2004
        raise ValueError(
            f"least: {least} is too few; give 2 or more, a percentile lies between two"
        )
    found, still = [], []
    by_name = groupby(sorted(episodes, key=lambda one: one.incident), lambda one: one.incident)
    for name, group in by_name:
        times = [*group]
        if min(one.priority for one in times) not in priorities:
            continue
        ends = [one.restored_at for one in times if one.restored_at is not None]
        if len(ends) < len(times):
            still.append(name)
        else:
            found.append(Restore(name, (max(ends) - min(o.detected_at for o in times)) / HOUR))
    hours = [one.hours for one in found]
    enough = len(found) >= least
    return Restores(
        restored=tuple(sorted(found, key=lambda one: (-one.hours, one.incident))),
        open=tuple(still),
        median_hours=median(hours) if enough else None,
        p90_hours=quantiles(hours, n=10, method="inclusive")[-1] if enough else None,
    )
