"""Files that a kill left behind between the writing of their bytes and that of their row."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from initiatives.operations.files import INCOMING, drop_unused
from initiatives.queries.files import file_path

OLD = timedelta(days=1)

logger = logging.getLogger(__name__)


def remove_orphans(*, at: datetime) -> int:
    """Remove stored files older than a day that no evidence rests on; return how many.

    `at` is the moment of the machine, which dates the files. No entry says so: nothing that was
    ever recorded is lost. What is not named as we name files is left alone.
    """
    return sum(_remove(path) for path in _old_files(at))


def _old_files(at: datetime) -> Iterator[Path]:
    root = Path(settings.EVIDENCE_ROOT)
    for path in (*root.glob(f"{INCOMING}*"), *root.glob("[0-9a-f][0-9a-f]/*")):
        if (age := _age(path, at)) is not None and age > OLD:
            yield path


def _age(path: Path, at: datetime) -> timedelta | None:
    try:
        return at - datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:  # its act ended meanwhile
        return None


def _remove(path: Path) -> bool:
    if path.name.startswith(INCOMING):
        path.unlink(missing_ok=True)
    elif path != file_path(path.name) or not drop_unused(path.name):
        return False
    logger.warning("removed a file without evidence: %s", path.name)
    return True
