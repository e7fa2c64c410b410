"""One door for every table that somebody brings, whatever its file is called."""

from kernel.sheets.shapes import MOST_BYTES, Sheet, SheetRefusedError
from kernel.sheets.texts import read_text
from kernel.sheets.workbooks import read_workbook

ZIP = b"PK\x03\x04"
OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (XLS)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"<!DOC": "a web page",
    b"<html": "a web page",
}


def read_sheet(content: bytes) -> Sheet:
    """Read a table by what is in the file; its name promises nothing.

    :raises SheetRefusedError: with the reason, the place and the way out.
    """
    if len(content) > MOST_BYTES:
        raise SheetRefusedError(
            "large", f"The file is larger than {MOST_BYTES // 2**20} MB. Split the list."
        )
    if not content.strip(b"\xef\xbb\xbf \r\n\t"):
        raise SheetRefusedError("empty", "The file is empty. Nothing was read.")
    if content.startswith(ZIP):
        return read_workbook(content)
    for mark, kind in OTHERS.items():
        if content.startswith(mark):
            raise SheetRefusedError(
                "kind", f"This is {kind}. Save the list as CSV or XLSX and bring that."
            )
    return read_text(content)
