"""Asking a virus scanner (clamd's protocol), where one is set up."""

import socket
import struct
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from initiatives.choices import ScanResult
from initiatives.operations.files import FileRefusedError
from kernel.refusals import Blocker

_CHUNK = 1 << 18
_PATIENCE = 60.0
_LONGEST_ANSWER = 4096
_PORT = 3310


def scanned(path: Path) -> ScanResult:
    """Return what the scanner says of the file; "not scanned" where there is none.

    :raises FileRefusedError: when it finds something, and when it cannot be asked.
    """
    if not settings.CLAMD_URL:
        return ScanResult.NOT_SCANNED
    try:
        answer = _ask(path, settings.CLAMD_URL)
    except OSError as gone:
        raise _refused("scan_failed", _FAILED) from gone
    if answer.endswith("FOUND"):
        raise _refused("infected", "The virus scanner found something in this file. It is refused.")
    if not answer.endswith(": OK"):
        raise _refused("scan_failed", _FAILED)
    return ScanResult.CLEAN


_FAILED = (
    "The file could not be checked for viruses, so it is not accepted. Try again later, or tell"
    " whoever runs Counterpart."
)


def _ask(path: Path, url: str) -> str:
    """Send the file in pieces, each with its length before it; nothing ends it."""
    with closing(_connected(url)) as line, path.open("rb") as stream:
        line.sendall(b"zINSTREAM\0")
        while chunk := stream.read(_CHUNK):
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            piece = line.recv(_LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def _connected(url: str) -> socket.socket:
    """Connect to tcp://host:port or unix:///path."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_PATIENCE)
        line.connect(parts.path)
        return line
    return socket.create_connection((parts.hostname or "", parts.port or _PORT), _PATIENCE)


def _refused(code: str, message: str) -> FileRefusedError:
    return FileRefusedError(Blocker(code, message, "upload"))
