"""The timetable: every periodic job in one table. Due dates live in the database, not here."""

from typing import TypedDict

SECOND = 1
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE


class Job(TypedDict):
    """A task and the seconds between two starts of it; a start missed is not made up for."""

    task: str
    schedule: int
    options: dict[str, int]


def _every(seconds: int, task: str) -> Job:
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


TIMETABLE: dict[str, Job] = {
    "settle deliveries": _every(10 * SECOND, "journal.tasks.settle_deliveries"),
    "make checkpoints": _every(10 * MINUTE, "journal.tasks.make_checkpoint"),
    "inspect the record": _every(60 * MINUTE, "journal.tasks.inspect_record"),
    "expire rounds": _every(10 * MINUTE, "governance.tasks.expire_due_rounds"),
    "watch reviews": _every(10 * MINUTE, "governance.tasks.watch_reviews_in_time"),
    "expire rounds out of date": _every(10 * MINUTE, "governance.tasks.expire_rounds_out_of_date"),
    "remove orphaned files": _every(DAY, "initiatives.tasks.remove_orphaned_files"),
    "remove ended sessions": _every(DAY, "people.tasks.remove_ended_sessions"),
    "breach commitments": _every(10 * MINUTE, "governance.tasks.breach_due_commitments"),
}
