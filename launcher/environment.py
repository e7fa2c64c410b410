"""The environment: .venv from a hashed lock, stamped with what it holds."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import MutableMapping
from pathlib import Path

from launcher.claims import Claim
from launcher.places import PYTHON, ROOT, VAR, VENV
from launcher.platforms import base_interpreter, here
from launcher.processes import quiet
from launcher.say import StopError, end_progress, progress, say

STAMP = VENV / "counterpart.json"
LOCKS = {  # from the smallest to the largest; each holds the one before
    "runtime": "requirements.txt",
    "embedded": "requirements-embedded.txt",
    "dev": "requirements-dev.txt",
}


def ensure(wanted: str) -> None:
    """Make the environment hold at least the wanted set, and exactly what its lock says."""
    if wanted == "embedded" and not here().runs_postgres:
        wanted = "runtime"
    installed = read_stamp(STAMP)
    target = larger(wanted, installed.get("set", ""))
    if PYTHON.exists() and installed == stamp_of(target):
        return
    claim = Claim(VAR / "install.lock")
    if not claim.take(command="install"):
        raise StopError(
            f"another ./dev (process {claim.holder().get('pid', '?')}) is installing: "
            "wait until it is done, then run this again."
        )
    try:
        install(target, fresh=not installed)
    finally:
        claim.release()


def keep_bytecode(env: MutableMapping[str, str]) -> None:
    """Keep bytecode in var/ where it must not lie beside its source: that halves every start."""
    if env.pop("PYTHONDONTWRITEBYTECODE", ""):
        env.setdefault("PYTHONPYCACHEPREFIX", str(VAR / "bytecode"))


def larger(one: str, other: str) -> str:
    """Return the set that holds both."""
    order = list(LOCKS)
    return max(one, other, key=lambda name: order.index(name) if name in order else -1)


def stamp_of(name: str) -> dict[str, str]:
    """Return what the stamp of a complete installation says."""
    content = (ROOT / LOCKS[name]).read_bytes()
    return {"set": name, "sha256": hashlib.sha256(content).hexdigest(), "folder": str(VENV)}


def read_stamp(path: Path) -> dict[str, str]:
    """Return the stamp, or nothing: an environment without one is half finished."""
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("folder") == str(VENV) else {}


def install(name: str, *, fresh: bool) -> None:
    """Install a set; a fresh start removes whatever lies there."""
    lock = ROOT / LOCKS[name]
    started = time.monotonic()
    if fresh and (VENV / "pyvenv.cfg").exists():
        say("an earlier installation was not finished: making it again")
    say(f"installing {len(pins(lock.read_text()))} packages from {lock.name} into .venv …")
    STAMP.unlink(missing_ok=True)
    uv = shutil.which("uv")
    if fresh or not PYTHON.exists() or not (uv or _has_pip()):
        make_venv(uv)
    install_packages(uv, lock)
    STAMP.write_text(json.dumps(stamp_of(name)))
    say(f"installed in {time.monotonic() - started:.0f} s")


def make_venv(uv: str | None) -> None:
    """Make an empty environment."""
    if uv:
        command = [uv, "venv", "-q", "--clear", "--python", base_interpreter(), str(VENV)]
    else:
        command = [base_interpreter(), "-m", "venv", "--clear", str(VENV)]
    made = quiet(command)
    if made.returncode:
        raise StopError(explain_venv(made.stdout))


def explain_venv(output: str) -> str:
    """Return the way out when no environment could be made."""
    if "ensurepip" in output or "No module named venv" in output:
        return (
            "Python's venv module is missing: install it (Debian, Ubuntu: apt install "
            "python3-venv) or install uv, then run this again."
        )
    last = (output.strip().splitlines() or ["no reason given"])[-1]
    return f"no environment could be made in .venv: {last}"


def install_packages(uv: str | None, lock: Path) -> None:
    """Install what the lock pins, by hash, from wherever this machine gets its packages."""
    if uv:
        command = [uv, "pip", "sync", "--require-hashes", "--python", str(PYTHON), str(lock)]
        if subprocess.call(command, cwd=ROOT):
            raise StopError(FAILED)
        return
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    options = ["--require-hashes", "--only-binary", ":all:", "--progress-bar", "off"]
    _follow([*pip, "install", *options, "-r", str(lock)], len(pins(lock.read_text())))
    extras = _installed() - pins(lock.read_text()) - {"pip", "setuptools", "wheel"}
    if extras:
        quiet([*pip, "uninstall", "-q", "-y", *sorted(extras)])


FAILED = (
    "the packages could not be installed (the lines above say why): mend that, then run "
    "this again; it goes on from a clean start."
)


def pins(text: str) -> set[str]:
    """Return the names that a lock pins."""
    names = re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==", text, re.MULTILINE)
    return {normal(name) for name in names}


def normal(name: str) -> str:
    """Return a package name as the index writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed() -> set[str]:
    listed = quiet([PYTHON, "-m", "pip", "list", "--format=freeze"]).stdout
    return {normal(line.split("==")[0]) for line in listed.splitlines() if "==" in line}


def _has_pip() -> bool:
    return quiet([PYTHON, "-m", "pip", "--version"]).returncode == 0


def _follow(command: list[str], total: int) -> None:
    """Run pip and show how far it is; show all its words only when it fails."""
    said: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        seen = 0
        for line in process.stdout or ():
            said.append(line)
            seen += line.startswith("Collecting ")
            word = (
                "unpacking" if line.startswith("Installing") else f"{min(seen, total)} of {total}"
            )
            progress(f"  {word} …")
    end_progress()
    if process.returncode:
        print("".join(said[-15:]))
        raise StopError(FAILED)
