"""One value of a field as a person typed it, made exact, or a reason why it cannot be.

Numbers are written plainly: an optional minus, digits, and a point before decimals. Thousands may
be set apart by commas, spaces or apostrophes, in groups of exactly three. So “1,200.50” is read,
while “1.200,50” and “12,5” are refused, because nobody should sign a number that was guessed.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation, localcontext

from kernel.canonical import clean_name, clean_text
from kernel.refusals import Blocker
from playbook.shapes import DECIMAL_TYPES, Field

LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 10_000
LONGEST_REFERENCE = 200
MOST_DIGITS = 15
PRECISION = 40
SPACES = "\u00a0\u2009\u202f"
NUMBER = re.compile(
    r"(?P<sign>[-\u2212])?(?P<whole>[0-9]+|[0-9]{1,3}(?P<mark>[, '\u2019])[0-9]{3}"
    r"(?:(?P=mark)[0-9]{3})*)(?:\.(?P<decimals>[0-9]+))?\Z"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)


@dataclass(frozen=True)
class Registers:
    """The references a value may name; None where any id is taken as given."""

    people: Collection[str] | None = None
    roles: Collection[str] | None = None


ANYONE = Registers()


class ValueRefusedError(ValueError):
    """What was typed cannot be kept; says why and what would do."""

    def __init__(self, code: str, message: str) -> None:
        """Carry a stable code and the words for the person."""
        super().__init__(message)
        self.code = code
        self.message = message

    def blocker(self, field: Field, path: str) -> Blocker:
        """Return the reason with the name and the place of the field."""
        return Blocker(self.code, f"{field.label}: {self.message}", path)


def clean_value(field: Field, raw: object, registers: Registers = ANYONE) -> str:
    """Return the exact value of a field, or "" for a blank one.

    :raises ValueRefusedError: when it cannot be kept as what the field asks for.
    """
    if isinstance(raw, float | bool):
        raise ValueRefusedError("not_exact", "Give the number in digits, not as a computed value.")
    text = _cleaned("" if raw is None else _written(raw))
    if is_blank(text):
        return ""
    return CLEANERS[field.type](field, text, registers)


def is_blank(text: str) -> bool:
    """Tell whether nothing that can be seen stands there."""
    return all(mark.isspace() or unicodedata.category(mark) == "Cf" for mark in text)


def _written(raw: object) -> str:
    """Return the value in writing; only what a form or a program may hand over."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, Decimal):
        return f"{raw:f}"
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.isoformat()
    if isinstance(raw, int):
        return str(raw) if abs(raw) < 10**MOST_DIGITS else "9" * (MOST_DIGITS + 1)
    raise ValueRefusedError("wrong_type", "This is not a value of this field. Type it in again.")


def _cleaned(text: str) -> str:
    try:
        return clean_text(text)
    except ValueError as error:
        message = "It holds a broken character. Delete it and type it again."
        raise ValueRefusedError("broken_character", message) from error


def _text(_: Field, text: str, __: Registers) -> str:
    try:
        name = clean_name(text)
    except ValueError as error:
        raise ValueRefusedError("turned", str(error)) from error
    return _limited(name, LONGEST_TEXT)


def _long_text(_: Field, text: str, __: Registers) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    return _limited("\n".join(lines).strip(), LONGEST_LONG_TEXT)


def _limited(text: str, most: int) -> str:
    if len(text) > most:
        message = f"It has {len(text):,} characters; {most:,} is the most. Shorten it."
        raise ValueRefusedError("too_long", message)
    return text


def _decimal(field: Field, text: str, _: Registers) -> str:
    word = text.strip()
    for space in SPACES:
        word = word.replace(space, " ")
    if field.type == "percentage":
        word = word.removesuffix("%").rstrip()
    match = NUMBER.match(word)
    if match is None:
        message = "Write it in digits, with a point before decimals, such as 1200.50."
        raise ValueRefusedError("not_a_number", message)
    digits = re.sub(r"[^0-9]", "", match["whole"])
    decimals = (match["decimals"] or "").rstrip("0")
    if len(digits.lstrip("0")) > MOST_DIGITS - field.decimals:
        raise ValueRefusedError("too_large", "The number is too large to be kept exactly.")
    if len(decimals) > field.decimals:
        many = f"at most {field.decimals} decimals" if field.decimals else "a whole number"
        raise ValueRefusedError("too_precise", f"Give {many}. It is not rounded for you.")
    number = Decimal(f"{'-' if match['sign'] else ''}{digits}.{decimals or '0'}")
    _judge_bounds(field, number)
    with localcontext(prec=PRECISION):
        return f"{abs(number) if number == 0 else number:.{field.decimals}f}"


def _judge_bounds(field: Field, number: Decimal) -> None:
    low, high = _bounds(field)
    if low is not None and number < low:
        raise ValueRefusedError("too_small", f"It must be at least {plain_number(low)}.")
    if high is not None and number > high:
        raise ValueRefusedError("too_big", f"It must be at most {plain_number(high)}.")


def _bounds(field: Field) -> tuple[Decimal | None, Decimal | None]:
    """Return what the playbook allows; money is not negative, a percentage 0 to 100 by itself."""
    low, high = field.min_value, field.max_value
    if low is None and field.type in {"money", "percentage"}:
        low = Decimal(0)
    if high is None and field.type == "percentage":
        high = Decimal(100)
    return low, high


def _date(_: Field, text: str, __: Registers) -> str:
    word = text.strip()
    try:
        day = date.fromisoformat(word) if DAY.match(word) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise ValueRefusedError("not_a_date", "Give a day such as 2027-03-31.")
    return day.isoformat()


def _choice(field: Field, text: str, _: Registers) -> str:
    word = text.strip()
    if word not in {option.value for option in field.options}:
        raise ValueRefusedError("not_offered", "Choose one of the answers offered.")
    return word


def _person(_: Field, text: str, registers: Registers) -> str:
    message = "Choose a person who works here."
    return _reference(text, registers.people, ValueRefusedError("unknown_person", message))


def _role(_: Field, text: str, registers: Registers) -> str:
    message = "Choose a role that is on the list."
    return _reference(text, registers.roles, ValueRefusedError("unknown_role", message))


def _reference(text: str, known: Collection[str] | None, refusal: ValueRefusedError) -> str:
    word = _limited(" ".join(text.split()), LONGEST_REFERENCE)
    if known is not None and word not in known:
        raise refusal
    return word


def exact(text: str) -> Decimal | None:
    """Return a stored number, or None where something else stands."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def plain_number(number: Decimal) -> str:
    """Return a number without zeros that say nothing: 12.50 is 12.5, 1200 stays."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


CLEANERS: Mapping[str, Callable[[Field, str, Registers], str]] = {
    "text": _text,
    "long_text": _long_text,
    "date": _date,
    "choice": _choice,
    "person": _person,
    "role": _role,
    **dict.fromkeys(DECIMAL_TYPES, _decimal),
}
