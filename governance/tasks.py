"""What the timetable starts."""

from celery import shared_task

from governance.operations.breaches import breach_commitments
from governance.operations.rounds import expire_rounds
from journal.clock import now


@shared_task
def expire_due_rounds() -> int:
    """Close the rounds whose 30 days are over; return how many."""
    return expire_rounds(at=now())


@shared_task
def breach_due_commitments() -> int:
    """Note the commitments that were not kept in time; return how many."""
    return breach_commitments(at=now())
