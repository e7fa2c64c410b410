"""What the timetable starts: paying the debts to subscribers, each at least once."""

from celery import shared_task

from journal.clock import now
from journal.deliveries import settle_due


@shared_task
def settle_deliveries() -> int:
    """Pay what is due, and return how many debts were settled."""
    return settle_due(at=now())
