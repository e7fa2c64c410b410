"""A folder of one's own to break: a copy of the playbook, edited by one replacement."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from playbook import load
from playbook.playbooks import Playbook


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load.files()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in Path(settings.PLAYBOOK_ROOT).glob("*.yaml"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], int]:
    """Replace the first occurrence in a file; answers the line where the new text begins."""

    def replace(name: str, old: str, new: str) -> int:
        text = (folder / name).read_text(encoding="utf-8")
        before, found, after = text.partition(old)
        assert found, f"{name} does not hold {old!r}"
        (folder / name).write_text(before + new + after, encoding="utf-8")
        return before.count("\n") + 1

    return replace
