"""The figures, from nothing: `./dev bench` starts the servers and calls this.

Everything is a ratio taken in one run, in turns; figures of different runs say nothing together.
"""

import argparse
import os
import platform
import sys

from bench import figures, lists, processes
from bench.steps import Bench, say

PARTS = ("start", "sign", "pages", "duplicates", "search", "growth", "memory")


def main() -> None:
    """Prepare the registers and print the chosen parts."""
    if sys.argv[1:2] == ["import"]:
        lists.bring_in(Bench(os.environ), " ".join(sys.argv[2:]))
        return
    wanted = options()
    bench = Bench(os.environ)
    bench.prepare()
    print(
        f"# Figures\n\nPython {platform.python_version()}, {os.cpu_count()} cores, load average"
        f" {os.getloadavg()[0]:.1f}. Where it is above the cores, trust CPU before p50."
    )
    parts = {
        "start": lambda: processes.starts(bench, 5),
        "sign": lambda: (
            processes.operation(bench, 20),
            figures.requests_to_sign(bench, 10),
        ),
        "pages": lambda: figures.pages_against_floors(bench, wanted.rounds),
        "duplicates": lambda: figures.duplicates(bench, wanted.rounds),
        "search": lambda: figures.searches(bench, wanted.rounds),
        "growth": lambda: figures.growth(bench, wanted.rounds),
        "memory": lambda: processes.memory(bench, wanted.requests),
    }
    for name, measure in parts.items():
        if name in wanted.parts:
            say(f"measuring: {name} …")
            measure()


def options() -> argparse.Namespace:
    """Read what is wanted; the whole is the default."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        default=[],
        choices=[*PARTS, []],  # argparse holds the default against them, too
        metavar="PART",
        help=f"one or more of: {', '.join(PARTS)}; or alone: import FILE",
    )
    parser.add_argument("--rounds", type=int, default=20, help="turns of each page (20)")
    parser.add_argument("--requests", type=int, default=20_000, help="for the memory (20,000)")
    wanted = parser.parse_args()
    wanted.parts = wanted.parts or PARTS
    return wanted


if __name__ == "__main__":
    main()
