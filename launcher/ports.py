"""Loopback ports: free ones are chosen once and remembered."""

import contextlib
import json
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return not answers(port, host)


def answers(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server listens there now."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def any_free() -> int:
    """Return a port that nobody listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def remembered(book: Path, name: str) -> int:
    """Return the port that `name` had last time if it is still free, else a new one."""
    known = read(book)
    port = known.get(name, 0)
    if not port or not is_free(port):
        known[name] = port = any_free()
        book.parent.mkdir(parents=True, exist_ok=True)
        book.write_text(json.dumps(known))
    return port


def read(book: Path) -> dict[str, int]:
    """Return the remembered ports."""
    try:
        found = json.loads(book.read_text())
        return {str(name): int(port) for name, port in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
