"""A log of decisions that an AI took part in: what its lines must say, and what they add up to.

A log is audited later, so nothing in it is guessed: a line that cannot be read as it is written
is refused by its number and column, and none of the file comes in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from initiatives.rules.decision_lines import Column, Noted, blockers_to_line, noted
from kernel.refusals import Blocker
from kernel.sheets.shapes import Sheet

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 2_000
LONGEST_REASON = 1_000
NOT_KEEPER = Blocker(
    "not_keeper",
    "The lead of either side does this, whoever holds its key, or an administrator.",
)
EXAMPLES: Sequence[tuple[str, ...]] = (
    ("2026-11-03 14:05", "Shift lead, depot 4", "CASE-1042", "Rota kept", "advised", "no", ""),
    (
        *("2026-11-03", "Claims desk", "CASE-1043", "Claim paid", "confirmed", "yes"),
        "The receipt was there, the model had not read it",
    ),
    ("2026-11-04", "Head of claims", "CASE-1044", "Claim passed on", "alone", "", ""),
)


@dataclass(frozen=True)
class Reading:
    """What a file says, or every reason why it does not come in."""

    rows: tuple[Noted, ...]
    blockers: tuple[Blocker, ...]


def read_log(sheet: Sheet, *, at: datetime, zone: tzinfo) -> Reading:
    """Read every line, as it stands at that moment where the organisation is."""
    if wrong := tuple(blockers_to_columns(sheet)):
        return Reading((), wrong)
    places = {column: _plain_header(sheet).index(column) for column in Column}
    rows: list[Noted] = []
    blockers: list[Blocker] = []
    first: dict[tuple[object, ...], int] = {}
    for row in sheet.rows:
        cells = {column: row.cells[place] for column, place in places.items()}
        if wrong := tuple(blockers_to_line(row, cells, at, zone)):
            blockers += wrong
            continue
        one = noted(row.line, cells, zone)
        before = first.setdefault(one.identity, one.line)
        if before != one.line:
            blockers.append(_twice(one.line, before))
        rows.append(one)
    return Reading(() if blockers else tuple(rows), tuple(blockers))


def blockers_to_columns(sheet: Sheet) -> Iterator[Blocker]:
    """Yield what is wrong with the file as a whole: its columns, and how many lines it has."""
    names = _plain_header(sheet)
    for column in Column:
        if column not in names:
            yield Blocker(
                "no_column",
                f"The column “{column}” is missing. Take the first line of the template as it is.",
                "file",
            )
        elif names.count(column) > 1:
            yield Blocker(
                "column_twice", f"The column “{column}” is there twice. Take one out.", "file"
            )
    for name, plain in zip(sheet.header, names, strict=True):
        if plain not in set(Column):
            yield Blocker(
                "other_column",
                f"The column “{name}” is none of ours, and nothing is left out silently. Take it"
                " out of the file.",
                "file",
            )
    if len(sheet.rows) > MOST_ROWS:
        yield Blocker(
            "long",
            f"The file has {len(sheet.rows):,} lines, {MOST_ROWS:,} at most. Split it, by month"
            " for one, and bring the parts one after the other.",
            "file",
        )


def blockers_to_take_back(reason: str, *, is_withdrawn: bool) -> Iterator[Blocker]:
    """Yield why a file that came in cannot be taken back."""
    if is_withdrawn:
        yield Blocker("withdrawn", "This file was taken back already.")
    if not reason:
        yield Blocker("reason_missing", "Say why, for whoever reads the log later.", "reason")
    elif len(reason) > LONGEST_REASON:
        yield Blocker(
            "too_long", f"{len(reason):,} characters, {LONGEST_REASON:,} at most.", "reason"
        )


def _plain_header(sheet: Sheet) -> list[str]:
    return ["_".join(re.sub(r"[\W_]+", " ", name.casefold()).split()) for name in sheet.header]


def _twice(line: int, before: int) -> Blocker:
    return Blocker(
        "twice",
        f"Line {line} says the same as line {before} in every column. Take one out, or give each"
        " its own subject.",
        "file",
    )
