"""Series of take-up for the tests, from counts or percentages."""

from metrics.rules.adoption import Adoption, judge_adoption
from metrics.rules.series import MONTHLY, WEEKLY, PeriodUse


def weeks(*percents: float, eligible: int = 400, days: int = 7) -> list[PeriodUse]:
    """Return one period a week (or every so many days) with these percentages."""
    return [
        PeriodUse(day=days * at, active=round(percent * eligible / 100), eligible=eligible)
        for at, percent in enumerate(percents)
    ]


def months(*percents: float, eligible: int = 400) -> list[PeriodUse]:
    """Return one period a month of 30 days with these percentages."""
    return weeks(*percents, eligible=eligible, days=30)


def weekly(periods: list[PeriodUse], target: float = 80) -> Adoption:
    """Return the verdict on weekly periods."""
    return judge_adoption(periods, target=target, parameters=WEEKLY)


def monthly(periods: list[PeriodUse], target: float = 75) -> Adoption:
    """Return the verdict on monthly periods."""
    return judge_adoption(periods, target=target, parameters=MONTHLY)
