"""./dev prove: the long forms of proofs by many trials, and what the last ones came to."""

import json
import os
import re
import tempfile
import time
from pathlib import Path

from launcher import testing
from launcher.figures import KEPT, REACHED, missed
from launcher.places import PYTHON, ROOT
from launcher.processes import foreground
from launcher.say import StopError, say

FOLDER = ROOT / "tests" / "proofs"
PAGE = ROOT / "docs" / "reliability.md"
USAGE = "./dev prove gate [--only PART] [--budget SECONDS], or ./dev prove PART; parts: {parts}."


def prove(arguments: list[str]) -> int:
    """Run proofs of the parts wanted, and keep their figures in docs/reliability.md."""
    wanted, budget = read_options(arguments)
    code = 0
    for part in wanted:
        with (
            tempfile.TemporaryDirectory() as folder,
            testing.tested_on(testing.EMBEDDED) as (
                env,
                engines,
            ),
        ):
            report = Path(folder) / "report.jsonl"
            env |= {"PROOF_REPORT": str(report), "PROOF_BUDGET": str(budget)}
            files = sorted(map(str, FOLDER.glob(f"test_{part}_*.py")))
            code |= foreground([PYTHON, "-m", "pytest", "-q", *files], env=env)
            said = report.read_text(encoding="utf-8") if report.exists() else ""
            code |= judge(part, said, has_budget=budget < float("inf"))
            if said:
                keep(part, said, engines)
    return code


def judge(part: str, report: str, *, has_budget: bool) -> int:
    """Say which figures were missed; 1 where that is not the budget's doing alone."""
    rows = [row for said in map(json.loads, report.splitlines()) for row in said["rows"]]
    early, broken = missed(rows, REACHED), missed(rows, KEPT)
    if not rows:
        broken = ["it told no figures"]
    if early and has_budget:
        say(f"{part}: ended by its budget ({'; '.join(early)})")
        early = []
    for one in (*early, *broken):
        say(f"{part}: missed: {one}")
    return int(bool(early or broken))


def parts() -> list[str]:
    """Return what can be proved: the first words of the files."""
    return sorted({path.stem.split("_")[1] for path in FOLDER.glob("test_*_*.py")})


def read_options(arguments: list[str]) -> tuple[list[str], float]:
    """Return the parts wanted and the seconds that each proof may take.

    :raises StopError: for anything else.
    """
    known, words = parts(), list(arguments)
    options = {"--only": "", "--budget": "inf"}
    for name in options:
        if name in words[:-1]:
            place = words.index(name)
            options[name] = words[place + 1]
            del words[place : place + 2]
    what = options["--only"] or "".join(words)
    wanted = known if what == "gate" else [what]
    try:
        budget = float(options["--budget"])
    except ValueError:
        budget = 0
    if budget <= 0 or not set(wanted) <= {*known}:
        raise StopError(USAGE.format(parts=", ".join(known)))
    return wanted, budget


def keep(part: str, report: str, engines: str, page: Path = PAGE) -> None:
    """Put the figures of one part in place of those before."""
    today = time.strftime("%d %B %Y", time.gmtime())
    lines = [
        f"<!-- {part} -->",
        f"`./dev prove {part}`, {today}: {engines}, {os.cpu_count()} cores.",
    ]
    for said in map(json.loads, report.splitlines()):
        lines += ["", f"**{said['title']}**", "", "| what | figure | wanted |", "|---|---:|---|"]
        lines += [f"| {' | '.join(row)} |" for row in said["rows"]]
    block = "\n".join([*lines, f"<!-- end of {part} -->"])
    text = page.read_text(encoding="utf-8")
    found = re.compile(rf"<!-- {part} -->.*?<!-- end of {part} -->", re.DOTALL)
    page.write_text(
        found.sub(lambda _: block, text) if found.search(text) else f"{text}\n{block}\n",
        encoding="utf-8",
    )
    say(f"kept in {page.relative_to(ROOT) if page.is_relative_to(ROOT) else page}")
