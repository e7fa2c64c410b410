"""The only clock. Doors (views, tasks, commands) read it; the domain takes `at` as an argument."""

from datetime import datetime

from django.utils import timezone

from journal.models import Installation


def now() -> datetime:
    """Return the moment it is for this installation: a demonstration's clock may be set ahead."""
    offset = Installation.objects.values_list("clock_offset", flat=True).first()
    return timezone.now() + offset if offset else timezone.now()
