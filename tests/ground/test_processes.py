import os
import signal
import sys
import time
from pathlib import Path

import pytest

from launcher.processes import Family

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
STARTS_ANOTHER = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid, flush=True)
time.sleep(600)
"""
DOES_NOT_LISTEN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def _signals_as_before():
    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {name: signal.getsignal(name) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.fixture
def family(tmp_path):
    family = Family(logs=tmp_path)
    yield family
    family.stop()


def words(tmp_path, name):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if said := (tmp_path / f"{name}.log").read_text().strip():
            return said
    raise AssertionError(f"{name} said nothing")


def is_gone(pid):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{pid}/stat")
        if status.exists() and ") Z " in status.read_text():
            return True  # nobody has collected it yet
    return False


def test_stopping_leaves_nobody(family):
    children = [family.start(name, SLEEP, env=os.environ) for name in ("one", "two")]

    family.stop()

    assert [child.process.returncode for child in children] == [-signal.SIGTERM] * 2
    assert family.children == []


def test_what_a_process_started_ends_with_it(family, tmp_path):
    family.start("parent", [sys.executable, "-c", STARTS_ANOTHER], env=os.environ)
    grandchild = int(words(tmp_path, "parent"))

    family.stop()

    assert is_gone(grandchild)


def test_a_process_that_does_not_listen_is_killed(family, tmp_path, capsys):
    family.patience = 0.1
    child = family.start("deaf", [sys.executable, "-c", DOES_NOT_LISTEN], env=os.environ)
    words(tmp_path, "deaf")

    family.stop()

    assert child.process.returncode == -signal.SIGKILL
    assert "deaf did not end" in capsys.readouterr().out


def test_the_dead_one_is_named(family):
    family.start("alive", SLEEP, env=os.environ)
    dead = family.start("dead", SLEEP, env=os.environ)
    assert family.first_dead() is None

    dead.process.kill()
    dead.process.wait()

    assert family.first_dead() is dead
