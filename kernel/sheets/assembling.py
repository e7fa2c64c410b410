"""From raw lines to a table: the header is found and judged, the rows are fitted to it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kernel.canonical import clean_text
from kernel.sheets.shapes import (
    LONGEST_NAME,
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    Sheet,
    SheetRefusedError,
    letter,
)

RawLine = tuple[int, Sequence[str]]


def assembled(lines: Iterable[RawLine], read_as: str) -> Sheet:
    """Return the table of `lines` (number in the file, raw cells). Lines without text are left out.

    :raises SheetRefusedError: without a header or rows, with two columns of one name, or when it
        is wider or longer than can be looked through.
    """
    filled = (line for line in lines if any(cell.strip() for cell in line[1]))
    first = next(filled, None)
    if first is None:
        raise SheetRefusedError("empty", "The file is empty. Nothing was read.")
    names = _header(*first)
    rows = tuple(_counted(_fitted(line, cells, names) for line, cells in filled))
    if not rows:
        raise SheetRefusedError(
            "no_rows", f"Line {first[0]} names the columns, but no line follows it."
        )
    return _without_empty_columns(Sheet(names, rows, read_as))


def _header(line: int, cells: Sequence[str]) -> tuple[str, ...]:
    try:
        names = [" ".join(_plain(cell).split()) for cell in cells]
    except ValueError as wrong:
        raise SheetRefusedError("header", f"Line {line}: {wrong}") from wrong
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise SheetRefusedError(
            "wide",
            f"The table has {len(names)} columns; {MOST_COLUMNS} can be looked through. "
            "Take out those that do not describe a project.",
        )
    named = [name or f"Column {letter(place)}" for place, name in enumerate(names)]
    for place, name in enumerate(named):
        if len(name) > LONGEST_NAME or name.replace(".", "").replace(",", "").isdigit():
            raise SheetRefusedError(
                "header",
                f"Line {line}, column {letter(place)} reads “{name[:40]}”, which names no column. "
                "The first line must name the columns.",
            )
    twice = [
        name for name, times in Counter(name.casefold() for name in named).items() if times > 1
    ]
    if twice:
        places = [letter(at) for at, name in enumerate(named) if name.casefold() == twice[0]]
        raise SheetRefusedError(
            "twice",
            f"Columns {' and '.join(places)} have one name, “{named[_place(places[0])]}”. "
            "Give each its own.",
        )
    return tuple(named)


def _place(name: str) -> int:
    return next(at for at in range(MOST_COLUMNS) if letter(at) == name)


def _counted(rows: Iterator[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise SheetRefusedError(
                "long",
                f"The table has more than {MOST_ROWS:,} rows. Split it, and bring the parts one "
                "after the other.",
            )
        yield row


def _fitted(line: int, cells: Sequence[str], names: Sequence[str]) -> Row:
    try:
        plain = [_plain(cell).strip() for cell in cells]
    except ValueError as wrong:
        return Row(line, ("",) * len(names), f"Line {line}: {wrong}")
    over = [cell for cell in plain[len(names) :] if cell]
    problem = (
        f"Line {line} has more cells than there are columns: “{over[0][:40]}” stands under none. "
        "A text with the separator in it needs quotation marks."
        if over
        else ""
    )
    plain += [""] * (len(names) - len(plain))
    return Row(line, tuple(plain[: len(names)]), problem)


def _plain(cell: str) -> str:
    return clean_text(cell).replace("\ufeff", "")


def _without_empty_columns(sheet: Sheet) -> Sheet:
    """Leave out unnamed columns without any text, which spreadsheets like to add."""
    kept = [
        place
        for place, name in enumerate(sheet.header)
        if name != f"Column {letter(place)}" or any(row.cells[place] for row in sheet.rows)
    ]
    if len(kept) == len(sheet.header):
        return sheet
    rows = (
        Row(row.line, tuple(row.cells[place] for place in kept), row.problem) for row in sheet.rows
    )
    return Sheet(tuple(sheet.header[place] for place in kept), tuple(rows), sheet.read_as)
