"""The web process that is killed: gunicorn --config python:tests.faults.web config.wsgi.

The master loads the product once, so that the next worker serves at once. The number of the worker
is written where WORKER_FILE says.
"""

import os
from pathlib import Path

from django.db import connections
from django.test import Client

from launcher.ports import LOOPBACK

bind = f"{LOOPBACK}:{os.environ.get('WEB_PORT', '8000')}"
workers, threads = 1, 8
preload_app = True
loglevel = "critical"
timeout = 120


def when_ready(server) -> None:
    """Load what a first request loads, so that each new worker has it."""
    Client().get("/sign-in/", headers={"host": LOOPBACK})
    connections.close_all()


def post_fork(server, worker) -> None:
    file = Path(os.environ["WORKER_FILE"])
    fresh = file.with_suffix(".new")
    fresh.write_text(str(worker.pid), encoding="utf-8")
    fresh.replace(file)  # whoever reads it reads a whole number
