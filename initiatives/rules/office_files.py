"""Word, Excel and PowerPoint files are archives: what is inside decides."""

import re
import zipfile
import zlib
from lzma import LZMAError
from typing import BinaryIO

_BODY_OF = {
    "word/document.xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ),
}
_END = b"PK\x05\x06"
_END_SIZE = 22
_TYPES = "[Content_Types].xml"
_TYPES_LIMIT = 1 << 20
_MOST_MEMBERS = 10_000
_MOST_BYTES = 500 << 20
# What reading an archive may raise: each of its packings has an error of its own.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, LZMAError),
    *(NotImplementedError, RuntimeError, OSError, EOFError, ValueError),
)
_ACTIVE = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|\.(?:exe|dll|js|vbs|html?|svg)$", re.IGNORECASE
)


def office_type(stream: BinaryIO) -> str:
    """Return the type of the Office file, or "" for any other archive.

    Refused as well: macros and active parts, bytes before or after the archive, members that
    unfold beyond measure, paths that lead out of the folder.
    """
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            return _type_of(archive, size=stream.seek(0, 2))
    except _BROKEN:
        return ""


def _type_of(archive: zipfile.ZipFile, *, size: int) -> str:
    members = archive.infolist()
    names = {member.filename for member in members}
    bodies = [kind for body, kind in _BODY_OF.items() if body in names]
    if len(bodies) != 1 or _TYPES not in names or not _is_plain(members):
        return ""
    if not _is_whole(archive, members, size) or _has_macros(archive):
        return ""
    return bodies[0]


def _is_plain(members: list[zipfile.ZipInfo]) -> bool:
    return (
        len(members) <= _MOST_MEMBERS
        and sum(member.file_size for member in members) <= _MOST_BYTES
        and len({member.filename for member in members}) == len(members)
        and not any(
            member.flag_bits & 1
            or _ACTIVE.search(member.filename)
            or member.filename.startswith(("/", "\\"))
            or ".." in re.split(r"[/\\]", member.filename)
            for member in members
        )
    )


def _is_whole(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], size: int) -> bool:
    """Tell whether the archive begins at the first byte and its end record at the last."""
    end = size - _END_SIZE - len(archive.comment)
    stream = archive.fp
    if stream is None or min(member.header_offset for member in members) != 0:
        return False
    stream.seek(end)
    return bool(stream.read(len(_END)) == _END)


def _has_macros(archive: zipfile.ZipFile) -> bool:
    with archive.open(_TYPES) as types:
        declared = types.read(_TYPES_LIMIT + 1)
    return len(declared) > _TYPES_LIMIT or b"macroenabled" in declared.lower()
