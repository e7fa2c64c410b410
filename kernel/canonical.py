"""Exactly one byte string for one meaning: what is hashed and signed is written here.

Canonical JSON is RFC 8785 (JCS). Signed data holds no floats: amounts and scores are decimal
strings, moments RFC 3339 in UTC, texts NFC.
"""

import hashlib
import json
import re
import unicodedata
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

import rfc8785

TYPE_PREFIX = b"counterpart/v1"
LARGEST_INTEGER = 2**53 - 1
# The category Cc, but for line end and tab.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What a line or a cell begins with, where it could be a mark that combines with a letter before it.
BEGINNING = re.compile("(?<=[\n\t])[\u0300-\U0010ffff]+")
TURNING_MARK = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Signs that take up room and show nothing, besides those Unicode calls blank or format.
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
UNSEEN = frozenset({"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"})
HALF_CHARACTER = re.compile("[\ud800-\udfff]")
BEYOND_16_BITS = re.compile("[\U00010000-\U0010ffff]")

_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class NotCanonicalError(ValueError):
    """The value has no place in signed data; the message says where and why."""


def canonical(value: object) -> bytes:
    """Return the RFC 8785 bytes of `value`.

    :raises NotCanonicalError: for floats, integers beyond 2**53 - 1, texts that are not NFC or
        hold lone surrogates, keys that are no texts, and any other type.
    """
    _judge(value, "$")
    text = _WRITER.encode(value)
    if BEYOND_16_BITS.search(text):
        # The one difference: RFC 8785 sorts keys by their 16-bit units, Python by characters.
        return rfc8785.dumps(value)  # type: ignore[arg-type]  # judged above: JSON types only
    return text.encode()


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def wrapped(kind: str, body: bytes) -> bytes:
    """Return `body` with its kind and both lengths before it, so that no kind reads as another.

    The idea is DSSE's pre-authentication encoding.
    """
    name = kind.encode("ascii")
    return b"%b %d %b %d %b" % (TYPE_PREFIX, len(name), name, len(body), body)


def moment(at: datetime) -> str:
    """Return `at` as RFC 3339 in UTC with microseconds: 2026-12-03T09:00:00.000000Z.

    :raises NotCanonicalError: for a naive moment, which means another one on every machine.
    """
    if at.tzinfo is None:
        raise NotCanonicalError(f"{at} has no time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def clean_text(text: str) -> str:
    """Return `text` in NFC, with plain line ends and without control characters.

    A line begins with no mark that wants a letter before it: written as JSON, where the line end
    is a backslash and an n, the mark would take that n for its letter.

    :raises ValueError: for lone surrogates, which no encoding can carry.
    """
    if HALF_CHARACTER.search(text):
        raise ValueError("The text holds half of a character pair. Please type it again.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Composed last: a control character may have stood between a letter and its accent.
    text = unicodedata.normalize("NFC", CONTROL.sub("", text))
    return BEGINNING.sub(_without_loose_marks, text)


def _without_loose_marks(beginning: re.Match[str]) -> str:
    text = beginning[0]
    return text[sum(1 for _ in takewhile(unicodedata.combining, text)) :]


def clean_name(text: str) -> str:
    """Return `text` as a name: clean, on one line, with single blanks.

    :raises ValueError: for half of a character pair, and for marks that turn the direction of
        reading (U+202A to U+202E, U+2066 to U+2069): a name must read as it is spelled, or
        `gpj.exe` looks like `exe.jpg`. Letters that run from right to left need none of them.
        Also for a name of which nothing can be seen.
    """
    if TURNING_MARK.search(text):
        raise ValueError(
            "It holds an invisible mark that turns the direction of reading."
            " Delete it and type the name again."
        )
    name = " ".join(clean_text(text).split())
    if name and not is_seen(name):
        raise ValueError("Nothing of it can be seen. Type letters or digits.")
    return name


def is_seen(text: str) -> bool:
    """Tell whether anything of the text can be seen."""
    return any(
        character not in FILLERS and unicodedata.category(character) not in UNSEEN
        for character in text
    )


def seen_text(text: str) -> str:
    """Return what a reader finds of a text: nothing where nothing of it can be seen."""
    return text.strip() if is_seen(text) else ""


def _judge(value: object, path: str) -> None:
    """Refuse what RFC 8785 would print ambiguously or not at all."""
    match value:
        case None | bool():
            return
        case str():
            _judge_text(value, path)
        case int() if abs(value) <= LARGEST_INTEGER:
            return
        case int():
            raise NotCanonicalError(f"{path}: {value} is beyond 2**53 - 1")
        case dict() | list() | tuple():
            _judge_items(value, path)
        case _:
            raise NotCanonicalError(f"{path}: a {type(value).__name__} is not signed data")


def _judge_items(items: dict[Any, Any] | list[Any] | tuple[Any, ...], path: str) -> None:
    if isinstance(items, dict):
        for key, item in items.items():
            _judge_text(key, f"{path}.{key}")
            _judge(item, f"{path}.{key}")
    else:
        for index, item in enumerate(items):
            _judge(item, f"{path}[{index}]")


def _judge_text(value: object, path: str) -> None:
    if not isinstance(value, str):
        raise NotCanonicalError(f"{path}: a {type(value).__name__} is no key")
    if HALF_CHARACTER.search(value):
        raise NotCanonicalError(f"{path}: half of a character pair")
    if not unicodedata.is_normalized("NFC", value):
        raise NotCanonicalError(f"{path}: the text is not NFC")
