"""The domain is given its time, rules are given their facts, and every import stands on top."""

import ast

from tests.architecture.tree import (
    APPS,
    DOMAIN,
    PACKAGES,
    ROOT,
    functions,
    imported,
    parsed,
    short,
    sources,
)

CLOCKS = {"now", "utcnow", "today", "localtime", "localdate", "time", "monotonic"}
CLOCK_OWNERS = {"timezone", "datetime", "date", "time", "clock"}
HEAVY = {
    "openpyxl": "an eighth of what a web process loads, for the few requests with a workbook",
    "holidays": "0.4 s once a process, and only where somebody has named a country",
}
IMPURE = ("django", "celery", "redis", "random", "secrets", "os", "socket", "requests")


def domain(*apps):
    return [path for path in sources(*apps) if DOMAIN.search(short(path))]


def clock_readings(path, root=ROOT):
    """Yield where a file reads a clock instead of taking `at`."""
    tree = parsed(path)
    for name, line in imported(tree):
        if name.startswith("journal.clock"):
            yield f"{short(path, root)}:{line} imports the clock"
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCKS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in CLOCK_OWNERS
        ):
            yield f"{short(path, root)}:{node.lineno} reads {ast.unparse(node.func)}"


def hidden_imports(path, root=ROOT):
    """Yield imports that a reader of the first lines does not see, or cannot follow."""
    tree = parsed(path)
    for function in functions(tree):
        late = (one for one in imported(function) if one[0].split(".")[0] not in HEAVY)
        for name, line in late:
            yield f"{short(path, root)}:{line} imports {name} inside {function.name}"
    for name, line in imported(tree):
        if name.startswith(".") or name.endswith(".*") or name == "typing.TYPE_CHECKING":
            yield f"{short(path, root)}:{line} imports {name}"


def impurities(path, root=ROOT):
    for name, line in imported(parsed(path)):
        if name.split(".")[0] in IMPURE:
            yield f"{short(path, root)}:{line} imports {name}"


def test_the_domain_reads_no_clock():
    paths = domain(*APPS)

    assert [found for path in paths for found in clock_readings(path)] == []
    assert len(paths) > 50


def test_no_import_is_hidden():
    paths = [*sources(*PACKAGES, "launcher"), *sources("tests")]

    # The test settings are the product's with a few changed: the one star.
    found = [line for path in paths for line in hidden_imports(path)]
    assert [line for line in found if not line.startswith("tests/settings.py")] == []


def test_rules_judge_facts_alone():
    paths = [path for path in domain(*APPS) if "rules" in path.parts or path.stem == "rules"]

    assert [found for path in paths for found in impurities(path)] == []
    assert len(paths) > 10


def test_what_breaks_a_rule_is_named(tmp_path):
    path = tmp_path / "wrong.py"
    path.write_text(
        "from django.utils import timezone\n"
        "from .here import there\n"
        "from journal.clock import now\n"
        "def f():\n"
        "    import json\n"
        "    return timezone.now()\n",
        encoding="utf-8",
    )

    assert [*clock_readings(path, tmp_path)] == [
        "wrong.py:3 imports the clock",
        "wrong.py:6 reads timezone.now",
    ]
    assert [*hidden_imports(path, tmp_path)] == [
        "wrong.py:5 imports json inside f",
        "wrong.py:2 imports .here.there",
    ]
    assert [*impurities(path, tmp_path)] == ["wrong.py:1 imports django.utils.timezone"]
