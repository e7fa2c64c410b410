"""Every word that a rule about people says stands in refusals.md beside this file."""

from pathlib import Path

import pytest

from tests.words import heard, judge

PAGE = Path(__file__).parent / "refusals.md"


@pytest.fixture(autouse=True)
def words(monkeypatch):
    with heard("people.rules", monkeypatch) as said:
        yield
    judge(said, PAGE, "# What the rules about people say when they say no")
