"""Where things are, in the checkout."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
LOGS = VAR / "log"
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
LINUX = sys.platform == "linux"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")


def program(name: str) -> str:
    """Return a console program of the environment."""
    return str(BIN / (f"{name}.exe" if WINDOWS else name))


def site_packages() -> Path:
    """Return the folder into which the environment installed its packages."""
    if WINDOWS:
        return VENV / "Lib" / "site-packages"
    found = sorted((VENV / "lib").glob("python3.*/site-packages"))
    return found[-1] if found else VENV / "lib" / "missing"


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner may enter."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path
