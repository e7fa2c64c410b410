"""Every room stands on the import map of pyproject.toml, and imports go down only."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT

# Wiring that Django itself imports first; nobody else may, so it has no place on the map.
WIRING = {"__init__", "apps", "migrations", "__pycache__"}
LINT = Path(sys.executable).with_name("lint-imports")


def places(pyproject=ROOT / "pyproject.toml"):
    """Return every module named on the map."""
    settings = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    contracts = {c["id"]: c for c in settings["tool"]["importlinter"]["contracts"]}
    layers = " | ".join(contracts["map"]["layers"])
    return {place.strip(" ()") for place in layers.split("|")}


def rooms_off_the_map(on_map, root=ROOT):
    for package in PACKAGES:
        for path in sorted((root / package).iterdir()):
            is_room = path.suffix == ".py" or (path / "__init__.py").exists()
            if not is_room or path.stem in WIRING or package in on_map:
                continue
            if f"{package}.{path.stem}" not in on_map:
                yield f"{package}.{path.stem}"


def lint(folder):
    return subprocess.run(
        [LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the product that a test may spoil."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_room_is_on_the_map():
    assert [*rooms_off_the_map(places())] == []


def test_imports_go_down_only():
    answer = lint(ROOT)

    assert answer.returncode == 0, answer.stdout


def test_a_new_room_off_the_map_is_named(copy):
    (copy / "governance" / "helpers.py").touch()

    assert "governance.helpers" in rooms_off_the_map(places(), copy)


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("kernel/refusals.py", "import journal.chain", "imports go down only"),
        ("initiatives/rules/risk.py", "import django.db", "Rules are pure"),
        ("people/queries.py", "import celery", "does not know its transports"),
        ("initiatives/views/__init__.py", "import initiatives.models", "only through queries"),
    ],
)
def test_an_import_that_goes_up_is_refused(copy, place, line, contract):
    path = copy / place
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")

    answer = lint(copy)

    assert answer.returncode == 1
    broken = [name for name in answer.stdout.splitlines() if name.endswith("BROKEN")]
    assert len(broken) == 1
    assert contract in broken[0]
