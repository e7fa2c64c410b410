"""How a playbook writes down a rule for a colour: read here into what judges.

Each rule is a mapping with `kind` and what that kind takes; `unless` lists its provisos. Numbers
are whole ones, but for shares of the way; thresholds are texts and may have decimals.
"""

from collections.abc import Callable, Mapping
from typing import Any

from metrics.rules.colours import (
    Attainment,
    Band,
    Colour,
    Kind,
    Limits,
    Several,
    States,
)
from metrics.rules.judgements import Proviso, Rule
from metrics.rules.thresholds import Threshold, read_threshold

Written = Mapping[str, Any]
JUDGED = ("green", "amber", "red")
PLAIN = ("is_human", "fewest", "start")
OF_RULE = {"unless", *PLAIN}
OF_PROVISO = {"when", "instead", "states"}
WANTED = {
    int: "a whole number",
    float: "a share, as 0.95",
    bool: "true or false",
    list: "a list",
    dict: "figures, each with its threshold",
}


def read_rule(written: Written) -> Rule:
    """Return the rule; raise ValueError naming the field that is missing, unknown or wrong."""
    name = written.get("kind")
    if name not in KINDS:
        raise ValueError(f"kind: {name!r} is none; choose one of {', '.join(KINDS)}")
    needs, takes, read = KINDS[name]
    _check_fields(written, needs={"kind", *needs}, takes={*OF_RULE, *takes})
    _check(written, "fewest", "start", wanted=int)
    _check(written, "is_human", wanted=bool)
    _check(written, "unless", wanted=list)
    return Rule(
        kind=read(written),
        provisos=tuple(_proviso(one) for one in written.get("unless", ())),
        **{key: written[key] for key in PLAIN if key in written},
    )


def _attainment(written: Written) -> Attainment:
    _check(written, "green", "amber", wanted=float)
    return Attainment(**{key: written[key] for key in ("green", "amber") if key in written})


def _limits(written: Written) -> Limits:
    return Limits(
        green=read_threshold(str(written["green"])),
        amber=read_threshold(str(written["amber"])) if "amber" in written else None,
        by=written.get("by", "value"),
        green_by=written.get("green_by", ""),
    )


def _band(written: Written) -> Band:
    _check(written, "low", "high", wanted=int)
    return Band(low=written["low"], high=written["high"])


def _several(written: Written) -> Several:
    _check(written, "met", wanted=dict)
    return Several(met=_thresholds(written["met"]))


def _states(written: Written) -> States:
    _check(written, *JUDGED, wanted=list)
    pairs = [(state, Colour(name)) for name in JUDGED for state in written.get(name, ())]
    if len(dict(pairs)) < len(pairs) or not pairs:
        raise ValueError("states: none, or one twice; give each state one colour")
    return States(colours=dict(pairs))


def _proviso(written: Written) -> Proviso:
    _check_fields(written, needs={"colour", "because"}, takes=OF_PROVISO)
    if written["colour"] not in [*Colour]:
        raise ValueError(
            f"colour: {written['colour']!r} is none; choose one of {', '.join(Colour)}"
        )
    _check(written, "instead", wanted=bool)
    _check(written, "states", wanted=list)
    _check(written, "when", wanted=dict)
    return Proviso(
        when=_thresholds(written.get("when", {})),
        colour=Colour(written["colour"]),
        because=written["because"],
        instead=written.get("instead", False),
        states=tuple(written.get("states", ())),
    )


def _thresholds(written: Written) -> dict[str, Threshold]:
    return {name: read_threshold(str(text)) for name, text in written.items()}


def _check_fields(written: Written, *, needs: set[str], takes: set[str]) -> None:
    for field in sorted(needs - written.keys()):
        raise ValueError(f"{field}: missing; give {', '.join(sorted(needs))}")
    for field in sorted(written.keys() - needs - takes):
        raise ValueError(f"{field}: not known here; use {', '.join(sorted(needs | takes))}")


def _check(written: Written, *fields: str, wanted: type) -> None:
    for field in fields:
        if field in written and type(written[field]) is not wanted:
            raise ValueError(f"{field}: {written[field]!r} cannot be; give {WANTED[wanted]}")


KINDS: dict[str, tuple[set[str], set[str], Callable[[Written], Kind]]] = {
    "attainment": (set(), {"green", "amber"}, _attainment),
    "limits": ({"green"}, {"amber", "by", "green_by"}, _limits),
    "band": ({"low", "high"}, set(), _band),
    "several": ({"met"}, set(), _several),
    "states": (set(), set(JUDGED), _states),
}
