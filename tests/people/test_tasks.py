"""What the timetable does about people."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from people.tasks import remove_ended_sessions


def test_sessions_that_ended_leave_no_row_behind(db):
    today = timezone.now()
    for key, ends in (("over", -1), ("under way", 1)):
        ends_at = today + timedelta(minutes=ends)
        Session.objects.create(session_key=key, session_data="", expire_date=ends_at)

    remove_ended_sessions()

    assert [*Session.objects.values_list("session_key", flat=True)] == ["under way"]
