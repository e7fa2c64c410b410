"""Taking in the bytes of evidence: whole or not at all, stored by their SHA-256.

A file is written beside its place, judged and scanned there, and renamed into place as the last
step of the act that records it. What fails leaves nothing behind; what is killed, `orphans` sweeps.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.db import connection, transaction

from initiatives.models import Capture, Evidence
from initiatives.queries.files import file_path
from initiatives.rules.files import NAME_LIMIT, FileVerdict, judge_file, tidy_file_name
from kernel.canonical import clean_name
from kernel.refusals import Blocker, RefusedError

INCOMING = "incoming-"
_MEGABYTE = 1 << 20
_PRIVATE_FOLDER = 0o700


class FileRefusedError(RefusedError):
    """The file is not accepted, or there was no room for it."""


class Upload(Protocol):
    """What a form hands over: a name that proves nothing, and the bytes in pieces."""

    name: str | None

    def chunks(self) -> Iterable[bytes]:
        """Yield the bytes, from the first on."""


@dataclass
class Received:
    """A file that waits beside its place."""

    path: Path
    name: str
    sha256: str
    size: int
    content_type: str


Judge = Callable[[BinaryIO, str], FileVerdict]


def _by_its_bytes(stream: BinaryIO, name: str) -> FileVerdict:
    return judge_file(stream, name=name)


@contextmanager
def received(upload: Upload, judge: Judge = _by_its_bytes) -> Iterator[Received]:
    """Take the upload in and judge it; what is not kept by then is gone afterwards.

    :raises FileRefusedError: when it is empty, too large, of another type, or the disk is full.
    """
    path = _new_place()
    try:
        sha256, size = _written(upload, path)
        name = _name(upload)
        with path.open("rb") as stream:
            verdict = judge(stream, name)
        if verdict.blockers:
            raise FileRefusedError(*verdict.blockers)
        yield Received(path, name, sha256, size, verdict.content_type)
    finally:
        path.unlink(missing_ok=True)


def keep(file: Received) -> None:
    """Put the file in its place, inside the act that records it.

    :raises FileRefusedError: when the disk refuses.
    """
    _hold(file.sha256)
    place = file_path(file.sha256)
    try:
        place.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        file.path.replace(place)
        _sync(place.parent)
    except OSError as full:
        raise _no_room() from full


def drop_unused(sha256: str) -> bool:
    """Remove the file of this SHA-256 unless some evidence, or a copy, rests on it; return whether.

    Whoever adds the same bytes at the same moment is waited for.
    """
    with transaction.atomic():
        _hold(sha256)
        if any(table.objects.filter(sha256=sha256).exists() for table in (Evidence, Capture)):
            return False
        with suppress(OSError):  # why an act failed matters more
            file_path(sha256).unlink()
            return True
    return False


def _hold(sha256: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def _new_place() -> Path:
    root = Path(settings.EVIDENCE_ROOT)
    try:
        root.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=INCOMING, dir=root)
        os.close(handle)
    except OSError as full:
        raise _no_room() from full
    return Path(path)


def _written(upload: Upload, path: Path) -> tuple[str, int]:
    """Write the bytes as they come; stop at the first one too many."""
    running = hashlib.sha256()
    size = 0
    try:
        with path.open("wb") as stream:
            for chunk in upload.chunks():
                size += len(chunk)
                if size > settings.EVIDENCE_MAX_BYTES:
                    most = settings.EVIDENCE_MAX_BYTES // _MEGABYTE
                    raise _refused("file_too_large", f"The file is too large: {most} MB at most.")
                running.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as full:
        raise _no_room() from full
    if not size:
        raise _refused("file_empty", "The file is empty.")
    return running.hexdigest(), size


def _name(upload: Upload) -> str:
    try:
        name = clean_name(tidy_file_name(upload.name or ""))
    except ValueError as broken:
        raise _refused("file_name", str(broken)) from broken
    if not name or len(name) > NAME_LIMIT:
        raise _refused("file_name", f"The file needs a name of at most {NAME_LIMIT} characters.")
    return name


def _sync(folder: Path) -> None:
    """Make the rename last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refused(code: str, message: str) -> FileRefusedError:
    return FileRefusedError(Blocker(code, message, "upload"))


def _no_room() -> FileRefusedError:
    return _refused(
        "no_room",
        "The file could not be stored: there is no room left. Nothing was saved. Tell whoever"
        " runs Counterpart.",
    )
