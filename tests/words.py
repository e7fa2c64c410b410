"""What rules say when they say no: every word of it stands in a list that is read and kept.

A fixture of each folder of tests of rules watches what the rules of its app say. What is not in
the list fails the test that heard it; `PRINT_REFUSALS=1 pytest tests/governance/rules` writes the
list anew, to be read before it is kept.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from kernel.refusals import Blocker


def line(said: Any) -> str:
    """Return all the words of one thing that was said."""
    words = [getattr(said, one.name) for one in fields(said)]
    first, *rest = [one for one in words if one != "" and not isinstance(one, bool)]
    return f"- `{first}` " + " · ".join(map(str, rest))


@contextmanager
def heard(rules: str, monkeypatch: pytest.MonkeyPatch, *more: type) -> Iterator[set[str]]:
    """Collect what is said by modules whose names begin with `rules`, in blockers and `more`."""
    said: set[str] = set()
    for kind in (Blocker, *more):
        monkeypatch.setattr(kind, "__init__", listening(kind.__init__, rules, said))
    yield said


def listening(make: Callable[..., None], rules: str, said: set[str]) -> Callable[..., None]:
    def listen(self: Any, *args: Any, **options: Any) -> None:
        make(self, *args, **options)
        if sys._getframe(1).f_globals["__name__"].startswith(rules):  # noqa: SLF001  # who speaks
            said.add(line(self))

    return listen


def judge(said: set[str], page: Path, title: str) -> None:
    """Hold what was said to the list, or put it there."""
    known = set(page.read_text(encoding="utf-8").splitlines()) if page.exists() else set()
    if "PRINT_REFUSALS" in os.environ:
        lines = sorted((known | said) - {title, ""})
        page.write_text("\n".join([title, "", *lines]) + "\n", encoding="utf-8")
        return
    assert said <= known, f"not in {page.name}; read it, then PRINT_REFUSALS=1: {said - known}"
