"""CSV: which encoding, which separator, which lines."""

import csv
import io
from collections.abc import Iterator

from kernel.sheets.assembling import RawLine, assembled
from kernel.sheets.shapes import Sheet, SheetRefusedError

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
LOOKED_AT = 50
LONGEST_CELL = 1_000_000
UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def read_text(content: bytes) -> Sheet:
    """Read CSV in UTF-8, UTF-16 or Windows-1252, separated by comma, semicolon, tab or bar.

    :raises SheetRefusedError: when it is no text, mixes encodings, or is no table.
    """
    text, encoding = _decoded(content)
    separator = _separator(text)
    lines = _lines(text, separator)
    return assembled(lines, f"CSV in {encoding}, separated by {SEPARATORS[separator]}")


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, codec in UTF16_MARKS.items():
        if content.startswith(mark):
            return _strictly(content[len(mark) :], codec), "UTF-16"
    if codec := _unmarked_utf16(content):
        return _strictly(content, codec), "UTF-16"
    if b"\0" in content:
        raise SheetRefusedError(
            "no_text", "The file holds no text. Save the list as CSV or XLSX and bring that."
        )
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return _in_windows_letters(content), "Windows-1252"


def _strictly(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as wrong:
        raise SheetRefusedError(
            "encoding", "The file breaks off in the middle of a letter. Save it again as UTF-8."
        ) from wrong


def _unmarked_utf16(content: bytes) -> str:
    """Tell UTF-16 without its mark: of Latin letters every other byte is zero."""
    head = content[:200]
    if len(head) < 4 or len(content) % 2:  # noqa: PLR2004  # two letters
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 4
    return "utf-16-le" if odd > half > even else "utf-16-be" if even > half > odd else ""


def _in_windows_letters(content: bytes) -> str:
    """Read Windows-1252, unless some lines are UTF-8 all the same: then nothing is certain."""
    lines = content.split(b"\n")
    foreign = next(number for number, line in enumerate(lines, 1) if not _is_utf8(line))
    known = (n for n, line in enumerate(lines, 1) if not line.isascii() and _is_utf8(line))
    if line := next(known, 0):
        raise SheetRefusedError(
            "mixed",
            f"The file mixes two encodings: line {line} is in UTF-8 and line {foreign} is not. "
            "Open it in a spreadsheet, look at the letters with accents, and save it as UTF-8.",
        )
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise SheetRefusedError(
            "encoding",
            f"Line {line} holds a byte that is no letter in UTF-8 or Windows-1252. "
            "Save the file as UTF-8.",
        ) from wrong


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _separator(text: str) -> str:
    """Choose the separator that gives the first lines most columns, and the same number in each."""

    def promise(separator: str) -> tuple[float, int]:
        widths = [len(cells) for _, cells in _some(text, separator) if cells]
        if not widths or widths[0] == 1:
            return 0.0, 1
        same = sum(width == widths[0] for width in widths) / len(widths)
        return same, widths[0]

    return max(SEPARATORS, key=promise)


def _some(text: str, separator: str) -> Iterator[RawLine]:
    found = _lines(text, separator)
    try:
        for _, line in zip(range(LOOKED_AT), found, strict=False):
            yield line
    except SheetRefusedError:
        return


def _lines(text: str, separator: str) -> Iterator[RawLine]:
    """Yield the lines with the number at which each begins; a quoted cell may hold several."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as wrong:
        raise SheetRefusedError(
            "csv",
            f"The line that begins at {begins} cannot be read ({wrong}): look for a quotation mark "
            "that is opened and not closed.",
        ) from wrong
