"""The Celery application: worker and beat run it, the web process sends to it."""

import os

from celery import Celery

from config.schedule import TIMETABLE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

VISIBILITY_TIMEOUT = 60  # seconds until a task whose worker died is given to another

app = Celery("counterpart")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_acks_late=True,  # a task counts as done when it is done
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    # Kombu looks for lost tasks every interval * throttle seconds: 100 unless told otherwise.
    broker_transport_options={
        "visibility_timeout": VISIBILITY_TIMEOUT,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    },
    timezone="UTC",
    beat_schedule=TIMETABLE,
)
app.autodiscover_tasks()
