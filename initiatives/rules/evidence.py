"""What evidence must say of itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from kernel.refusals import Blocker

TITLE_LIMIT = 200
NOTE_LIMIT = 2_000
URL_LIMIT = 2_000
SOON = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a person says of a piece of evidence."""

    title: str
    note: str = ""
    url: str = ""
    file_name: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return what is said, without what is not."""
        said = {
            "title": self.title,
            "note": self.note,
            "url": self.url,
            "file_name": self.file_name,
        }
        return {key: text for key, text in said.items() if text}


@dataclass(frozen=True, kw_only=True)
class EvidenceFacts:
    """What decides whether a piece of evidence does."""

    words: Words
    today: date
    valid_until: date | None = None
    is_link: bool = False
    is_statement: bool = False


def blockers_to_add(facts: EvidenceFacts) -> Iterator[Blocker]:
    """Yield what is missing or wrong about the evidence."""
    words = facts.words
    if not words.title:
        yield Blocker("title_missing", "Say in a few words what this shows.", "title")
    for field, text, most in (
        ("title", words.title, TITLE_LIMIT),
        ("note", words.note, NOTE_LIMIT),
        ("url", words.url, URL_LIMIT),
    ):
        if len(text) > most:
            yield Blocker("too_long", f"{len(text):,} characters, {most:,} at most.", field)
    if facts.is_link:
        yield from _blockers_to_link(words.url)
    if facts.is_statement and not words.note:
        yield Blocker("statement_missing", "Write down what you state.", "note")
    if facts.valid_until is not None and facts.valid_until < facts.today:
        yield Blocker("stale", "This was good until a day that is over.", "valid_until")


def blockers_to_withdraw(reason: str) -> Iterator[Blocker]:
    """Yield what is wrong with the reason for taking evidence back."""
    if not reason or len(reason) > NOTE_LIMIT:
        yield Blocker("reason_missing", f"Say why, in at most {NOTE_LIMIT:,} characters.", "reason")


def runs_out(valid_until: date | None, today: date) -> bool:
    """Tell whether its last good day comes within two weeks, and is not over yet."""
    return valid_until is not None and today <= valid_until <= today + SOON


def next_end(days: Iterable[date | None], today: date) -> date | None:
    """Return the earliest of the days that come within two weeks; None where none does."""
    return min((day for day in days if day is not None and runs_out(day, today)), default=None)


def is_address(text: str) -> bool:
    """Tell whether a text is a whole web address and nothing else."""
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return is_whole and not any(character.isspace() for character in text)


def _blockers_to_link(url: str) -> Iterator[Blocker]:
    if not is_address(url):
        yield Blocker("not_an_address", "Give a whole web address, https://…", "url")
        return
    parts = urlsplit(url)
    if parts.username or parts.password:
        yield Blocker("has_password", "Leave name and password out of the address.", "url")
