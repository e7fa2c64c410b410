"""One line of a log of decisions: what it must say, and each reason why it cannot be read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from initiatives.choices import AIShare
from initiatives.rules.values import EARLIEST
from kernel.canonical import TURNING_MARK, seen_text
from kernel.refusals import Blocker
from kernel.sheets.shapes import Row


class Column(StrEnum):
    """The columns of a log, as its first line names them."""

    WHEN = "when"
    RESPONSIBLE = "responsible"
    SUBJECT = "subject"
    DECISION = "decision"
    SHARE = "ai_share"
    OVERRIDDEN = "overridden"
    WHY = "why"


LIMITS: Mapping[Column, int] = {
    Column.RESPONSIBLE: 200,
    Column.SUBJECT: 200,
    Column.DECISION: 1_000,
    Column.WHY: 1_000,
}
TURNS = (
    "it holds an invisible mark that turns the direction of reading. Delete it and type the text"
    " again."
)
NAMES_SOMEBODY = (
    "it holds an e-mail address, which names a person. Give a reference that only you can resolve."
)
NEEDED = (Column.RESPONSIBLE, Column.SUBJECT, Column.DECISION)
SHARES = {word.casefold(): one for one in AIShare for word in (one.value, one.label)}
ANSWERS: Mapping[str, bool | None] = {
    **dict.fromkeys(("yes", "true", "1"), True),
    **dict.fromkeys(("no", "false", "0"), False),
    **dict.fromkeys(("", "unknown"), None),
}
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?\Z"
)
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, kw_only=True)
class Noted:
    """One line, read: `decided_at` where it names the time, `is_overridden` None if not known."""

    line: int
    decided_on: date
    decided_at: datetime | None
    share: AIShare
    is_overridden: bool | None
    texts: Mapping[str, str]

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it the decision it is, whatever line of whatever file it stands in."""
        said = (self.texts[column] for column in LIMITS)
        return (self.decided_on, self.decided_at, self.share, self.is_overridden, *said)


def blockers_to_line(
    row: Row, cells: Mapping[Column, str], at: datetime, zone: tzinfo
) -> Iterator[Blocker]:
    """Yield what is wrong with one line, each with its column and the way out."""
    if row.problem:
        yield Blocker("line", row.problem, "file")
        return
    wrong = [*_wrong_words(cells), *_wrong_texts(cells)]
    if why := _wrong_moment(cells[Column.WHEN], at, zone):
        wrong.append((Column.WHEN, why))
    for column, why in sorted(wrong, key=lambda one: [*Column].index(one[0])):
        yield _wrong(row.line, column, why)


def _wrong_words(cells: Mapping[Column, str]) -> Iterator[tuple[Column, str]]:
    share, answer = cells[Column.SHARE], cells[Column.OVERRIDDEN]
    if share.casefold() not in SHARES:
        yield Column.SHARE, f"{_read(share)} Write advised, confirmed or alone."
    if answer.casefold() not in ANSWERS:
        yield (
            Column.OVERRIDDEN,
            f"{_read(answer)} Write yes or no, or leave it empty where nobody knows.",
        )
    elif ANSWERS[answer.casefold()] and not seen_text(cells[Column.WHY]):
        yield Column.WHY, "it is empty. Say why a person decided otherwise."


def _wrong_texts(cells: Mapping[Column, str]) -> Iterator[tuple[Column, str]]:
    for column, most in LIMITS.items():
        text = cells[column]
        if column in NEEDED and not seen_text(text):
            yield column, "it is empty. Every decision needs it."
        if len(text) > most:
            yield column, f"{len(text):,} characters, {most:,} at most. Shorten it."
        if TURNING_MARK.search(text):
            yield column, TURNS
    # Looked through no further than it may be long: the search grows with the square of that.
    if EMAIL.search(cells[Column.SUBJECT][: LIMITS[Column.SUBJECT]]):
        yield Column.SUBJECT, NAMES_SOMEBODY


def _wrong_moment(text: str, at: datetime, zone: tzinfo) -> str:
    try:
        decided_on, decided_at = _moment(text, zone)
    except (ValueError, OverflowError):
        return f"{_read(text)} Write it as 2026-11-03, or with its time as 2026-11-03 14:05."
    today = at.astimezone(zone).date()
    wrong = (
        (
            decided_at is not None and not _is_one_moment(decided_at),
            "The clocks change then. Add the offset, as in 14:05+01:00.",
        ),
        (decided_on < EARLIEST, "That is too long ago. Look at the year."),
        (
            decided_on > today or (decided_at is not None and decided_at > at),
            "That has not come yet.",
        ),
    )
    return next((f"{_read(text)} {why}" for is_wrong, why in wrong if is_wrong), "")


def _moment(text: str, zone: tzinfo) -> tuple[date, datetime | None]:
    """Return the day where the organisation is, and the moment where the time is told.

    :raises ValueError, OverflowError: for what names no day.
    """
    if not MOMENT.match(text):
        raise ValueError(text)
    if len(text) == len("2026-11-03"):
        return date.fromisoformat(text), None
    told = datetime.fromisoformat(text)
    moment = told if told.tzinfo is not None else told.replace(tzinfo=zone)
    return moment.astimezone(zone).date(), moment


def _is_one_moment(moment: datetime) -> bool:
    """Tell whether the clock shows this once: in autumn an hour comes twice, in spring one not."""
    return moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset()


def noted(line: int, cells: Mapping[Column, str], zone: tzinfo) -> Noted:
    """Return what a line says, once nothing is wrong with it."""
    decided_on, decided_at = _moment(cells[Column.WHEN], zone)
    one_line = (Column.RESPONSIBLE, Column.SUBJECT)
    return Noted(
        line=line,
        decided_on=decided_on,
        decided_at=decided_at,
        share=SHARES[cells[Column.SHARE].casefold()],
        is_overridden=ANSWERS[cells[Column.OVERRIDDEN].casefold()],
        texts={
            column: " ".join(cells[column].split()) if column in one_line else cells[column]
            for column in LIMITS
        },
    )


def _wrong(line: int, column: Column, why: str) -> Blocker:
    return Blocker("line", f"Line {line}, column {column}: {why}", "file")


def _read(text: str) -> str:
    return f"it reads “{text[:40]}”." if text else "it is empty."
