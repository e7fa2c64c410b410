"""What was asked for, and where a text says it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

EXCERPT = 180
BEFORE = 60
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Piece:
    """A part of a text; a match is what was asked for."""

    text: str
    is_match: bool = False


def pieces(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """Return the text in parts, those apart at which one of the words begins."""
    parts, end = [], 0
    for match in _beginnings(words).finditer(text):
        parts += [Piece(text[end : match.start()]), Piece(match[0], is_match=True)]
        end = match.end()
    parts.append(Piece(text[end:]))
    return tuple(part for part in parts if part.text)


def excerpt(texts: Iterable[str], words: Sequence[str]) -> tuple[Piece, ...]:
    """Return the place in the texts that says most of the words; nothing where none says any."""
    asked = _beginnings(words)
    told = [(len({found.lower() for found in asked.findall(text)}), text) for text in texts]
    many, text = max(told, key=lambda one: one[0], default=(0, ""))
    return pieces(_cut(text, asked), words) if many else ()


def gate_asked(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the gate that "gate 2" names among the words, and the other words."""
    lowered = [word.lower() for word in words]
    for place, (word, after) in enumerate(pairwise(lowered)):
        if word == "gate" and after in {"1", "2", "3", "4"}:
            return after, (*words[:place], *words[place + 2 :])
    return "", tuple(words)


def _cut(text: str, asked: re.Pattern[str]) -> str:
    """Return at most so many characters around the first match, cut between words."""
    flat = " ".join(text.split())
    found = asked.search(flat)
    if found is None or len(flat) <= EXCERPT:
        return flat
    start = flat.find(" ", found.start() - BEFORE) + 1 if found.start() > BEFORE else 0
    start = min(start, found.start())
    end = start + EXCERPT
    if end < len(flat):
        blank = flat.rfind(" ", found.end(), end)
        end = end if blank < 0 else blank
    return ("… " if start else "") + flat[start:end] + (" …" if end < len(flat) else "")


def _beginnings(words: Sequence[str]) -> re.Pattern[str]:
    """Return where one of the words begins: not within another word."""
    return _pattern(tuple(words)) if words else _NEVER


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(longest_first)})", re.IGNORECASE)
