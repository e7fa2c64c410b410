"""Small: a file under 250 lines, a function under 40, a template under 150.

A test module tells the stories of one module and may be longer than it; its functions may not.
"""

from pathlib import Path

from tests.architecture.tree import PACKAGES, ROOT, functions, parsed, short, sources

FILE, TEST_FILE, FUNCTION, TEMPLATE = 250, 450, 40, 150


def long_files(paths, most, root=ROOT):
    for path in paths:
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > most:
            yield f"{short(path, root)}: {length} lines, {most} at most"


def long_functions(paths, root=ROOT):
    for path in paths:
        for function in functions(parsed(path)):
            length = function.end_lineno - function.lineno + 1
            if length > FUNCTION:
                yield f"{short(path, root)}: {function.name} has {length} lines, {FUNCTION} at most"


def test_files_are_small():
    assert [*long_files([*sources(*PACKAGES, "launcher"), ROOT / "dev"], FILE)] == []


def test_test_files_tell_the_story_of_one_module():
    assert [*long_files(sources("tests"), TEST_FILE)] == []


def test_functions_are_small():
    assert [*long_functions(sources(*PACKAGES, "launcher", "tests"))] == []


def test_templates_are_small():
    templates = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())

    assert [*long_files(templates, TEMPLATE)] == []
    assert templates


def test_what_is_too_long_is_named(tmp_path: Path):
    path = tmp_path / "long.py"
    path.write_text("def f():\n" + "    x = 1\n" * 250, encoding="utf-8")

    assert [*long_files([path], FILE, tmp_path)] == ["long.py: 251 lines, 250 at most"]
    assert [*long_functions([path], tmp_path)] == ["long.py: f has 251 lines, 40 at most"]
