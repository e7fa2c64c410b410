"""./dev ci: the checks, every test with coverage, and its floors."""

import subprocess
import sys
import time

from launcher import checking
from launcher.places import PYTHON, ROOT, program
from launcher.say import StopError, say
from launcher.testing import EMBEDDED, tested_on

FLOORS: tuple[tuple[str, int, list[str]], ...] = (
    ("overall", 95, []),
    (
        "rules and operations",
        100,
        ["--include=*/rules/*,*/rules.py,*/operations/*,*/operations.py"],
    ),
)


def ci(arguments: list[str]) -> int:
    """Run everything; the last lines name what failed and repeat pytest's own closing line."""
    if arguments:
        raise StopError("./dev ci takes no arguments.")
    started = time.monotonic()
    failed = ["checks"] if checking.check([]) else []
    with tested_on(EMBEDDED) as (env, engines):
        code, closing = test_with_coverage(env)
    failed += ["tests"] if code else []
    failed += [f"coverage {name}" for name, floor, options in FLOORS if not holds(floor, options)]
    say(f"engines: {engines}")
    say(f"took {(time.monotonic() - started) / 60:.1f} minutes")
    say(f"failed: {', '.join(failed)}" if failed else "everything passed")
    print(closing, flush=True)
    return 1 if failed else 0


def test_with_coverage(env: dict[str, str]) -> tuple[int, str]:
    """Run pytest on two workers; its exit code and closing line."""
    command = [str(PYTHON), "-m", "pytest", "-n", "2", "--dist", "loadfile"]
    command += ["--no-loadscope-reorder", "--cov", "--cov-report=", "--durations=10"]
    closing = "no tests ran"
    with subprocess.Popen(
        command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if " in " in line and any(word in line for word in ("passed", "failed", "error")):
                closing = line.strip()
    return process.returncode, closing


def holds(floor: int, options: list[str]) -> bool:
    """Whether the recorded coverage reaches a floor; the report is printed."""
    report = [program("coverage"), "report", "--skip-covered", "--show-missing"]
    code = subprocess.call([*report, f"--fail-under={floor}", *options], cwd=ROOT)
    return code == 0
