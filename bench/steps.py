"""Parts of the bench that need the product inside them, each in a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.floors import write_body
from bench.servers import on
from launcher.places import PYTHON, ROOT

SIZES = (100, 500, 2000)
EMPTY = "bench_empty"


class Bench:
    """The environment of every step, and what the world's maker wrote down."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.folder = Path(env["BENCH_FOLDER"])
        self.env = {
            **{name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),  # as any second start finds it
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "LOG_LEVEL": "ERROR",
        }
        self.migrating = 0.0
        self.migrating_cpu = 0.0
        self.noted: dict[str, Any] = {}

    def prepare(self) -> None:
        """Make the databases of every size, each grown from the one before."""
        self.empty()
        say("making a register by operations …")
        self.run("bench.inside world", database=EMPTY)
        self.noted = json.loads((self.folder / "world.json").read_text())
        before = EMPTY
        for size in SIZES:
            say(f"copying it to {size} initiatives …")
            self.make(f"bench_{size}", like=before)
            self.run("bench.inside copies", str(size), database=f"bench_{size}", owner=True)
            before = f"bench_{size}"

    def empty(self) -> None:
        """Make a database with every table and nothing in it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "body.html").write_text(write_body())
        self.make(EMPTY)
        begun, used = time.perf_counter(), cpu_of_steps()
        self.manage("migrate", "--verbosity", "0", database=EMPTY)
        self.migrating = time.perf_counter() - begun
        self.migrating_cpu = cpu_of_steps() - used
        self.manage("collectstatic", "--noinput", "--verbosity", "0", database=EMPTY)

    def make(self, name: str, like: str = "template1") -> None:
        """Make a database, empty or as another one is."""
        sql = f'CREATE DATABASE "{name}" TEMPLATE "{like}"'
        self.run("bench.owner", sql, database="postgres", owner=True)

    def run(self, module: str, *words: str, database: str, owner: bool = False) -> str:
        """Run one step over one database; return what it prints."""
        return self._call([str(PYTHON), "-m", *module.split(), *words], database, owner=owner)

    def manage(self, *words: str, database: str) -> str:
        """Run a command of manage.py as the owner of the tables."""
        return self._call([str(PYTHON), "manage.py", *words], database, owner=True)

    def _call(self, command: list[str], database: str, *, owner: bool) -> str:
        url = self.env["DATABASE_OWNER_URL" if owner else "DATABASE_URL"]
        env = {
            **self.env,
            "DATABASE_URL": on(url, database),
            "DATABASE_OWNER_URL": on(self.env["DATABASE_OWNER_URL"], database),
        }
        ran = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, check=False)
        if ran.returncode:
            raise SystemExit(f"bench: {' '.join(command[1:3])} failed; its words stand above.")
        return ran.stdout.decode()


def cpu_of_steps() -> float:
    """Return the CPU seconds of all steps that have ended."""
    now = os.times()
    return now.children_user + now.children_system


def say(words: str) -> None:
    """Tell how far it is, beside the figures."""
    print(f"[bench] {words}", file=sys.stderr, flush=True)
