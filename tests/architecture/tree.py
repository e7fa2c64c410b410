"""The source of the product as the architecture tests read it: files, syntax trees, functions."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = [
    "kernel",
    "journal",
    "playbook",
    "people",
    "workforce",
    "initiatives",
    "metrics",
    "governance",
]
PACKAGES = [*APPS, "config", "demonstration"]
DOMAIN = re.compile(r"(^|/)(models|rules|queries|operations)(/|\.py$)")


def sources(*packages: str, root: Path = ROOT) -> Iterator[Path]:
    """Yield the Python files of these packages, migrations left out."""
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.relative_to(root).parts:
                yield path


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every dotted name that is imported, and the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            dots = "." * node.level
            for alias in node.names:
                yield f"{dots}{node.module or ''}.{alias.name}", node.lineno


def short(path: Path, root: Path = ROOT) -> str:
    return path.relative_to(root).as_posix()
