"""Every word that a rule of the gate says stands in refusals.md beside this file."""

from pathlib import Path

import pytest

from governance.rules.first_steps import Step
from tests.words import heard, judge

PAGE = Path(__file__).parent / "refusals.md"


@pytest.fixture(autouse=True)
def words(monkeypatch):
    with heard("governance.rules", monkeypatch, Step) as said:
        yield
    judge(said, PAGE, "# What the rules of the gate say when they say no")
