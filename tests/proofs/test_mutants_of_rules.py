"""The tests of the rules notice when a rule is another one: every mutant, by `./dev prove mutants`.

mutmut changes one thing in one rule at a time and runs those tests of the rules that reach it; the
short form does so with one small module. It works on a copy of the house. What survives is listed,
and `EQUIVALENT` in tests/proofs/mutants.py names those that are the same as the rule.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launcher.places import ROOT
from tests.proofs.mutants import AREAS, EQUIVALENT, SMALL, Area
from tests.proofs.reporting import is_long, report

LEFT_OUT = shutil.ignore_patterns(
    ".*", "__pycache__", "var", "staticfiles", "mutants", "docs", "node_modules"
)
KILLED = {1, 3, 24, -24, 36, 152, 255}  # a test failed, could not be collected, or never ended
WANTED = 95
LEAST = 60  # seconds in which an area can be begun


@pytest.fixture
def house(tmp_path) -> Path:
    """A copy of the house that mutmut may fill with mutants."""
    copy = tmp_path / "house"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    return copy


def test_the_tests_of_rules_kill_their_mutants(house):
    until = time.monotonic() + float(os.environ.get("PROOF_BUDGET", "inf"))
    rows, alive, shares = [], [], {}
    for area in AREAS if is_long() else (SMALL,):
        if time.monotonic() > until - LEAST:
            rows.append((f"{area.name}: not tried, the budget was spent", 0, "all"))
            continue
        mutate(house, area, seconds=until - time.monotonic())
        codes = outcomes(house)
        tried = {one: code for one, code in codes.items() if code is not None}
        survivors = [one for one, code in tried.items() if code not in KILLED]
        changes = {one: difference(house, one) for one in survivors}
        same = [one for one in survivors if changes[one] in EQUIVALENT]
        shares[area.name] = 100 * (len(tried) - len(survivors)) / max(1, len(tried))
        rows += [
            (f"{area.name}: mutants tried", f"{len(tried):,} of {len(codes):,}", "all"),
            (f"{area.name}: killed", f"{shares[area.name]:.1f} %", f"at least {WANTED} %"),
            (f"{area.name}: survivors", len(survivors), ""),
            (f"{area.name}: of them the same as the rule", len(same), ""),
        ]
        alive += [(one, changes[one], area.name) for one in survivors if one not in same]
    report("Mutants of the rules", rows)
    report("Mutants that survived", [(f"`{one}`", change, why) for one, change, why in alive])
    assert all(share >= WANTED for share in shares.values()), shares


def mutate(house: Path, area: Area, *, seconds: float) -> None:
    """Let mutmut try the mutants of an area, for so long at most; what it found is kept."""
    shutil.rmtree(house / "mutants", ignore_errors=True)
    (house / "setup.cfg").write_text(area.settings(), encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 2)]
    with (house / "mutmut.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=house, env=env, stdout=log, stderr=log, start_new_session=True
        )
        try:
            process.wait(None if seconds == float("inf") else seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def outcomes(house: Path) -> dict[str, int | None]:
    """Return the exit code of the tests for every mutant there is; None for those not tried."""
    found: dict[str, int | None] = {}
    for meta in (house / "mutants").rglob("*.py.meta"):
        text = meta.read_text(encoding="utf-8")
        found |= json.loads(text)["exit_code_by_key"] if text else {}
    return found


def difference(house: Path, mutant: str) -> str:
    """Return what a mutant changes, in one line."""
    command = [sys.executable, "-m", "mutmut", "show", mutant]
    shown = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False).stdout
    lines = shown.splitlines()
    old = [one[1:].strip() for one in lines if one.startswith("-") and not one.startswith("---")]
    new = [one[1:].strip() for one in lines if one.startswith("+") and not one.startswith("+++")]
    return f"`{' '.join(old)}` → `{' '.join(new)}`".replace("|", "\\|")
