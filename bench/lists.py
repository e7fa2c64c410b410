"""How fast a list of projects comes in: `./dev bench import FILE`."""

import json
import os
from pathlib import Path

from bench import report
from bench.steps import EMPTY, Bench, say


def bring_in(bench: Bench, file: str) -> None:
    """Bring the file into an empty register, and print how long each step took."""
    path = Path(file).resolve()
    if not path.is_file():
        raise SystemExit(f"bench: there is no file {file}")
    bench.empty()
    say("bringing in the list …")
    found = json.loads(bench.run("bench.inside imports", str(path), database=EMPTY))
    seconds, rows = found["seconds"], found["rows"]
    table = [(name, took, rows / took) for name, took in seconds.items()]
    words = (
        f"{rows} rows: {found['brought']} came in, {found['refused']} could not."
        f" {found['unplaced']} have no stage, of {found['unaffected']} it is not stated who is"
        f" affected. Brought again, {found['new']} are new. Load average"
        f" {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."
    )
    report.section("Import of a list", words, ("step", "seconds", "rows per second"), table)
