"""What this machine can and cannot do, said before anything is tried."""

import os
import platform
import sys

from launcher.places import LINUX, WINDOWS
from launcher.say import StopError

MACHINES = ("x86_64", "amd64", "aarch64", "arm64")


def is_musl() -> bool:
    """Alpine and the like: the embedded servers have no wheels for it."""
    return LINUX and platform.libc_ver()[0] != "glibc"


def embeds() -> bool:
    """Whether the embedded PostgreSQL can run here."""
    return not is_musl() and platform.machine().lower() in MACHINES


def check_servers(env: os._Environ[str] | dict[str, str]) -> None:
    """Refuse, with the way out, a machine that needs servers and has none."""
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if name not in env]
    kind = f"{platform.system()} on {platform.machine()}"
    if is_musl():
        kind += " with musl"
    if missing and not embeds():
        raise StopError(
            f"the embedded servers do not run on {kind}: set {' and '.join(missing)} to a "
            "PostgreSQL 15 or newer and a Redis of your own, then run this again."
        )
    if WINDOWS and "REDIS_URL" in missing:
        raise StopError(
            "the embedded Valkey does not run on Windows: set REDIS_URL to a Redis of your own "
            "(redis://127.0.0.1:6379/0), then run this again."
        )


def base_interpreter() -> str:
    """Return the Python to make environments with: not the one of an environment."""
    found: str = getattr(sys, "_base_executable", None) or sys.executable
    return found
