"""What the timetable starts."""

from celery import shared_task

from governance.operations.breaches import breach_commitments
from governance.operations.escalations import watch_reviews
from governance.operations.rounds import expire_rounds, expire_stale_rounds
from journal.clock import now


@shared_task
def expire_due_rounds() -> int:
    """Close the rounds whose 30 days are over; return how many."""
    return expire_rounds(at=now())


@shared_task
def watch_reviews_in_time() -> int:
    """Remind who has not answered, and ask the sponsor in the end; return at how many rounds."""
    return watch_reviews(at=now())


@shared_task
def expire_rounds_out_of_date() -> int:
    """Close the rounds in review whose evidence is out of date; return how many."""
    return expire_stale_rounds(at=now())


@shared_task
def breach_due_commitments() -> int:
    """Note the commitments that were not kept in time; return how many."""
    return breach_commitments(at=now())
