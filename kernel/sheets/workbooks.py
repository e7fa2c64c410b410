"""XLSX: the first sheet with something on it; formulas by their last result, dates as dates."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from kernel.sheets.assembling import RawLine, assembled
from kernel.sheets.shapes import MOST_COLUMNS, MOST_ROWS, Sheet, SheetRefusedError, letter

MOST_UNPACKED = 200 * 1024 * 1024
# Reading takes a second for 200,000 of them, in the web process; a cell with a word is four to six.
MOST_TAGS = 3_000_000
PIECE = 1 << 20
MERGED = re.compile(rb'<mergeCell ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
FORMULA = re.compile(rb"<f[ >/]")
BROKEN = (
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
)


def read_workbook(content: bytes) -> Sheet:
    """Read an XLSX file. Each cell is the text a person sees: dates ISO 8601, numbers plain.

    :raises SheetRefusedError: when it is broken, bursts when unpacked, has merged cells, or a
        formula without a result.
    """
    try:
        return _read(content)
    except BROKEN as wrong:
        raise SheetRefusedError(
            "workbook",
            "The file has the beginning of an XLSX workbook but cannot be read as one. Open it in "
            "a spreadsheet and save it again as XLSX or CSV.",
        ) from wrong


def _read(content: bytes) -> Sheet:
    parts = _parts(content)
    book = _opened(content, data_only=True)
    try:
        for sheet in book.worksheets:
            first = next(_lines(sheet), None)
            if first is not None:
                _refuse_merged(parts)
                if any(FORMULA.search(part) for part in parts):
                    _refuse_unreckoned(content, sheet.title)
                return assembled(_lines(sheet), f"XLSX, sheet “{sheet.title}”")
    finally:
        book.close()
    raise SheetRefusedError("empty", "The workbook is empty. Nothing was read.")


def _parts(content: bytes) -> list[bytes]:
    """Return the XML of all worksheets, once it is certain that unpacking stays within bounds."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
            raise SheetRefusedError(
                "burst", "Unpacked, the workbook is larger than any list of projects. Save as CSV."
            )
        if sum(_tags(packed, name) for name in packed.namelist()) > MOST_TAGS:
            raise SheetRefusedError(
                "cells", "The workbook has more cells than can be looked through. Save as CSV."
            )
        names = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        return [packed.read(name) for name in names]


def _tags(packed: zipfile.ZipFile, name: str) -> int:
    """Return how many tags a part of the workbook has, without holding all of it."""
    with packed.open(name) as part:
        return sum(piece.count(b"<") for piece in iter(lambda: part.read(PIECE), b""))


def _refuse_merged(parts: list[bytes]) -> None:
    for part in parts:
        if found := MERGED.search(part):
            raise SheetRefusedError(
                "merged",
                f"Cells {found.group(1).decode()} are merged, so that it is uncertain which row "
                "their text belongs to. Undo the merging, and give each row its own text.",
            )


def _refuse_unreckoned(content: bytes, title: str) -> None:
    """Refuse a formula that has no result yet: its cell would silently read as empty."""
    written = _opened(content, data_only=False)
    reckoned = _opened(content, data_only=True)
    try:
        pairs = zip(_rows(written[title]), _rows(reckoned[title]), strict=True)
        for line, (formulas, results) in enumerate(pairs, 1):
            for place, (formula, result) in enumerate(zip(formulas, results, strict=True)):
                if isinstance(formula, str) and formula.startswith("=") and result is None:
                    raise SheetRefusedError(
                        "formula",
                        f"Cell {letter(place)}{line} holds a formula without a result. Open the "
                        "workbook in a spreadsheet and save it, or paste the values.",
                    )
    finally:
        written.close()
        reckoned.close()


def _opened(content: bytes, *, data_only: bool) -> Any:  # noqa: ANN401  # openpyxl has no types
    from openpyxl import load_workbook  # noqa: PLC0415  # an eighth of what a web process loads

    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401  # openpyxl has no types
    yield from sheet.iter_rows(max_row=MOST_ROWS * 2, max_col=MOST_COLUMNS * 4, values_only=True)


def _lines(sheet: Any) -> Iterator[RawLine]:  # noqa: ANN401  # openpyxl has no types
    """Yield the lines that hold something, by their number in the sheet."""
    for line, values in enumerate(_rows(sheet), 1):
        cells = [_text(value) for value in values]
        if any(cells):
            yield line, cells


def _text(value: object) -> str:
    """Return what a person sees in the cell."""
    text = "" if value is None else str(value)
    match value:
        case bool():
            text = "yes" if value else "no"
        case float() if value.is_integer():
            text = str(int(value))
        case datetime() if value.time() == time():
            text = value.date().isoformat()
    return text
