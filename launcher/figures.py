"""What a proof came to, held to what was wanted of it."""

import operator
import re

REACHED, KEPT = "reached", "kept"
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
GOAL = re.compile(r"(?:(at least|at most|under) )?(\d[\d,]*)(?: (?:%|s|for .*))?")
KINDS = {
    "at least": (KEPT, operator.ge),
    "at most": (KEPT, operator.le),
    "under": (KEPT, operator.lt),
    "nothing": (KEPT, operator.eq),
    None: (REACHED, operator.ge),
}


def missed(rows: list[list[str]], why: str) -> list[str]:
    """Name the figures that are not what was wanted.

    A budget may end a proof before a number of trials is REACHED; what must be KEPT, such as that
    nothing broke, no budget excuses. A row that names no goal is only told.
    """
    return [
        f"{what}: {figure}, wanted {goal}"
        for what, figure, goal in rows
        if _judged(figure, goal) == (why, False)
    ]


def _judged(figure: str, goal: str) -> tuple[str, bool] | None:
    """Return what kind of goal it is, and whether it was met; None where there is none."""
    if goal == "none":
        return REACHED, figure == goal
    have, found = _numbers(figure), GOAL.fullmatch(goal)
    if goal == "all":
        return REACHED, have[:1] == have[-1:] != [0]
    if not (have and found):
        return None
    wanted = _numbers(goal)[0]
    kind, holds = KINDS[found[1] if wanted else "nothing"]
    return kind, holds(have[0], wanted)


def _numbers(text: str) -> list[float]:
    return [float(one.replace(",", "")) for one in NUMBER.findall(text)]
