"""One at a time: a lock file that the system itself releases when its holder dies."""

import json
import os
from pathlib import Path
from typing import Any

from launcher.places import WINDOWS

if WINDOWS:
    import msvcrt
else:
    import fcntl

FAR_BYTE = 1 << 20  # Windows locks bytes; this one lies behind the text that others read


class Claim:
    """An exclusive hold on a name under var/, with a note of who has it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self, **note: Any) -> bool:  # noqa: ANN401 -- written as JSON
        """Take it unless someone has it; write down who we are."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        if not _lock(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        self.note(**note)
        return True

    def note(self, **note: Any) -> None:  # noqa: ANN401 -- written as JSON
        """Say something about ourselves to whoever comes second."""
        if self._descriptor is not None:
            text = json.dumps({"pid": os.getpid(), **note}).encode()
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text)

    def holder(self) -> dict[str, Any]:
        """Return what the holder wrote, or nothing."""
        try:
            found = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def release(self) -> None:
        """Let the next one in."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


def _lock(descriptor: int) -> bool:
    try:
        if WINDOWS:
            os.lseek(descriptor, FAR_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined] # Windows only
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
