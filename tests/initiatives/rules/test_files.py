"""What a file is, by its bytes, and what it must not be besides."""

import io
import zipfile

import pytest

from initiatives.rules.files import SUFFIXES, judge_file, tidy_file_name
from tests.initiatives import samples

DOCX, XLSX, PPTX = [kind for kind in SUFFIXES if "openxml" in kind]


def judge(data: bytes, name: str):
    return judge_file(io.BytesIO(data), name=name)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (samples.PDF, "plan.pdf", "application/pdf"),
        (
            samples.PDF[:9] + b"<?xpacket?><?xml version='1.0'?>" + samples.PDF[9:],
            "x.pdf",
            "application/pdf",
        ),
        (samples.png(), "chart.PNG", "image/png"),
        (samples.JPEG, "photo.jpeg", "image/jpeg"),
        (samples.JPEG + bytes(4), "photo.jpg", "image/jpeg"),
        (samples.TEXT, "notes.txt", "text/plain"),
        (b"\xef\xbb\xbf" + samples.CSV, "calls.csv", "text/csv"),
        (b"a < b and c > d\n", "math.txt", "text/plain"),
        (samples.office(), "brief.docx", DOCX),
        (samples.office("xl/workbook.xml"), "costs.xlsx", XLSX),
        (samples.office("ppt/presentation.xml"), "talk.pptx", PPTX),
    ],
)
def test_what_counts_is_told_by_its_bytes(data, name, kind):
    verdict = judge(data, name)

    assert (verdict.content_type, verdict.blockers) == (kind, ())


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"MZ\x90\x00" + bytes(40), "setup.exe", "file_type"),
        (b"\x7fELF" + bytes(40), "notes.txt", "file_type"),
        (b"GIF89a" + bytes(20), "moving.gif", "file_type"),
        (b" \n" + samples.PDF, "late.pdf", "file_polyglot"),
        (
            samples.PDF[:9] + b"<html><script>x</script>" + samples.PDF[9:],
            "page.pdf",
            "file_polyglot",
        ),
        (samples.TEXT + b"%PDF-1.7", "pdf.txt", "file_polyglot"),
        (samples.office() + samples.office(), "twice.docx", "file_type"),
        (b"MZ\x00" + samples.PDF, "late.pdf", "file_type"),
        (samples.PDF.replace(b"%%EOF", b""), "cut.pdf", "file_polyglot"),
        (samples.PDF + samples.archive({"a": b"b"}), "and-zip.pdf", "file_polyglot"),
        (samples.png() + samples.archive({"a": b"b"}), "and-zip.png", "file_polyglot"),
        (samples.png() + b"<script>", "and-more.png", "file_polyglot"),
        (samples.JPEG + b"<?php x ?>", "and-more.jpg", "file_polyglot"),
        (
            samples.JPEG[:-2] + samples.archive({"a": b"b"}) + b"\xff\xd9",
            "zip.jpg",
            "file_polyglot",
        ),
        (samples.JPEG[:12] + b"%PDF-1.4" + samples.JPEG[12:], "pdf.jpg", "file_polyglot"),
        (b"<!DOCTYPE html><p>hello", "page.txt", "file_polyglot"),
        (b"a,b\n1,< SCRIPT>alert(1)</script>\n", "table.csv", "file_polyglot"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "drawing.txt", "file_polyglot"),
        (b"x" * ((1 << 20) - 4) + b"<script>", "long.txt", "file_polyglot"),
        (b"x" * ((1 << 20) - 99) + b"<" + b" " * 200 + b"script>", "apart.txt", "file_polyglot"),
        (b"plain\x00text", "notes.txt", "file_type"),
        (b"caf\xe9 in latin", "notes.txt", "file_type"),
        (b"half a letter \xc3", "notes.txt", "file_type"),
        (samples.PDF, "plan.pdf.exe", "file_suffix"),
        (samples.PDF, "plan", "file_suffix"),
        (samples.TEXT, "notes.html", "file_suffix"),
        (samples.archive({"readme.txt": b"x"}), "files.zip", "file_type"),
        (samples.office() + b"more", "brief.docx", "file_type"),
        (b"more" + samples.office(), "brief.docx", "file_type"),
        (samples.office(**{"xl/workbook.xml": b"x"}), "two.docx", "file_type"),
        (samples.office(**{"word/vbaProject.bin": b"x"}), "macro.docx", "file_type"),
        (samples.office(**{"word/activeX/activeX1.xml": b"x"}), "active.docx", "file_type"),
        (samples.office(**{"../outside.xml": b"x"}), "slip.docx", "file_type"),
        (samples.office(**{"/outside.xml": b"x"}), "slip.docx", "file_type"),
        (samples.office(types=b"x.macroEnabled.main+xml"), "macro.docm", "file_type"),
        (samples.office(types=bytes((1 << 20) + 1)), "huge-types.docx", "file_type"),
        (samples.archive({"word/document.xml": b"x"}), "no-types.docx", "file_type"),
        (samples.office()[:-30], "cut.docx", "file_type"),
    ],
)
def test_everything_else_is_refused(data, name, code):
    verdict = judge(data, name)

    assert verdict.content_type == ""
    assert [blocker.code for blocker in verdict.blockers] == [code]
    assert verdict.blockers[0].field == "upload"


def test_a_letter_may_lie_across_two_pieces():
    text = "x" * ((1 << 20) - 1) + "é" + "y" * 10

    assert judge(text.encode(), "long.txt").content_type == "text/plain"


def test_an_archive_that_unfolds_beyond_measure_is_refused(monkeypatch):
    monkeypatch.setattr("initiatives.rules.office_files._MOST_BYTES", 10)

    assert judge(samples.office(), "bomb.docx").content_type == ""


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_that_cannot_be_unpacked_is_refused(packing):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", packing) as archive:
        archive.writestr("[Content_Types].xml", b"<Types>" + b"abc" * 200)
        archive.writestr("word/document.xml", b"x")
    data = bytearray(whole.getvalue())
    start = data.find(b"[Content_Types].xml") + len(b"[Content_Types].xml")
    data[start : start + 24] = b"\xff" * 24

    assert judge(bytes(data), "broken.docx").content_type == ""


@pytest.mark.parametrize(
    ("name", "tidy"),
    [("C:\\papers\\plan.pdf", "plan.pdf"), ("../../etc/plan.pdf", "plan.pdf"), ("plan.pdf",) * 2],
)
def test_a_name_is_only_its_last_part(name, tidy):
    assert tidy_file_name(name) == tidy
