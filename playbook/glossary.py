"""The glossary: the product's words, explained once. A wrong file stops the program."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playbook.nodes import Node, read_yaml
from playbook.reading import Reading, judge_unique
from playbook.shapes import PlaybookError

FILE = Path(__file__).parent / "words" / "glossary.yaml"
LONGEST = 240
SENTENCE = re.compile(r"[A-Z].*\.\Z", re.DOTALL)


@dataclass(frozen=True)
class Term:
    """One word, and what it means here."""

    key: str
    name: str
    says: str

    @property
    def anchor(self) -> str:
        """The word as the end of an address: /glossary/#hard-stop."""
        return self.key.replace("_", "-")


@dataclass(frozen=True)
class Group:
    """The words of one part of the business."""

    title: str
    terms: tuple[Term, ...]


@cache
def glossary() -> tuple[Group, ...]:
    """Return the words by group, read once per process.

    :raises PlaybookError: with file, line and reason, for whatever is wrong.
    """
    return read(FILE.read_bytes())


@cache
def terms() -> dict[str, Term]:
    """Return every word by its key."""
    return {term.key: term for group in glossary() for term in group.terms}


def read(data: bytes) -> tuple[Group, ...]:
    """Return the words of a file.

    :raises PlaybookError: with file, line and reason, for whatever is wrong.
    """
    reading = Reading(read_yaml(FILE.name, data), required=("groups",))
    groups = reading.things("groups", _group)
    nodes = [
        node
        for group in reading.nodes("groups")
        for node in Reading(group, required=("title", "terms")).nodes("terms")
    ]
    found = [term for group in groups for term in group.terms]
    judge_unique(nodes, [term.key for term in found], "term")
    judge_unique(nodes, [term.name for term in found], "name")
    return groups


def _group(node: Node) -> Group:
    reading = Reading(node, required=("title", "terms"))
    return Group(reading.label("title"), reading.things("terms", _term))


def _term(node: Node) -> Term:
    reading = Reading(node, required=("key", "name", "says"))
    says = reading.text("says", longest=LONGEST)
    if not SENTENCE.match(says):
        raise PlaybookError(FILE.name, reading.line, f"“{says}” is no sentence")
    return Term(key=reading.key(), name=reading.label("name"), says=says)
