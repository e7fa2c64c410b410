"""Filters that say: days and moments in the reader's zone, money, fingerprints, sides, counts."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Protocol

from django.template import Library
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince

register = Library()

NBSP = "\u00a0"
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}
SIDE_WORDS = {"technology": "Technology", "people": "People"}
SIDE_CLASSES = {"technology": "tech", "people": "people"}
WAYS_KEPT = 4096
WORDS = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
MARK, END = mark_safe("<mark>"), mark_safe("</mark>")


class Piece(Protocol):
    """A part of a text: what was looked for, or what stands around it."""

    @property
    def text(self) -> str: ...
    @property
    def is_match(self) -> bool: ...


@register.filter
def day(value: date | datetime | None) -> str:
    """Tue 8 Dec, with the year when it is not this one."""
    local = _local(value)
    if local is None:
        return ""
    year = "" if local.year == timezone.localdate().year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year}"


@register.filter
def long_day(value: date | datetime | None) -> str:
    """Tuesday 8 December 2026."""
    local = _local(value)
    return f"{local:%A} {local.day} {local:%B} {local.year}" if local else ""


@register.filter
def moment(value: date | datetime | None) -> str:
    """Tue 8 Dec, 16:42."""
    local = _local(value)
    return f"{day(value)}, {local:%H:%M}" if local else ""


@register.filter
def long_moment(value: date | datetime | None) -> str:
    """Tuesday 8 December 2026, 16:42."""
    local = _local(value)
    return f"{long_day(value)}, {local:%H:%M}" if local else ""


@register.filter
def zoned_moment(value: datetime | None) -> str:
    """Tuesday 8 December 2026, 16:42 (UTC+01:00): for paper, which knows no reader's zone."""
    if value is None:
        return ""
    offset = f"{timezone.localtime(value):%z}"
    return f"{long_moment(value)} (UTC{offset[:3]}:{offset[3:]})"


@register.simple_tag
def when(value: date | datetime | None, how: str = "moment") -> SafeString | str:
    """Print a <time> element; `how` is day, moment, long_day or long_moment."""
    if value is None:
        return ""
    ways = {"day": day, "moment": moment, "long_day": long_day, "long_moment": long_moment}
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), ways[how](value))


@register.simple_tag
@lru_cache(maxsize=WAYS_KEPT)
def way(name: str, *args: str | int) -> str:
    """Print an address as {% url %} does, found once a process: for rows, which are many."""
    return reverse(name, args=args)


@register.filter
def since(value: date | datetime, at: date | datetime) -> str:
    """5 days: how long ago it was at `at`, in its largest unit."""
    return timesince(value, at, depth=1).replace(NBSP, " ")


@register.filter
def money(amount: Decimal | int | str | None, currency: str = "") -> str:
    """$41,000; cents only when there are some."""
    if amount is None or amount == "":
        return ""
    number = Decimal(amount)
    text = f"{abs(number):,.0f}" if number == number.to_integral_value() else f"{abs(number):,.2f}"
    sign = "\u2212" if number < 0 else ""
    if symbol := SYMBOLS.get(currency):
        return f"{sign}{symbol}{text}"
    return f"{sign}{currency}{NBSP}{text}" if currency else f"{sign}{text}"


@register.filter
def fingerprint(digest: str) -> str:
    """Sixty-four digits in groups of eight."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


@register.filter
def short_fingerprint(digest: str) -> str:
    """21f7 ea3e … 3004: enough to recognise, never to compare."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}" if digest else ""


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Print a text with what was looked for in it as <mark> elements."""
    told = (
        f"{MARK}{escape(one.text)}{END}" if one.is_match else escape(one.text) for one in pieces
    )
    return SafeString("".join(told))


@register.filter
def side_word(side: str) -> str:
    """Technology, People, or Both for what is joint."""
    return SIDE_WORDS.get(str(side), "Both")


@register.filter
def side_does(side: str, verb: str) -> str:
    """Let a verb agree with its side: Technology has, People have, of "has,have"."""
    one, _, many = verb.partition(",")
    return f"{side_word(side)} {one if str(side) == 'technology' else many}"


@register.filter
def side_class(side: str) -> str:
    """Name the class that colours a side: tech, people, or both."""
    return SIDE_CLASSES.get(str(side), "both")


@register.filter
def spelled(number: int) -> str:
    """Small numbers as words, as a headline has them; larger ones in digits."""
    return WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"


@register.filter
def counted(number: int, noun: str) -> str:
    """Count things (1 day, 3 days); a plural without s follows a comma."""
    one, _, many = noun.partition(",")
    return f"{number:,}{NBSP}{one if number == 1 else many or one + 's'}"


def _local(value: date | datetime | None) -> date | datetime | None:
    return timezone.localtime(value) if isinstance(value, datetime) else value
