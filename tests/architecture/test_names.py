"""A rule that a docstring names by its short name is told in docs/gates.md."""

import ast
import re

from tests.architecture.tree import APPS, ROOT, parsed, short, sources

RULE = re.compile(r"\b[TIVCNKXS][1-9][0-9]?\b")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def named(tree):
    """Yield the short names in the docstrings of a module."""
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED):
            yield from RULE.findall(ast.get_docstring(node) or "")


def told():
    return set(RULE.findall((ROOT / "docs" / "gates.md").read_text(encoding="utf-8")))


def test_every_rule_that_code_names_is_told():
    known = told()
    found = {(short(path), name) for path in sources(*APPS) for name in named(parsed(path))}

    assert sorted((path, name) for path, name in found if name not in known) == []
    assert len(found) > 20


def test_a_name_in_a_docstring_is_found():
    assert [*named(ast.parse('def f():\n    """Sign (T4, X99)."""'))] == ["T4", "X99"]


def test_no_two_locks_have_one_number():
    """A lock of the database is known by its number alone, whoever takes it."""
    found = [
        (match[2].replace("_", ""), match[1])
        for path in sources(*APPS)
        for match in re.finditer(r"^([A-Z_]+_LOCK) = ([\d_]+)$", path.read_text(), re.MULTILINE)
    ]

    assert len(found) > 1
    assert sorted(number for number, _ in found) == sorted({number for number, _ in found})
