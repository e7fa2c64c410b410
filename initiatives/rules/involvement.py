"""Since when the people side has been in it, against the vendor's dates."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Involvement:
    """The people side's first act of substance. Day 0 is the day of the proposal."""

    proposed_on: date
    first_on: date | None = None
    vendor_on: date | None = None
    vendor_kind: str = ""

    @property
    def day(self) -> int | None:
        """Return on which day the people side was first involved; None is not yet."""
        return None if self.first_on is None else (self.first_on - self.proposed_on).days

    @property
    def lead_days(self) -> int | None:
        """Return how many days before the vendor date that was; negative is after it."""
        if self.first_on is None or self.vendor_on is None:
            return None
        return (self.vendor_on - self.first_on).days

    @property
    def is_late(self) -> bool:
        """Tell whether a vendor was in before the people side was."""
        return self.vendor_on is not None and (self.lead_days is None or self.lead_days < 0)
