"""What of the world outside is kept as a copy, and what stands in the way of asking for one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from initiatives.choices import CaptureResult, EvidenceKind
from initiatives.rules.files import SUFFIXES, FileVerdict, judge_file
from kernel.refusals import Blocker

PAGES = {"text/html": ".html", "application/xhtml+xml": ".html"}

_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,48}/[a-z0-9][a-z0-9!#$&^_.+-]{0,48}")
_HEAD = 1 << 16
_NO_PAGE = (b"MZ", b"PK", b"%PDF-", b"\x7fELF")
_SIGN_IN = (401, 403, 407, 511)
_GONE = (404, 410)
_WHOLE = (200, 203)


@dataclass(frozen=True, kw_only=True)
class CaptureFacts:
    """What decides whether a copy can be asked for."""

    kind: str
    is_on: bool = True
    is_erased: bool = False
    is_kept: bool = False
    is_waited_for: bool = False


def blockers_to_ask(facts: CaptureFacts) -> Iterator[Blocker]:
    """Yield why no copy of this evidence can be asked for now."""
    if facts.kind != EvidenceKind.LINK:
        yield Blocker("no_link", "Only of what a link leads to can a copy be made.")
    if not facts.is_on:
        yield Blocker("off", "Copies of links are switched off here. Add the page as a file.")
    if facts.is_erased:
        yield Blocker("erased", "The address was erased. Add the page as a file.")
    if facts.is_kept:
        yield Blocker("kept", "There is a copy already. To keep a newer one, add the link anew.")
    elif facts.is_waited_for:
        yield Blocker("waited_for", "The copy is being made. Look again in a minute.")


def result_of_status(status: int) -> CaptureResult | None:
    """Return why an answer with this status is no copy; nothing where it may be one."""
    if status in _WHOLE:
        return None
    if status in _SIGN_IN:
        return CaptureResult.SIGN_IN
    if status in _GONE:
        return CaptureResult.GONE
    is_elsewhere = 300 <= status < 400  # noqa: PLR2004  the answers that lead on
    return CaptureResult.MOVED if is_elsewhere else CaptureResult.FAILING


def media_type_of(said: str) -> str:
    """Return the type that an answer is said to have, without its parameters; "" for none."""
    word = said.partition(";")[0].strip().lower()
    return word if _TYPE.fullmatch(word) else ""


def suffix_of(media_type: str) -> str:
    """Return how the name of such a copy ends; "" for what is not kept."""
    return PAGES.get(media_type) or next(iter(SUFFIXES.get(media_type, ())), "")


def judge_copy(stream: BinaryIO, *, media_type: str) -> FileVerdict:
    """Return what the copy is: a page of text, or a file that would do as evidence itself."""
    if media_type not in PAGES:
        return judge_file(stream, name=f"copy{suffix_of(media_type)}")
    stream.seek(0)
    head = stream.read(_HEAD)
    if b"\0" in head or head.startswith(_NO_PAGE):
        return FileVerdict(blockers=(Blocker("file_type", "This is no page.", "upload"),))
    return FileVerdict(content_type=media_type)
