"""The only clock. Doors (views, tasks, commands) read it; the domain takes `at` as an argument."""

from datetime import datetime

from django.utils import timezone

from journal.installations import the_installation


def now() -> datetime:
    """Return the moment it is for this installation: a demonstration's clock may be set ahead."""
    founded = the_installation()
    return timezone.now() + founded.clock_offset if founded else timezone.now()


def this_hour() -> datetime:
    """Return the full hour it is: what a page counts by that browsers keep until it has passed."""
    return now().replace(minute=0, second=0, microsecond=0)
