"""Every rule of docs/gates.md names the tests that show it, and each of them is there."""

import re
from functools import cache

from tests.architecture.tree import ROOT, functions, parsed

GATES = ROOT / "docs" / "gates.md"
SHOWN = "## Which test shows which rule"
NAME = r"(?:[A-Z]-?\d{1,2})"
TOLD = re.compile(rf"^\| ({NAME}) \||\*\*({NAME})\b", re.MULTILINE)
ROW = re.compile(rf"^\| ({NAME}) \| ([^|]+) \|([^|]*)\|$")
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")


def halves(text):
    """Return what is told of the rules, and the table of what shows them."""
    told, _, shown = text.partition(SHOWN)
    return told, shown


def rows(shown):
    """Yield (rule, tests) of each row of the table."""
    for line in shown.splitlines():
        if match := ROW.match(line):
            yield match[1], TEST.findall(match[3])


@cache
def named_in(path):
    """Return the names of the tests of a module, those of its classes too."""
    place = ROOT / "tests" / path
    found = functions(parsed(place)) if place.is_file() else ()
    return {one.name for one in found if one.name.startswith("test_")}


def faults(text):
    """Yield what is wrong with the table: with its rules, its tests, its shape."""
    told, shown = halves(text)
    named = {one or other for one, other in TOLD.findall(told)}
    table = [*rows(shown)]
    have = {rule for rule, _ in table}
    yield from (f"{rule} has no row that names its tests" for rule in sorted(named - have))
    yield from (f"{rule} has a row and is told nowhere" for rule in sorted(have - named))
    for rule, tests in table:
        if not tests:
            yield f"{rule} has a row without a test"
        gone = [(path, name) for path, name in tests if name not in named_in(path)]
        yield from (f"{rule}: there is no {path}::{name}" for path, name in gone)
    for line in shown.splitlines():
        if line.startswith("|") and line.count("`") != 2 * len(TEST.findall(line)):
            yield f"this row cannot be read: {line[:30]}"


def test_each_rule_names_tests_that_are_there():
    text = GATES.read_text(encoding="utf-8")

    assert [*faults(text)] == []
    assert len([*rows(halves(text)[1])]) > 100


def test_what_is_wrong_with_a_row_is_named():
    here = "architecture/test_rules_shown.py"
    text = f"""| T1 | told |
- **I2 two people.** **I3** and **D-4** too.
{SHOWN}
| T1 | opened | `{here}::test_each_rule_names_tests_that_are_there` |
| I2 | people | |
| D-4 | ended | `{here}::test_gone`, `{here}::faults`, `nowhere/test_it.py::test_it` |
| X9 | nothing | `{here}::test_what_is_wrong_with_a_row_is_named` |
| T1 | `half` a name | `{here}::test_each_rule_names_tests_that_are_there` |
"""

    assert [*faults(text)] == [
        "I3 has no row that names its tests",
        "X9 has a row and is told nowhere",
        "I2 has a row without a test",
        f"D-4: there is no {here}::test_gone",
        f"D-4: there is no {here}::faults",
        "D-4: there is no nowhere/test_it.py::test_it",
        "this row cannot be read: | T1 | `half` a name | `archit",
    ]
