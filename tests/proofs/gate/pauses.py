"""A pause, and the one point of a gate that somebody gives their word for."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass
class Stop:
    """A pause, and whether it is a drill."""

    since: datetime
    is_drill: bool = False
    until: datetime | None = None


@dataclass
class Point:
    """What is said of the one attested point of a gate: met, unmet or waived, and until when."""

    key: str
    side: str
    word: str = "met"
    until: date | None = None

    def bars(self, today: date) -> set[str]:
        found = {f"criterion.{self.key}"} if self.word == "unmet" else set()
        return found | self.stale(today)

    def stale(self, today: date) -> set[str]:
        name = "waiver" if self.word == "waived" else "stale"
        return {f"{name}.{self.key}"} if self.until and self.until < today else set()
