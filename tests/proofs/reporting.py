"""How long a proof may go on, and where its figures go: both are said by `./dev prove`."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path


def is_long() -> bool:
    """Tell whether this is the long form, under `./dev prove`."""
    return "PROOF_REPORT" in os.environ


def trials(*, short: int, long: int) -> Iterator[int]:
    """Count trials, until they are enough or the budget of the long form is spent."""
    until = time.monotonic() + float(os.environ.get("PROOF_BUDGET", "inf"))
    for trial in range(long if is_long() else short):
        if time.monotonic() > until:
            return
        yield trial


def report(title: str, rows: list[tuple[str, object, str]]) -> None:
    """Hand figures to `./dev prove`: what, how much, and what was wanted."""
    if is_long():
        said = {
            "title": title,
            "rows": [[what, str(figure), str(goal)] for what, figure, goal in rows],
        }
        with Path(os.environ["PROOF_REPORT"]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(said) + "\n")
