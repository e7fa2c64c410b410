"""What the timetable starts: sessions that ended leave no row behind."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def remove_ended_sessions() -> None:
    """Delete the rows of sessions that are over; they hold who was signed in, and how."""
    call_command("clearsessions")
