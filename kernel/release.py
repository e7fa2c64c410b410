"""What this process serves: one fingerprint of the code, the templates and the style sheets."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

CODE = "*/__init__.py"
BESIDE = ("templates", "static", "requirements.txt")
SHOWN = frozenset({".py", ".html", ".css", ".js", ".svg", ".txt"})


@cache
def release() -> str:
    """Return the fingerprint; another one means that the same page may look different."""
    return fingerprint(settings.BASE_DIR)


def fingerprint(root: Path) -> str:
    """Return the SHA-256 over the name and content of each file that a page may come from."""
    found = hashlib.sha256()
    for path in sorted(_files(root)):
        found.update(f"{path.relative_to(root)} {path.stat().st_size} ".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    places = [*(path.parent for path in root.glob(CODE)), *(root / name for name in BESIDE)]
    for place in places:
        yield from (path for path in (place, *place.rglob("*")) if path.suffix in SHOWN)
