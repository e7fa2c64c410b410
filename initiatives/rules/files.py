"""What a file is, by its bytes: the few types that count as evidence, and nothing else inside.

A name or a browser's word for the type proves nothing. A polyglot (two formats in one file) is
refused, because what a scanner reads and what a reader opens would then differ.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from initiatives.rules.office_files import office_type
from kernel.refusals import Blocker

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
TEXT = "text/plain"
CSV = "text/csv"
SUFFIXES = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    TEXT: (".txt", ".log", ".md"),
    CSV: (".csv",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
}
ALLOWED_SUFFIXES = tuple(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
NAME_LIMIT = 200

_CHUNK = 1 << 20
_EDGE = 1 << 10
_ZIP_HEAD = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = (1 << 16) + 22
_MAGIC = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_PNG_END = b"IEND\xaeB`\x82"
_PAGE = tuple(
    b"<" + name for name in b"!doctype html head body script svg iframe object embed ?php".split()
)
_MARKUP = (*_PAGE, b"<?xml")  # XML may describe a PDF from inside
_BLANKS = b" \t\n\r\x0b\x0c"
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class FileVerdict:
    """The type of a file, or why it is refused."""

    content_type: str = ""
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True)
class _Edges:
    """The first and the last bytes of a file, where formats show themselves."""

    head: bytes
    tail: bytes


def judge_file(stream: BinaryIO, *, name: str) -> FileVerdict:
    """Return what the file is, reading it from its beginning to its end."""
    edges = _edges(stream)
    kind = _kind(stream, edges, name)
    if not kind:
        return _refused("type", f"This is none of {', '.join(ALLOWED_SUFFIXES)}. Use one of these.")
    problem = next(_problems(stream, edges, kind), "")
    if problem:
        return _refused("polyglot", problem)
    if PurePath(name).suffix.lower() not in SUFFIXES[kind]:
        return _refused(
            "suffix", f"The content needs a name that ends in {' or '.join(SUFFIXES[kind])}."
        )
    return FileVerdict(content_type=kind)


def tidy_file_name(name: str) -> str:
    """Return the last part of `name`, whatever separators it came with."""
    return PurePath(name.replace("\\", "/")).name


def _refused(code: str, message: str) -> FileVerdict:
    return FileVerdict(blockers=(Blocker(f"file_{code}", message, "upload"),))


def _edges(stream: BinaryIO) -> _Edges:
    stream.seek(0)
    head = stream.read(_EDGE)
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _ZIP_TAIL))
    return _Edges(head=head, tail=stream.read(_ZIP_TAIL))


def _kind(stream: BinaryIO, edges: _Edges, name: str) -> str:
    for magic, kind in _MAGIC.items():
        if edges.head.startswith(magic):
            return kind
    if edges.head.startswith(_ZIP_HEAD):
        return office_type(stream)
    return _text_kind(stream, name)


def _text_kind(stream: BinaryIO, name: str) -> str:
    if not _is_text(stream):
        return ""
    return CSV if PurePath(name).suffix.lower() == ".csv" else TEXT


def _is_text(stream: BinaryIO) -> bool:
    """Tell whether the whole file is UTF-8 without control characters."""
    stream.seek(0)
    rest = b""
    while chunk := stream.read(_CHUNK):
        if _CONTROLS.search(chunk):
            return False
        try:
            (rest + chunk).decode("utf-8")
            rest = b""
        except UnicodeDecodeError as broken:
            whole = rest + chunk
            if len(whole) - broken.start > 3 or broken.reason != "unexpected end of data":  # noqa: PLR2004  # the longest unfinished character
                return False
            rest = whole[broken.start :]
    return not rest


def _problems(stream: BinaryIO, edges: _Edges, kind: str) -> Iterator[str]:
    """Yield what else the file is, besides what it says it is."""
    check = _CHECKS.get(kind)
    if check:
        yield from check(stream, edges)
        if _ZIP_END in edges.tail:
            yield "There is an archive hidden behind the content. Save the file anew."
    if kind != PDF and b"%PDF-" in edges.head:
        yield "There is a PDF hidden in the content. Save the file anew."


def _pdf_problems(_: BinaryIO, edges: _Edges) -> Iterator[str]:
    if b"%%EOF" not in edges.tail[-_EDGE:]:
        yield "The PDF has no proper end. Save it anew."
    if _holds(_PAGE, _squeezed(edges.head)):
        yield "There is a page hidden in the PDF. Save it anew."


def _png_problems(_: BinaryIO, edges: _Edges) -> Iterator[str]:
    if not edges.tail.endswith(_PNG_END):
        yield "Something follows the end of the picture. Save it anew."


def _jpeg_problems(_: BinaryIO, edges: _Edges) -> Iterator[str]:
    if not edges.tail.rstrip(b"\x00").endswith(b"\xff\xd9"):
        yield "Something follows the end of the picture. Save it anew."


def _text_problems(stream: BinaryIO, _: _Edges) -> Iterator[str]:
    stream.seek(0)
    if any(_holds(_MARKUP, piece) for piece in _pieces(stream)):
        yield "Web pages and drawings (HTML, SVG, XML) are not accepted. Print them to PDF."


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes piece by piece, squeezed, each with the end of the ones before."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        piece = rest + _squeezed(chunk)
        yield piece
        rest = piece[-64:]


def _squeezed(piece: bytes) -> bytes:
    """Return it in small letters and without blanks, so that `< SCRIPT` reads as `<script`."""
    return piece.lower().translate(None, _BLANKS)


def _holds(marks: tuple[bytes, ...], squeezed: bytes) -> bool:
    """Tell whether a mark is in it; plain search, for a pattern takes seconds a file."""
    return any(mark in squeezed for mark in marks)


_CHECKS: dict[str, Callable[[BinaryIO, _Edges], Iterator[str]]] = {
    PDF: _pdf_problems,
    PNG: _png_problems,
    JPEG: _jpeg_problems,
    TEXT: _text_problems,
    CSV: _text_problems,
}
