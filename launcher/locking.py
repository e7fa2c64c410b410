"""./dev lock: exact versions and hashes, without any host; and the guard that keeps them so."""

import hashlib
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

from launcher.environment import LOCKS
from launcher.places import ROOT
from launcher.processes import quiet
from launcher.say import StopError, say

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28", "aarch64-apple-darwin")
WINDOWS = "x86_64-pc-windows-msvc"
HEADER = "# ./dev lock wrote this from pyproject.toml "
FORBIDDEN = {
    "an address": re.compile(r"://"),
    "an index option": re.compile(r"^\s*(-i|-f|--[a-z-]*(index|find-links|trusted)[a-z-]*)\b"),
    "an option": re.compile(r"^-"),
    "an absolute path": re.compile(r"(^|[\s@=])(/|[A-Za-z]:\\)\S"),
}


def lock(arguments: list[str]) -> int:
    """Compile the three files, the largest first, and prove that wheels exist."""
    uv = shutil.which("uv")
    if not uv:
        raise StopError("only ./dev lock needs uv: install it (pip install uv), run this again.")
    tables = read_tables()
    larger: Path | None = None
    for name in reversed(LOCKS):
        larger = compile_one(uv, name, tables, larger, options=arguments)
    return prove(uv)


def read_tables() -> dict[str, Any]:
    """Return what pyproject.toml says of dependencies."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {
        "requires-python": found["project"]["requires-python"],
        "runtime": found["project"]["dependencies"],
        **found["dependency-groups"],
    }


def digest_of(name: str, tables: dict[str, Any]) -> str:
    """Return the fingerprint of everything that a set asks for."""
    order = list(LOCKS)
    parts = [tables["requires-python"], *(tables[part] for part in order[: order.index(name) + 1])]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def compile_one(
    uv: str, name: str, tables: dict[str, Any], larger: Path | None, *, options: list[str]
) -> Path:
    """Compile one set, bound to the versions of the larger one."""
    output = ROOT / LOCKS[name]
    say(f"compiling {output.name} …")
    command = [uv, "pip", "compile", "--universal", "--python-version", PYTHONS[0], "-q"]
    command += ["--generate-hashes", "--no-header", "pyproject.toml", "-o", output.name, *options]
    command += [] if name == "runtime" else ["--group", name]
    command += ["-c", larger.name] if larger else []
    if subprocess.call(command, cwd=ROOT, stdout=subprocess.DEVNULL):
        raise StopError(f"{output.name} could not be compiled; uv's own words stand above.")
    output.write_text(f"{HEADER}{digest_of(name, tables)}\n{output.read_text()}")
    return output


def prove(uv: str) -> int:
    """Every pin has a wheel for every Python on every platform that we name."""
    failed = 0
    proofs = [("dev", platform) for platform in PLATFORMS] + [("embedded", WINDOWS)]
    for python in PYTHONS:
        for name, platform in proofs:
            command = [uv, "pip", "compile", LOCKS[name], "--python-version", python]
            command += ["--python-platform", platform, "--only-binary", ":all:", "--no-header"]
            ran = quiet([*command, "-q", "--no-annotate"], cwd=ROOT)
            failed += bool(ran.returncode)
            verdict = "no" if ran.returncode else "yes"
            say(f"wheels of {LOCKS[name]} for Python {python} on {platform}: {verdict}")
            if ran.returncode:
                print(ran.stdout.strip()[-600:])
    return 1 if failed else 0


def complaints(name: str, text: str, tables: dict[str, Any]) -> list[str]:
    """Return what is wrong with a lock file; nothing when it is right."""
    found = [
        f"line {number} holds {what}"
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in FORBIDDEN.items()
        if not line.startswith("#") and pattern.search(line.split(" # ")[0])
    ]
    if not text.startswith(f"{HEADER}{digest_of(name, tables)}\n"):
        found.append("it is not what pyproject.toml asks for: ./dev lock")
    unhashed = re.findall(r"^[\w.-]+(?:\[[^\]]*\])?==[^\\\n]*$", text, re.MULTILINE)
    return found + [f"{line} has no hash" for line in unhashed]


def guard() -> list[str]:
    """Return the complaints about all three files."""
    tables = read_tables()
    return [
        f"{file}: {complaint}"
        for name, file in LOCKS.items()
        for complaint in complaints(name, (ROOT / file).read_text(), tables)
    ]
