"""Files read strictly: every value knows its line, and nothing is guessed.

The files are YAML that a person can read without knowing YAML: mappings, lists, texts, whole
numbers, true and false. Whatever YAML allows besides (anchors, tags, tabs, floats, `yes` for true,
a key twice, an empty value) is refused with file, line and reason.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import yaml

from kernel.canonical import clean_text
from playbook.shapes import PlaybookError

LARGEST_FILE = 256 * 1024
DEEPEST = 12
LONGEST_NUMBER = 15
WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
# Plain words that other readers of YAML take for a truth, a number, a date or nothing.
MISREAD = re.compile(
    r"(y|n|yes|no|on|off|null|~|[-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?\.[0-9]+"
    r"|0[xob][0-9a-f_]+|[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]+(:[0-9]+)+|[-+]?\.(inf|nan)|=|<<|)\Z",
    re.IGNORECASE,
)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Node:
    """One value of a file with its place: a text, a whole number, true or false, list, mapping."""

    file: str
    line: int
    value: "str | int | bool | list[Node] | dict[str, Node]"

    def error(self, reason: str) -> PlaybookError:
        return PlaybookError(self.file, self.line, reason)

    @property
    def plain(self) -> object:
        """The value without places, as it goes into the bytes of an edition."""
        if isinstance(self.value, dict):
            return {key: node.plain for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain for node in self.value]
        return self.value


def read_yaml(file: str, data: bytes) -> Node:
    """Return the one document of a file.

    :raises PlaybookError: for whatever is not plain, with its line.
    """
    text = _decoded(file, data)
    try:
        events = iter(list(yaml.parse(text, Loader=LOADER)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "this is not YAML"
        raise PlaybookError(file, mark.line + 1 if mark else 1, reason) from error
    return _Builder(file, events).document()


def from_plain(file: str, value: object, line: int = 0) -> Node:
    """Return a node for values that come from an edition, where lines are not known."""
    if isinstance(value, dict):
        return Node(file, line, {key: from_plain(file, item) for key, item in value.items()})
    if isinstance(value, list):
        return Node(file, line, [from_plain(file, item) for item in value])
    if isinstance(value, str | int):
        return Node(file, line, value)
    raise PlaybookError(file, line, f"{json.dumps(value)} is no text, number, list or mapping")


def _decoded(file: str, data: bytes) -> str:
    """Return the text of a file, or say where it stops being plain UTF-8 without tabs."""
    if len(data) > LARGEST_FILE:
        raise PlaybookError(file, 1, f"the file is larger than {LARGEST_FILE // 1024} KB")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PlaybookError(file, line, "the file is not UTF-8") from error
    for number, line_text in enumerate(text.split("\n"), start=1):
        if "\t" in line_text:
            raise PlaybookError(file, number, "a tab: indent with spaces")
        if not unicodedata.is_normalized("NFC", line_text):
            raise PlaybookError(file, number, "an accent stands apart from its letter: use NFC")
    return text


def line_of(event: yaml.Event) -> int:
    """Return the line an event stands on, counted from one."""
    return event.start_mark.line + 1 if event.start_mark else 0


def _is_clean(word: str) -> bool:
    try:
        return clean_text(word) == word
    except ValueError:
        return False


class _Builder:
    """Builds nodes from the parser's events, so that no feature of YAML slips through unseen."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self.file = file
        self.events = events

    def document(self) -> Node:
        next(self.events)  # the stream begins
        start = next(self.events)
        if not isinstance(start, yaml.DocumentStartEvent):
            raise PlaybookError(self.file, 1, "the file is empty")
        if start.version or start.tags:
            raise self.error(start, "directives (%) are not used here")
        node = self.node(next(self.events), 0)
        next(self.events)  # the document ends
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self.error(after, "a second document: one file holds one")
        return node

    def error(self, event: yaml.Event, reason: str) -> PlaybookError:
        return PlaybookError(self.file, line_of(event), reason)

    def node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self.error(event, "anchors and aliases are not used here: write it out")
        if tag := getattr(event, "tag", None):
            raise self.error(event, f"the tag {tag} is not used here")
        if depth > DEEPEST:
            raise self.error(event, f"nested more than {DEEPEST} deep")
        line = line_of(event)
        if isinstance(event, yaml.MappingStartEvent):
            return Node(self.file, line, self.mapping(depth))
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self.file, line, self.items(depth))
        return Node(self.file, line, self.scalar(cast(yaml.ScalarEvent, event)))

    def mapping(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key.value, str):
                raise key.error("a key must be a word")
            if key.value in found:
                first = lines[key.value]
                raise key.error(f"the key “{key.value}” stands here twice, first on line {first}")
            lines[key.value] = key.line
            found[key.value] = replace(self.node(next(self.events), depth + 1), line=key.line)
        return found

    def items(self, depth: int) -> list[Node]:
        found: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.node(event, depth + 1))
        return found

    def scalar(self, event: yaml.ScalarEvent) -> str | int | bool:
        word: str = event.value
        if not _is_clean(word):
            raise self.error(event, "a character that cannot be signed: half, control or not NFC")
        if event.style:  # quoted or a block: a text, whatever it looks like
            return word
        if word in {"true", "false"}:
            return word == "true"
        if WHOLE_NUMBER.match(word):
            if len(word) > LONGEST_NUMBER:
                raise self.error(event, "this number is too large")
            return int(word)
        if not word:
            raise self.error(event, "a key has no value")
        if MISREAD.match(word):
            raise self.error(
                event, f"write “{word}” in quotes, or it may be read as something else"
            )
        return word
