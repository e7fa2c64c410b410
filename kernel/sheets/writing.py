"""Rows as a file that a spreadsheet opens, in which no cell is run."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO

# A spreadsheet reads a cell that begins like this as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Tells a spreadsheet that the letters are UTF-8.
MARK = "\ufeff"
LONGEST_CELL = 32_000


def safe_cell(text: str) -> str:
    """Return the cell so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_line(cells: Iterable[str]) -> str:
    """Return one line of CSV."""
    line = io.StringIO()
    csv.writer(line).writerow([safe_cell(cell) for cell in cells])
    return line.getvalue()


def workbook(title: str, rows: Iterable[Sequence[str]]) -> IO[bytes]:
    """Return the rows as XLSX, the first one as its head."""
    from openpyxl import Workbook  # noqa: PLC0415  # an eighth of what a web process loads

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([safe_cell(cell)[:LONGEST_CELL] for cell in row])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file
