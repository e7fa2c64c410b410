"""What rules say when they say no: every word of it stands in a list that is read and kept.

A fixture of each folder of tests of rules watches what the rules of its app say. What is not in
the list fails the test that heard it; `PRINT_REFUSALS=1 pytest tests/governance/rules` writes the
list anew, to be read before it is kept.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kernel.refusals import Blocker


def line(blocker: Blocker) -> str:
    return f"- `{blocker.code}` {blocker.message}" + (
        f" ({blocker.field!r})" if blocker.field != "" else ""
    )


@contextmanager
def heard(rules: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Collect what is said by modules whose names begin with `rules`."""
    said: set[str] = set()
    make = Blocker.__init__

    def listen(self: Blocker, *args: str, **options: str) -> None:
        make(self, *args, **options)
        if sys._getframe(1).f_globals["__name__"].startswith(rules):  # noqa: SLF001  # who speaks
            said.add(line(self))

    monkeypatch.setattr(Blocker, "__init__", listen)
    yield said


def judge(said: set[str], page: Path, title: str) -> None:
    """Hold what was said to the list, or put it there."""
    known = set(page.read_text(encoding="utf-8").splitlines()) if page.exists() else set()
    if "PRINT_REFUSALS" in os.environ:
        lines = sorted((known | said) - {title, ""})
        page.write_text("\n".join([title, "", *lines]) + "\n", encoding="utf-8")
        return
    assert said <= known, f"not in {page.name}; read it, then PRINT_REFUSALS=1: {said - known}"
