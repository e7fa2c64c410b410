"""A Chromium for the browser journeys: found, or installed, or asked for; never left out."""

import os
import shutil
import sys
from pathlib import Path

from launcher.accounts import is_root
from launcher.places import PYTHON, site_packages
from launcher.processes import quiet
from launcher.say import StopError, say

SHELL = "chromium-headless-shell"  # the same engine without the windows: half the time
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
BUNDLED = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as it: print(it.chromium.executable_path)"
)


def find(env: dict[str, str]) -> str:
    """Return the program to start, as the variable CHROMIUM tells the tests."""
    check_driver()
    found = env.get("CHROMIUM") or shell() or on_path() or bundled() or install()
    if not Path(found).is_file():
        raise StopError(f"CHROMIUM names {found}, and there is no such program.")
    return found


def shell() -> str | None:
    """Return Debian's Chromium without windows; get it where we may."""
    if shutil.which(SHELL) is None and has_apt():
        say("installing Debian's Chromium for the browser tests …")
        apt_install(SHELL)
    return shutil.which(SHELL)


def on_path() -> str | None:
    """Return the browser that this machine has."""
    if MAC.is_file():
        return str(MAC)
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def bundled() -> str | None:
    """Return the browser that playwright keeps for itself, if it has been fetched."""
    said = quiet([PYTHON, "-c", BUNDLED]).stdout.strip().splitlines()
    return said[-1] if said and Path(said[-1]).is_file() else None


def install() -> str:
    """Get one: Debian's when root, else playwright's."""
    if has_apt():
        apt_install("chromium")
        if found := on_path():
            return found
    say("fetching playwright's Chromium for the browser tests …")
    said = quiet([PYTHON, "-m", "playwright", "install", "chromium"]).stdout
    if found := bundled():
        return found
    last = (said.strip().splitlines() or ["no reason given"])[-1]
    raise StopError(
        "the browser tests need a Chromium and none could be installed "
        f"({last}): install chromium (Debian: apt install chromium) or set CHROMIUM to its path."
    )


def check_driver() -> None:
    """Playwright's own Node must start: a bare Debian lacks a library of it."""
    node = site_packages() / "playwright" / "driver" / "node"
    if not node.exists():
        return
    said = quiet([node, "--version"])
    if said.returncode and "libatomic" in said.stdout:
        if has_apt():
            apt_install("libatomic1")
            return
        raise StopError(
            "playwright needs the library libatomic: install it (Debian: apt install libatomic1)."
        )


def version(path: str) -> str:
    """Return what the browser says of itself."""
    said = quiet([path, "--version"]).stdout.strip().splitlines()
    return said[-1].strip() if said else "Chromium of unknown version"


def has_apt() -> bool:
    """Whether Debian's packages can be installed by us."""
    return sys.platform == "linux" and is_root() and shutil.which("apt-get") is not None


def apt_install(*names: str) -> bool:
    """Install Debian packages; services that they bring are not started."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *names]
    if quiet(command, env=env).returncode == 0:
        return True
    quiet(["apt-get", "update", "-q"], env=env)
    return quiet(command, env=env).returncode == 0
