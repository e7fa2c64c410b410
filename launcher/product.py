"""The three processes of the product: web, worker and beat."""

import http.client
import time

from launcher.places import LOGS, PYTHON, VAR, WINDOWS
from launcher.ports import LOOPBACK
from launcher.processes import Child, Family
from launcher.say import StopError

START_PATIENCE = 120


def start(family: Family, env: dict[str, str], port: int) -> None:
    """Web, worker and beat; wait until the web answers."""
    state = VAR / "beat"
    state.mkdir(parents=True, exist_ok=True)
    celery = [str(PYTHON), "-m", "celery", "-A", "config.celery"]
    family.start(
        "worker",
        [*celery, "worker", "-P", "threads", "-c", "2", "-l", "WARNING", "--without-mingle"],
        env=env,
    )
    schedule = str(state / "schedule")
    family.start(
        "beat",
        [*celery, "beat", "-l", "WARNING", "-s", schedule, "--pidfile="],
        env=env,
    )
    web = family.start("web", web_command(port), env=env)
    until = time.monotonic() + START_PATIENCE
    while not serves(port):
        wait_for(family, web, until)


def web_command(port: int) -> list[str]:
    """Gunicorn, with a line in its log for each request; on Windows Django's own server."""
    if WINDOWS:
        return [str(PYTHON), "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    gunicorn = [str(PYTHON), "-m", "gunicorn", "config.wsgi", "--threads", "8"]
    said = ["--log-level", "warning", "--access-logfile", "-"]
    return [*gunicorn, "--bind", f"127.0.0.1:{port}", *said]


def wait_for(family: Family, web: Child, until: float) -> None:
    """One breath while the web starts."""
    time.sleep(0.05)
    if not web.is_alive() or time.monotonic() > until:
        raise StopError(f"the web server did not start; see above and {LOGS}.")
    if dead := family.first_dead():
        raise StopError(f"{dead.name} did not start; see above and {LOGS}.")


def serves(port: int) -> bool:
    """Whether the product, and not only its socket, answers."""
    asked = http.client.HTTPConnection(LOOPBACK, port, timeout=START_PATIENCE)
    try:
        asked.request("GET", "/health/")
        return asked.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
