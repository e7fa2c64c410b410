"""What docs/mission.md calls real names tests that are there."""

import re

from tests.architecture.test_rules_shown import named_in
from tests.architecture.tree import ROOT

ROW = re.compile(r"^\| ([A-N]\d+(?:, [A-N]\d+)*) \|(.*)\|$", re.MULTILINE)
SHOWN = re.compile(r"`([\w/]+/test_\w+\.py)(?:::(\w+))?`")


def faults(text):
    """Yield each row without a test, and each test that is not there."""
    for rows, told in ROW.findall(text):
        tests = SHOWN.findall(told)
        if not tests:
            yield f"{rows} names no test"
        for path, name in tests:
            if not (ROOT / "tests" / path).is_file():
                yield f"{rows}: there is no {path}"
            elif name and name not in named_in(path):
                yield f"{rows}: there is no {path}::{name}"


def test_each_row_names_a_test_that_is_there():
    text = (ROOT / "docs" / "mission.md").read_text(encoding="utf-8")

    assert [*faults(text)] == []
    assert len(ROW.findall(text)) > 30


def test_a_row_without_a_test_or_with_a_lost_one_is_found():
    lost = "| A1 | a | b | c | `rules/test_no.py::test_a` |\n| B2, B3 | a | b | c | d |"

    assert [*faults(lost)] == ["A1: there is no rules/test_no.py", "B2, B3 names no test"]
    gone = "| A1 | a | b | c | `architecture/test_mission.py::test_gone` |"
    assert [*faults(gone)] == ["A1: there is no architecture/test_mission.py::test_gone"]
