"""Days that count back from the day of loading, and moments within somebody's working hours."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
WEEK = 5
PLACED = re.compile(r"\{([+-][0-9]{1,3})\}")


class Calendar:
    """Working days seen from one day: -1 is the last one before it, 1 the next one after it."""

    def __init__(self, today: date) -> None:
        self.today = today

    def day(self, number: int) -> date:
        """Return the working day of this number; 0 is the day itself, whatever its weekday."""
        step = timedelta(days=1 if number > 0 else -1)
        day = self.today
        for _ in range(abs(number)):
            day += step
            while day.weekday() >= SATURDAY:
                day += step
        return day

    def moment(self, number: int, at: time, zone: str) -> datetime:
        """Return when it is `at` on that day for somebody who works in `zone`."""
        return datetime.combine(self.day(number), at, tzinfo=ZoneInfo(zone))

    def told(self, text: str) -> str:
        """Return a text with each {-20} in it written as the day that it stands for."""
        return PLACED.sub(lambda found: f"{self.day(int(found[1])):%-d %B %Y}", text)

    def all_told(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return the texts of a mapping with their days written out."""
        return {key: self.told(text) for key, text in texts.items()}
