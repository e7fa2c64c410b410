import ast
import sys

import pytest

from launcher import browser, platforms
from launcher.places import ROOT
from launcher.platforms import Machine
from launcher.say import StopError

BOTH = {"DATABASE_URL": "postgres://…", "REDIS_URL": "redis://…"}


def test_this_machine_runs_the_embedded_servers():
    platforms.check_servers({}, platforms.here())


@pytest.mark.parametrize(
    "machine",
    [Machine("Linux", "x86_64", is_musl=True), Machine("Linux", "riscv64", is_musl=False)],
)
def test_a_machine_without_wheels_needs_servers_of_ones_own(machine):
    with pytest.raises(StopError, match=r"set DATABASE_URL .* and REDIS_URL"):
        platforms.check_servers({}, machine)
    with pytest.raises(StopError, match=r"set REDIS_URL"):
        platforms.check_servers({"DATABASE_URL": "postgres://…"}, machine)
    platforms.check_servers(BOTH, machine)


def test_windows_needs_a_redis():
    windows = Machine("Windows", "AMD64", is_musl=False)

    with pytest.raises(StopError, match=r"Windows on AMD64: set REDIS_URL"):
        platforms.check_servers({}, windows)
    platforms.check_servers({"REDIS_URL": "redis://…"}, windows)


def test_a_browser_that_is_not_there_is_never_left_out():
    with pytest.raises(StopError, match=r"CHROMIUM names /nowhere/chromium"):
        browser.find({"CHROMIUM": "/nowhere/chromium"})


def test_the_launcher_needs_only_the_standard_library():
    files = [ROOT / "dev", *(ROOT / "launcher").glob("*.py")]
    trees = [ast.parse(file.read_text()) for file in files]
    imports = [node for tree in trees for node in ast.walk(tree)]
    names = {name.name for node in imports if isinstance(node, ast.Import) for name in node.names}
    names |= {node.module for node in imports if isinstance(node, ast.ImportFrom)}

    foreign = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"launcher"}

    assert foreign == set()


def test_an_old_python_can_read_the_file_that_refuses_it():
    ast.parse((ROOT / "dev").read_text(), feature_version=(3, 6))
