"""PostgreSQL refuses to run as root: then it runs as an account without rights."""

import os
import stat
from pathlib import Path
from typing import Any

from launcher.places import ROOT, WINDOWS
from launcher.say import StopError, say

if not WINDOWS:
    import pwd

Account = tuple[int, int]
SPARE = ("nobody", "daemon")


def is_root() -> bool:
    """Whether we have the rights of root."""
    return not WINDOWS and os.geteuid() == 0


def account_for(folder: Path) -> Account | None:
    """Return the account that a server with this data runs as: ours, or when root its owner's."""
    if not is_root():
        return None
    found = folder.stat()
    return (found.st_uid, found.st_gid) if found.st_uid else spare_account()


def spare_account() -> Account:
    """Who owns the checkout, if an ordinary user, else an account without rights."""
    owner = ROOT.stat().st_uid
    for entry in pwd.getpwall():
        if owner and entry.pw_uid == owner:
            return entry.pw_uid, entry.pw_gid
    for name in SPARE:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid:
            return entry.pw_uid, entry.pw_gid
    raise StopError(
        "PostgreSQL refuses to run as root and there is no account 'nobody' to run it as: "
        "run ./dev as an ordinary user, or set DATABASE_URL."
    )


def popen_options(user: Account | None) -> dict[str, Any]:
    """How subprocess changes to that account."""
    return {"user": user[0], "group": user[1], "extra_groups": []} if user else {}


def check(data: Path) -> None:
    """Refuse data that another user's run left, with the way out."""
    for folder in (data, data.parent, ROOT):
        theirs = folder.exists() and not os.access(folder, os.W_OK | os.X_OK)
        if theirs and not WINDOWS and not is_root():
            raise StopError(
                f"{folder} belongs to another user (an earlier run as root?): "
                "run ./dev as that user, or remove it."
            )


def hand_over(data: Path, programs: Path) -> Account | None:
    """When root: give the data to the account, and let it reach data and programs."""
    if not is_root():
        return None
    user = spare_account()
    os.chown(data, *user)
    data.chmod(0o700)
    for folder in (data.parent, programs):
        open_way(folder)
    if not readable(programs):
        for path in [programs, *programs.rglob("*")]:
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))
    return user


def readable(programs: Path) -> bool:
    """Whether others may read the server's programs."""
    return all(
        path.stat().st_mode & stat.S_IROTH for path in (programs, programs / "bin" / "postgres")
    )


def open_way(folder: Path) -> None:
    """Let others pass through (not list) the folders above, where they may not yet."""
    for step in (folder, *folder.parents):
        mode = step.stat().st_mode
        if not mode & stat.S_IXOTH:
            step.chmod(mode | stat.S_IXOTH)
            say(f"{step}: others may now pass through it, for PostgreSQL does not run as root")
