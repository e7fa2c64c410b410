"""Tables as people save them: every usual dress is read the same, and what is not clear is said."""

import csv
import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kernel.canonical import clean_text
from kernel.sheets.reading import read_sheet
from kernel.sheets.shapes import MOST_BYTES, MOST_ROWS, SheetRefusedError, letter
from kernel.sheets.workbooks import MOST_TAGS

SEPARATORS = ",;\t|"
LATIN = st.characters(codec="cp1252", exclude_categories=("Cc", "Cs"))
ANY = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\ufeff")
NAMES = ("Title", "What it does", "Stage")


def rows_of(letters):
    cell = st.text(letters, max_size=30)
    row = st.tuples(st.text(letters, min_size=1, max_size=10).map("x".__add__), cell, cell)
    return st.lists(row, min_size=1, max_size=8)


def written(rows, separator=",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerows([NAMES, *rows])
    return out.getvalue()


def plain(rows):
    return [tuple(clean_text(cell).strip() for cell in row) for row in rows]


def cells(sheet):
    return [row.cells for row in sheet.rows]


def read_or_refused(content: bytes):
    try:
        return read_sheet(content), None
    except SheetRefusedError as refusal:
        return None, refusal


def refused(content: bytes) -> SheetRefusedError:
    with pytest.raises(SheetRefusedError) as caught:
        read_sheet(content)
    return caught.value


@settings(deadline=None, max_examples=60)
@given(rows_of(ANY), st.sampled_from(SEPARATORS), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_is_saved_in_unicode_is_read_as_it_was(rows, separator, codec) -> None:
    sheet = read_sheet(written(rows, separator).encode(codec))

    assert sheet.header == NAMES
    assert cells(sheet) == plain(rows)


@pytest.mark.untraced
@settings(deadline=None, max_examples=60)
@given(rows_of(LATIN), st.sampled_from(SEPARATORS))
def test_windows_letters_are_read_as_they_were_or_refused(rows, separator) -> None:
    content = written([*rows, ("xé", "ü", "ß")], separator).encode("cp1252")
    sheet, refusal = read_or_refused(content)

    if sheet is None:
        assert refusal.codes == ("mixed",)
    else:
        assert cells(sheet)[:-1] == plain(rows)
        assert sheet.read_as.startswith("CSV in Windows-1252")


@pytest.mark.untraced
@settings(deadline=None, max_examples=40)
@given(rows_of(st.characters(codec="ascii", exclude_categories=("Cc",), exclude_characters="=")))
def test_a_workbook_is_read_as_the_same_table(rows) -> None:
    assert cells(read_sheet(workbook([NAMES, *rows]))) == plain(rows)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400))
def test_whatever_the_bytes_are_it_reads_or_refuses(content) -> None:
    for beginning in (b"", b"PK\x03\x04", b"\xff\xfe", b"a,b\n"):
        sheet, refusal = read_or_refused(beginning + content)
        assert (sheet and sheet.rows) or refusal.blockers[0].field == "file"


