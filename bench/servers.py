"""Web servers started as `./dev run` starts them, watched through /proc, and always ended."""

import http.client
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launcher import ports
from launcher.places import LINUX
from launcher.processes import Child, Family
from launcher.product import web_command

PATIENCE = 60
PROC = Path("/proc")
MIB = 1024 * 1024
BARE = "django.core.wsgi:get_wsgi_application()"


@dataclass(frozen=True)
class Server:
    """A web server that answers on loopback."""

    port: int
    child: Child
    seconds: float  # from its start to its first answer

    @property
    def workers(self) -> list[int]:
        """The numbers of its web workers; the arbiter above them is none."""
        path = PROC / f"{self.child.process.pid}/task/{self.child.process.pid}/children"
        return [int(word) for word in path.read_text().split()] if LINUX else []

    def cpu(self) -> float:
        """Return the CPU seconds that its workers have used so far."""
        return sum(_cpu(pid) for pid in self.workers)

    def memory(self) -> float:
        """Return the resident memory of its largest worker, in MiB."""
        pages = [int((PROC / f"{pid}/statm").read_text().split()[1]) for pid in self.workers]
        return max(pages) * os.sysconf("SC_PAGE_SIZE") / MIB if pages else 0.0

    def files(self) -> int:
        """Return how many files its workers hold open."""
        return sum(len([*(PROC / f"{pid}/fd").iterdir()]) for pid in self.workers)


@contextmanager
def product(env: Mapping[str, str], database: str = "") -> Iterator[Server]:
    """Serve the product with the bench's addresses, over one database."""
    chosen = {**env, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    if database:
        chosen["DATABASE_URL"] = on(chosen["DATABASE_URL"], database)
    port = ports.any_free()
    with _serving(web_command(port), chosen, port, "/health/") as server:
        yield server


@contextmanager
def bare(env: Mapping[str, str]) -> Iterator[Server]:
    """Serve the bare project in the same way."""
    port = ports.any_free()
    command = [BARE if word == "config.wsgi" else word for word in web_command(port)]
    chosen = {**env, "DJANGO_SETTINGS_MODULE": "bench.bare"}
    with _serving(command, chosen, port, "/") as server:
        yield server


def on(url: str, database: str) -> str:
    """Return the address of another database of the same server."""
    return f"{url.rpartition('/')[0]}/{database}"


@contextmanager
def _serving(
    command: list[str], env: Mapping[str, str], port: int, address: str
) -> Iterator[Server]:
    family = Family()
    begun = time.perf_counter()
    try:
        child = family.start("bench-web", command, env=env)
        while not _answers(port, address):
            if not child.is_alive() or time.perf_counter() - begun > PATIENCE:
                raise SystemExit("bench: the web server did not start; see above.")
            time.sleep(0.01)
        yield Server(port, child, time.perf_counter() - begun)
    finally:
        while family.children:
            family.children.pop().stop(family.patience)


def _answers(port: int, address: str) -> bool:
    connection = http.client.HTTPConnection(ports.LOOPBACK, port, timeout=PATIENCE)
    try:
        connection.request("GET", address)
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _cpu(pid: int) -> float:
    """Sum the nanoseconds that the scheduler gave to each thread of a process."""
    total = 0
    for task in (PROC / f"{pid}/task").iterdir():
        try:
            total += int((task / "schedstat").read_text().split()[0])
        except OSError:  # the thread has ended meanwhile
            continue
    return total / 1e9
