"""Ask a part of the product, from inside its container, whether it lives: exit 0 or 1."""

import http.client
import os
import sys
import time
from http import HTTPStatus
from pathlib import Path

BEAT = Path("/var/lib/counterpart/beat")
BEAT_SAVES_EVERY = 180  # seconds; celery's beat writes its state that often


def web(port: int = 8000) -> bool:
    """Whether the health page answers; it wants a host name that the product knows."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".") or "localhost"
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        asked.request("GET", "/health/", headers={"Host": host})
        return asked.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def beat(folder: Path = BEAT) -> bool:
    """Whether beat has saved its state lately."""
    saved = [path.stat().st_mtime for path in folder.glob("schedule*")]
    return bool(saved) and time.time() - max(saved) < 3 * BEAT_SAVES_EVERY


if __name__ == "__main__":
    sys.exit(0 if (beat() if sys.argv[1:] == ["beat"] else web()) else 1)
