"""What has to be true before the product starts: tables, static files, the demonstration."""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from launcher import servers
from launcher.environment import STAMP
from launcher.places import PYTHON, ROOT, VAR
from launcher.processes import quiet
from launcher.say import StopError, say
from launcher.servers import Doors

DEMONSTRATION = "demonstration"
FOUNDING = "founding_code"
COLLECTED = VAR / "static.sha256"
SPOKEN = VAR / "manage-failed.log"


def prepare(doors: Doors, *, demonstration: bool) -> None:
    """Bring the database and the static files up to date; found the demonstration once."""
    say("making the tables …" if doors.made else "bringing the tables up to date …")
    manage(doors.owner, "migrate", "--verbosity", "0")
    collect_static(doors.runtime)
    if demonstration and is_first_run(doors) and command_file(DEMONSTRATION):
        if doors.made:
            say("loading the demonstration company …")
        if subprocess.call(
            [PYTHON, "manage.py", DEMONSTRATION, "--if-empty"], env=doors.runtime, cwd=ROOT
        ):
            raise StopError("the demonstration could not be loaded; the reason stands above.")
    servers.settle(ran=True)


def is_first_run(doors: Doors) -> bool:
    """Whether no run has seen this database; of a database from outside the product knows."""
    return doors.made or not servers.RAN.exists() or "DATABASE_URL" in os.environ


def collect_static(env: dict[str, str]) -> None:
    """Collect the static files, unless nothing has changed since they were."""
    folders = [ROOT / "static", *ROOT.glob("*/static")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    wanted = fingerprint([*files, STAMP])
    if (ROOT / "staticfiles").is_dir() and COLLECTED.exists() and COLLECTED.read_text() == wanted:
        return
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    COLLECTED.write_text(wanted)


def fingerprint(files: Iterable[Path]) -> str:
    """Return what changes when a file comes, goes, or is written."""
    facts = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in sorted(files)]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def show_way_in(env: dict[str, str]) -> None:
    """Print who can sign in to the demonstration, or how to found an organisation of one's own."""
    for command, option in ((DEMONSTRATION, "--sign-ins"), (FOUNDING, "--if-unfounded")):
        if command_file(command):
            manage(env, command, option)


def command_file(name: str) -> Path | None:
    """Return the file of a command of manage.py, if the product has it."""
    return next(ROOT.glob(f"*/management/commands/{name}.py"), None)


def last_line(spoken: str) -> str:
    """Return the last line that says something: of a traceback, what went wrong."""
    lines = [line.strip() for line in spoken.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."


def manage(env: dict[str, str], *words: str) -> None:
    """Run one command of manage.py that must work."""
    ran = quiet([PYTHON, "manage.py", *words], env=env, cwd=ROOT)
    if ran.returncode:
        SPOKEN.write_text(ran.stdout)
        raise StopError(
            f"manage.py {words[0]} failed: {last_line(ran.stdout)} All its words: {SPOKEN}"
        )
    if ran.stdout.strip():
        print(ran.stdout.rstrip(), flush=True)
