"""What this machine can and cannot do, said before anything is tried."""

import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from launcher.say import StopError

PROCESSORS = ("x86_64", "amd64", "aarch64", "arm64")


@dataclass(frozen=True)
class Machine:
    """What decides which servers can run: the system, the processor, the C library."""

    system: str
    processor: str
    is_musl: bool  # Alpine and the like: the embedded servers have no wheels for it

    @property
    def runs_postgres(self) -> bool:
        """Whether the embedded PostgreSQL can run here."""
        return not self.is_musl and self.processor.lower() in PROCESSORS

    @property
    def runs_valkey(self) -> bool:
        """Whether the embedded Valkey can run here."""
        return self.runs_postgres and self.system != "Windows"

    def __str__(self) -> str:
        """Name it as a person would."""
        return f"{self.system} on {self.processor}{' with musl' if self.is_musl else ''}"


def here() -> Machine:
    """Return this machine."""
    musl = sys.platform == "linux" and platform.libc_ver()[0] != "glibc"
    return Machine(platform.system(), platform.machine(), musl)


def check_servers(env: Mapping[str, str], machine: Machine) -> None:
    """Refuse, with the way out, a machine that needs servers and has none."""
    missing = []
    if "DATABASE_URL" not in env and not machine.runs_postgres:
        missing.append("DATABASE_URL to a PostgreSQL (15 or newer)")
    if "REDIS_URL" not in env and not machine.runs_valkey:
        missing.append("REDIS_URL to a Redis (redis://127.0.0.1:6379/0)")
    if missing:
        raise StopError(
            f"the embedded servers do not run on {machine}: set {' and '.join(missing)} "
            "of your own, then run this again."
        )


def base_interpreter() -> str:
    """Return the Python to make environments with: not the one of an environment."""
    found: str = getattr(sys, "_base_executable", None) or sys.executable
    return found
