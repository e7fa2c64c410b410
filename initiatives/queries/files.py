"""Where the bytes of evidence lie: by their SHA-256, outside of everything that is served."""

from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from initiatives.models import Capture, Evidence
from kernel.refusals import NotVisibleError


def file_path(sha256: str) -> Path:
    """Return where the file with this SHA-256 lies, or would."""
    return Path(settings.EVIDENCE_ROOT) / sha256[:2] / sha256


def open_file(evidence: Evidence | Capture) -> BinaryIO:
    """Open the bytes of a piece of evidence, or of the copy of a link, for reading.

    :raises NotVisibleError: for links and statements, and when the file is gone from the disk.
    """
    if not evidence.sha256:
        raise NotVisibleError
    try:
        return file_path(evidence.sha256).open("rb")
    except FileNotFoundError as gone:
        raise NotVisibleError from gone
