"""What the timetable starts."""

from datetime import UTC, datetime

from celery import shared_task

from initiatives.operations.orphans import remove_orphans


@shared_task
def remove_orphaned_files() -> int:
    """Remove files that no evidence rests on; return how many.

    Files are dated by the machine, so a demonstration's clock that runs ahead does not count.
    """
    return remove_orphans(at=datetime.now(UTC))
