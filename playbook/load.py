"""The playbook read from its folder, or built again from the bytes of an edition."""

import json
from functools import cache
from pathlib import Path
from typing import cast

from django.conf import settings

from playbook.assembly import CRITERIA_FILE, FORMAT, LATER_FILES, assemble
from playbook.nodes import Node, from_plain, read_yaml
from playbook.playbooks import Playbook
from playbook.shapes import PlaybookError

# A condition of a decision has 32 characters, and says of two of them that it was waived.
LONGEST_CRITERION = 30
SUFFIXES = frozenset({".yaml", ".yml"})


def read(folder: Path) -> Playbook:
    """Return the playbook of a folder.

    :raises PlaybookError: with file, line and reason, for whatever is wrong.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
        nodes = {path.name: read_yaml(path.name, path.read_bytes()) for path in paths}
    except OSError as error:
        place = str(error.filename or folder)
        raise PlaybookError(place, 0, f"cannot be read: {error.strerror}") from error
    for name in LATER_FILES:
        if name not in nodes:
            raise PlaybookError(name, 0, "the file is missing")
    playbook = assemble(nodes)
    for name, node in nodes.items():
        if CRITERIA_FILE.match(name):
            _judge_keys(node)
    return playbook


def _judge_keys(node: Node) -> None:
    """Refuse a long key: two that begin alike would be owed under one name once waived.

    Only of a folder, which was read whole before: what was adopted once keeps its keys.
    """
    criteria = cast(list[Node], cast(dict[str, Node], node.value)["criteria"].value)
    for criterion in criteria:
        key = cast(dict[str, Node], criterion.value)["key"]
        if len(str(key.value)) > LONGEST_CRITERION:
            raise key.error(f"the key of a criterion is longer than {LONGEST_CRITERION}")


def from_bytes(data: bytes) -> Playbook:
    """Return the playbook of an edition; lines are not known there.

    :raises PlaybookError: when the bytes are none of an edition this program can read.
    """
    try:
        edition = json.loads(data)
    except ValueError as error:
        raise PlaybookError("edition", 0, "these bytes are no playbook") from error
    if not isinstance(edition, dict) or edition.get("format") != FORMAT:
        raise PlaybookError("edition", 0, f"only format {FORMAT} is known here")
    if not isinstance(edition.get("files"), dict):
        raise PlaybookError("edition", 0, "the files are missing")
    return assemble({name: from_plain(name, plain) for name, plain in edition["files"].items()})


@cache
def files() -> Playbook:
    """Return the playbook of this installation's folder, read once per process."""
    return read(settings.PLAYBOOK_ROOT)
