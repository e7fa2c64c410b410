"""Where a page of a long table begins or ends: a place in the order, not a page number."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime

LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Place:
    """The last row seen: the value it is sorted by, and its number."""

    value: str
    number: int


def token_of(place: Place) -> str:
    """Return the place as a word for an address."""
    text = json.dumps([place.value, place.number], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_of(token: str) -> Place | None:
    """Return the place a word stands for; None for a word that we did not make."""
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        value, number = json.loads(text)
        value.encode()  # half a character pair can be written in JSON, and nowhere else
    except (AttributeError, binascii.Error, RecursionError, TypeError, ValueError):
        return None
    if not isinstance(value, str) or not isinstance(number, int) or "\x00" in value:
        return None
    if not 0 <= number <= LARGEST:
        return None
    return Place(value, number)


def moment_of(text: str) -> datetime | None:
    """Return the moment a place names, in UTC; None for what no row can have."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo is not None else None
    except (OverflowError, ValueError):
        return None
