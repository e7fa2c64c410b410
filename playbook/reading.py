"""One mapping of a file, read key by key: nothing missing, nothing unknown, nothing mistyped."""

import re
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import TypeVar

from playbook.nodes import Node

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?\Z")
LONGEST_LABEL = 200
LONGEST_TEXT = 2_000

ThingT = TypeVar("ThingT")


class Reading:
    """Reads the values of one mapping; every refusal carries the line it is about."""

    def __init__(
        self, node: Node, *, required: Collection[str], optional: Collection[str] = ()
    ) -> None:
        if not isinstance(node.value, dict):
            raise node.error("here should stand keys with values")
        for key, value in node.value.items():
            if key not in required and key not in optional:
                known = ", ".join(sorted({*required, *optional}))
                raise value.error(f"the key “{key}” is not known here; known are {known}")
        for key in required:
            if key not in node.value:
                raise node.error(f"the key “{key}” is missing")
        self.node = node
        self.values = node.value

    @property
    def line(self) -> int:
        return self.node.line

    def has(self, key: str) -> bool:
        return key in self.values

    def key(self, key: str = "key", pattern: re.Pattern[str] = KEY) -> str:
        """Return a word that the product finds the thing by."""
        word = self.text(key)
        if not pattern.match(word):
            raise self.values[key].error(
                f"“{word}” is no key: small letters, digits and _, beginning with a letter"
            )
        return word

    def label(self, key: str) -> str:
        return self.text(key, longest=LONGEST_LABEL)

    def text(self, key: str, default: str | None = None, *, longest: int = LONGEST_TEXT) -> str:
        if default is not None and key not in self.values:
            return default
        return text_of(self.values[key], key, longest)

    def whole(self, key: str, default: int | None = None, *, least: int = 0) -> int:
        if default is not None and key not in self.values:
            return default
        node = self.values[key]
        if isinstance(node.value, bool) or not isinstance(node.value, int):
            raise node.error(f"“{key}” must be a whole number")
        if node.value < least:
            raise node.error(f"“{key}” must be at least {least}")
        return node.value

    def truth(self, key: str) -> bool:
        """Return true or false; false when the key is left out."""
        if key not in self.values:
            return False
        node = self.values[key]
        if not isinstance(node.value, bool):
            raise node.error(f"“{key}” must be true or false")
        return node.value

    def decimal(self, key: str) -> Decimal | None:
        """Return an exact number, written whole or as a quoted decimal; None when left out."""
        if key not in self.values:
            return None
        node = self.values[key]
        if isinstance(node.value, bool) or not isinstance(node.value, str | int):
            raise node.error(f"“{key}” must be a number, a decimal one in quotes")
        if not DECIMAL.match(word := str(node.value)):
            raise node.error(f'“{word}” is no number such as 90 or "0.5"')
        return Decimal(word)

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        word = self.text(key, default)
        if word not in allowed:
            raise self.values[key].error(f"“{word}” is not one of {', '.join(sorted(allowed))}")
        return word

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts without repetition; none when the key is left out."""
        if key not in self.values:
            return ()
        found: list[str] = []
        for node in self.nodes(key):
            word = text_of(node, key, LONGEST_TEXT)
            if word in found:
                raise node.error(f"“{word}” stands here twice")
            found.append(word)
        return tuple(found)

    def nodes(self, key: str) -> list[Node]:
        """Return the nodes of a list that holds at least one."""
        node = self.values[key]
        if not isinstance(node.value, list):
            raise node.error(f"“{key}” must be a list")
        if not node.value:
            raise node.error(f"the list “{key}” is empty")
        return node.value

    def things(self, key: str, build: Callable[[Node], ThingT]) -> tuple[ThingT, ...]:
        return tuple(build(node) for node in self.nodes(key))


def text_of(node: Node, key: str, longest: int) -> str:
    """Return the text of a node, trimmed, or say why it is none."""
    if not isinstance(node.value, str):
        raise node.error(f"“{key}” must be a text; put it in quotes")
    word = node.value.strip()
    if not word:
        raise node.error(f"“{key}” is empty")
    if len(word) > longest:
        raise node.error(f"“{key}” is longer than {longest} characters")
    return word


def judge_unique(nodes: Sequence[Node], keys: Sequence[str], noun: str) -> None:
    """Refuse a key that stands twice in one list."""
    seen: dict[str, Node] = {}
    for node, key in zip(nodes, keys, strict=True):
        if key in seen:
            raise node.error(
                f"the {noun} “{key}” stands here twice, first on line {seen[key].line}"
            )
        seen[key] = node
