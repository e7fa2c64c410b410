"""The files of the demonstration, read as strictly as the playbook."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any, cast

from demonstration.shapes import Company, Person, Said, Step, StoryError, Tale
from playbook.nodes import Node, read_yaml
from playbook.reading import Reading
from playbook.shapes import PlaybookError

FOLDER = Path(__file__).parent / "files"
# What each kind of step says: what it must, and what it may.
VERBS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "propose": ((), ("counterpart", "reason", "note")),
    "join": (("person", "side", "role"), ("by",)),
    "settle": (("by",), ("model", "risk", "planned", "budget")),
    "prepare": (("gate",), ()),
    "write": (("slots",), ("by",)),
    "change": (("slot", "fields"), ("by", "asked_by")),
    "prove": (("slot",), ("by",)),
    "open": (("gate", "by"), ()),
    "submit": (("gate", "by"), ("verdict",)),
    "read": (("side",), ()),
    "sign": (("side", "words"), ("conditions",)),
    "ask": (("side", "points"), ()),
    "decline": (("side", "code", "reason"), ("words", "reversed_by")),
    "pause": (("side", "reason"), ()),
    "close": (("side", "note"), ()),
    "delegate": (("side", "to", "gates", "first", "last", "reason"), ()),
    "note": (("by", "side", "title", "text"), ()),
    "question": (("by", "text"), ("slot", "criterion")),
    "answer": (("by", "text"), ("closes",)),
    "disagree": (("by", "subject", "text", "due"), ()),
    "counter": (("by", "text"), ()),
    "make_up": (("by", "text"), ()),
    "confirm": (("by",), ()),
    "spot": (("by", "side", "name", "seen", "decide_by"), ()),
    "half": (("by", "side", "answers"), ()),
    "advise": (("by", "outcome", "words"), ("again",)),
    "conclude": (("by",), ()),
    "score": (("side", "values"), ()),
    "talk": (("side", "criterion", "text"), ()),
    "rescore": (("side", "reason"), ()),
    "rank": (("side", "place", "reason"), ()),
    "shortlist": (("side", "codes", "words"), ()),
    "agree": (("side", "words"), ()),
    "log": (("by", "name", "lines"), ()),
    "record": (("fact", "dated", "by"), ("amount", "text", "late")),
}
UNTIMED = frozenset({"prepare", "write"})
HEAD = ("code", "name", "problem", "affected", "unit", "lead", "side", "writers", "slots", "story")


def company(folder: Path = FOLDER) -> Company:
    """Return the company.

    :raises StoryError: with file, line and reason.
    """
    try:
        return _company(_node(folder / "company.yaml"))
    except PlaybookError as error:
        raise StoryError(str(error)) from error


def tales(folder: Path = FOLDER) -> tuple[Tale, ...]:
    """Return the tales in the order of their codes, each with what goes without saying.

    :raises StoryError: with file, line and reason.
    """
    try:
        usual = _mapping(_node(folder / "usual.yaml"))
        return tuple(_tale(path, usual) for path in sorted(folder.glob("ai_*.yaml")))
    except PlaybookError as error:
        raise StoryError(str(error)) from error


def _node(path: Path) -> Node:
    return read_yaml(path.name, path.read_bytes())


def _mapping(node: Node) -> dict[str, Any]:
    if not isinstance(node.value, dict):
        raise node.error("here should stand keys with values")
    return cast(dict[str, Any], node.plain)


def _company(node: Node) -> Company:
    reading = Reading(
        node,
        required=(
            *("organisation", "zone", "currency", "founded"),
            *("people", "units", "locations", "roles"),
        ),
    )
    return Company(
        organisation=reading.label("organisation"),
        zone=reading.text("zone"),
        currency=reading.text("currency"),
        founded=cast(int, reading.values["founded"].value),
        people=reading.things("people", _person),
        units=reading.words("units"),
        locations=reading.words("locations"),
        roles=reading.words("roles"),
    )


def _person(node: Node) -> Person:
    reading = Reading(
        node, required=("key", "name", "title", "zone"), optional=("office", "here_for")
    )
    return Person(
        key=reading.key(),
        name=reading.label("name"),
        title=reading.label("title"),
        zone=reading.text("zone"),
        office=reading.text("office", ""),
        here_for=reading.text("here_for", ""),
    )


def _tale(path: Path, usual: Mapping[str, Said]) -> Tale:
    reading = Reading(_node(path), required=HEAD, optional=("evidence", "words"))
    slots = _mapping(reading.values["slots"])
    evidence = _mapping(reading.values["evidence"]) if reading.has("evidence") else {}
    words = _mapping(reading.values["words"]) if reading.has("words") else {}
    writers = _mapping(reading.values["writers"])
    return Tale(
        file=path.name,
        code=reading.text("code"),
        name=reading.text("name"),
        problem=reading.text("problem"),
        affected=reading.text("affected"),
        unit=reading.text("unit"),
        lead=reading.text("lead"),
        side=reading.one_of("side", ("technology", "people")),
        writers={side: tuple(people) for side, people in writers.items()},
        slots={key: {**usual.get(key, {}), **said} for key, said in slots.items()},
        evidence={key: tuple(pieces) for key, pieces in evidence.items()},
        words={key: _word(said) for key, said in words.items()},
        steps=reading.things("story", _step),
    )


def _word(said: str | Said) -> Said:
    return {"note": said} if isinstance(said, str) else said


def _step(node: Node) -> Step:
    verb = node.value["do"].value if isinstance(node.value, dict) and "do" in node.value else ""
    if verb not in VERBS:
        raise node.error(f"a step needs `do` with one of {', '.join(VERBS)}")
    required, optional = VERBS[str(verb)]
    reading = Reading(node, required=("day", "do", *required), optional=("at", *optional))
    if reading.has("at") == (verb in UNTIMED):
        raise node.error("a step says when it is (`at`), unless it writes many things")
    day = reading.values["day"]
    if not isinstance(day.value, int) or isinstance(day.value, bool) or day.value >= 0:
        raise day.error("`day` counts working days before the day of loading: -1, -2, …")
    return Step(
        place=f"{node.file}:{node.line}",
        day=day.value,
        at=time.fromisoformat(reading.text("at")) if reading.has("at") else None,
        do=str(verb),
        said={
            key: value for key, value in _mapping(node).items() if key not in {"day", "do", "at"}
        },
    )