def workbook(rows, change=None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_lines_keep_the_number_they_have_in_the_file() -> None:
    sheet = read_sheet(b'Title,Text\n\n"one","of\ntwo lines"\n,\ntwo,\n')

    assert [(row.line, row.cells) for row in sheet.rows] == [
        (3, ("one", "of\ntwo lines")),
        (6, ("two", "")),
    ]


def test_a_separator_within_a_quoted_text_separates_nothing() -> None:
    assert cells(read_sheet(b'Title;Text\n"a;b,c";"d,e,f,g"\n')) == [("a;b,c", "d,e,f,g")]


def test_one_column_is_a_table_too() -> None:
    assert cells(read_sheet(b"Title\nOne\nTwo\n")) == [("One",), ("Two",)]


def test_more_cells_than_columns_is_the_trouble_of_that_row_alone() -> None:
    sheet = read_sheet(b"Title,Text\none,two,three\nfour,five\n")

    assert "Line 2 has more cells" in sheet.rows[0].problem
    assert sheet.rows[1].problem == ""


def test_columns_without_name_and_text_are_left_out_others_are_named_by_their_letter() -> None:
    sheet = read_sheet(b"Title,,,Text\none,,x,two\n")

    assert sheet.header == ("Title", "Column C", "Text")
    assert cells(sheet) == [("one", "x", "two")]


def test_a_formula_text_stays_a_text() -> None:
    assert cells(read_sheet(b"Title,Text\n=1+1,@SUM(A1)\n")) == [("=1+1", "@SUM(A1)")]


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "empty", "empty"),
        (b"\xef\xbb\xbf \r\n\n", "empty", "empty"),
        (b",,\n,,\n", "empty", "empty"),
        (b"Title,Text\n", "no_rows", "Line 1 names the columns"),
        (b"12,4.5\none,two\n", "header", "Line 1, column A reads"),
        (b"Title,title\none,two\n", "twice", "Columns A and B have one name"),
        (b"Title\n" + b'"open\n', "csv", "begins at 2"),
        (b"Title,Text\nCaf\xc3\xa9,x\nCaf\xe9,y\n", "mixed", "line 2 is in UTF-8 and line 3"),
        (b"Title,Text\none,\x81\n", "encoding", "Line 2 holds a byte"),
        (b"\xff\xfeT\x00i\x00t", "encoding", "breaks off"),
        (b"Title\x00\x01\x02bin\n", "no_text", "no text"),
        (b"\xd0\xcf\x11\xe0rest", "kind", "XLS"),
        (b"%PDF-1.7 rest", "kind", "a PDF"),
        (b"\x89PNG\r\n", "kind", "a picture"),
        (b"PK\x03\x04 this is no workbook", "workbook", "cannot be read"),
        (
            (",".join(f"c{n}" for n in range(300)) + "\n1\n").encode(),
            "wide",
            "300 columns",
        ),
        (b"Title\n" + b"x\n" * (MOST_ROWS + 1), "long", "more than 20,000 rows"),
        (b"x" * (MOST_BYTES + 1), "large", "25 MB"),
        ("Title,\ud800\none,two\n".encode("utf-16-le", "surrogatepass"), "encoding", "letter"),
    ],
)
def test_a_file_that_is_no_clear_table_is_refused_with_the_way_out(content, code, says) -> None:
    refusal = refused(content)

    assert refusal.codes == (code,)
    assert says in refusal.blockers[0].message


class TestWorkbooks:
    def test_dates_are_dates_and_numbers_have_no_tail(self) -> None:
        when = datetime(2026, 12, 3)  # noqa: DTZ001  # a workbook's dates have no zone
        book = workbook(
            [
                ("Title", "On", "At", "Count", "Is", "Part"),
                ("one", when, when.replace(hour=9), 12.0, True, 1.5),
            ]
        )

        assert cells(read_sheet(book)) == [
            ("one", "2026-12-03", "2026-12-03 09:00:00", "12", "yes", "1.5")
        ]

    def test_a_formula_that_was_never_reckoned_is_not_read_as_empty(self) -> None:
        refusal = refused(workbook([("Title", "Sum"), ("one", "=1+1")]))

        assert refusal.codes == ("formula",)
        assert "Cell B2" in refusal.blockers[0].message

    def test_merged_cells_are_refused_by_name(self) -> None:
        content = workbook(
            [("Title", "Unit"), ("one", "a"), ("two", None)],
            lambda book: book.active.merge_cells("B2:B3"),
        )

        assert "B2:B3" in refused(content).blockers[0].message

    def test_the_first_sheet_with_something_on_it_is_read(self) -> None:
        def add(book) -> None:
            book.create_sheet("List").append(["Title"])
            book["List"].append(["one"])

        sheet = read_sheet(workbook([], add))

        assert (cells(sheet), sheet.read_as) == ([("one",)], "XLSX, sheet “List”")

    def test_an_empty_workbook_is_empty(self) -> None:
        assert refused(workbook([])).codes == ("empty",)

    def test_a_workbook_that_bursts_is_not_unpacked(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", b"0" * (201 * 2**20))

        assert refused(out.getvalue()).codes == ("burst",)

    def test_a_workbook_of_millions_of_cells_is_refused_before_they_are_read(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/any.xml", b"<c/>" * (MOST_TAGS + 1))

        assert refused(out.getvalue()).codes == ("cells",)


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_called_as_spreadsheets_call_them(place, name) -> None:
    assert letter(place) == name
