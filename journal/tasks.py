"""What the timetable starts: debts to subscribers, checkpoints, and the weekly check."""

from celery import shared_task

from journal.checkpoints import checkpoint_due
from journal.clock import now
from journal.deliveries import settle_due
from journal.inspections import inspection_due


@shared_task
def settle_deliveries() -> int:
    """Pay what is due, and return how many debts were settled."""
    return settle_due(at=now())


@shared_task
def make_checkpoint() -> int:
    """Make the hourly checkpoint, and return how many entries it covers; 0 where none is due."""
    made = checkpoint_due(at=now())
    return made.size if made else 0


@shared_task
def inspect_record() -> int:
    """Make the weekly check when it is due, and return how many things it found."""
    return inspection_due(at=now()) or 0
