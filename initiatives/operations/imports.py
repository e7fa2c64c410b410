"""A list is brought, its columns and rows are settled, and it is confirmed or put away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from initiatives.choices import ImportState
from initiatives.models import Import
from initiatives.queries.imports import (
    header_key,
    likenesses,
    matching_of,
    remembered,
    review_of,
    sheet_of,
)
from initiatives.queries.memberships import may_import
from initiatives.queries.twins import one_list_at_a_time, open_import_of
from initiatives.rules.import_rows import Fate, listed_rows
from initiatives.rules.imports import (
    Matching,
    Part,
    blockers_to_match,
    guessed_columns,
    guessed_stage,
    has_too_many_words,
    words_of,
)
from initiatives.rules.proposals import NOT_IMPORTER
from journal.acts import act, record
from journal.kinds import Kind
from kernel.canonical import clean_name, digest
from kernel.refusals import Blocker, ForbiddenError, RefusedError, StaleError
from kernel.sheets.reading import read_sheet
from kernel.sheets.shapes import Sheet
from people.models import User
from people.queries import authority_of

LONGEST_NAME = 200
UNNAMED = "A list"


class ImportRefusedError(RefusedError):
    """The list cannot be matched, or there is nothing in it to bring in."""


class StaleImportError(StaleError):
    """Somebody settled something about this list since the form was made, or it is over."""


class BroughtAlreadyError(RefusedError):
    """The same person brought just this file before, and is not done with it."""

    def __init__(self, import_id: int) -> None:
        """Carry the list of the first time."""
        said = "You brought this file already: here it is, as you left it."
        super().__init__(Blocker("brought", said))
        self.import_id = import_id


@dataclass(frozen=True)
class Choice:
    """Which of the rows that a form showed are to be left out."""

    shown: Collection[int] = ()
    left_out: Collection[int] = ()


@act
def start_import(*, actor: User, name: str, content: bytes, at: datetime) -> Import:
    """Keep a list and guess its columns, or remember them from the last one with this header.

    :raises ForbiddenError: for whoever may not bring in lists.
    :raises SheetRefusedError: when the file is no table that can be read.
    :raises BroughtAlreadyError: the second time, while the list of the first is open.
    """
    _judge_actor(actor, at)
    sheet = read_sheet(content)
    key = header_key(sheet.header)
    before = remembered(key)
    source = Import(
        name=_name(name),
        sha256=digest(content),
        content=content,
        read_as=sheet.read_as[:300],
        header=list(sheet.header),
        header_key=key,
        row_count=len(sheet.rows),
        started_by=actor,
        started_at=at,
    )
    known = matching_of(before) if before else _guessed(sheet)
    _settle(source, sheet, known, at if before else None)
    one_list_at_a_time()
    if (twin := open_import_of(actor, source.sha256)) is not None:
        raise BroughtAlreadyError(twin)
    source.save(force_insert=True)
    record(
        Kind.IMPORT_STARTED,
        actor=actor,
        subject=source,
        at=at,
        data={"sha256": source.sha256, "rows": source.row_count, "columns": len(sheet.header)},
        private={"name": source.name},
    )
    return source


@act
def match_import(
    *, actor: User, source: Import, matching: Matching, expected_version: int, at: datetime
) -> Import:
    """Settle which column is what, and which stage each of its words means.

    Words of a column that was chosen just now are guessed: look at them again.

    :raises ForbiddenError: for whoever may not bring in lists.
    :raises StaleImportError: when the list was changed since, or is over.
    :raises ImportRefusedError: when the columns cannot be taken so.
    """
    source = _locked(actor, source, expected_version, at)
    sheet = sheet_of(source)
    if blockers := [*blockers_to_match(matching, sheet)]:
        raise ImportRefusedError(*blockers)
    _settle(source, sheet, matching, at)
    data = {"parts": sorted(source.columns), "words": len(source.stages)}
    fields = ("columns", "stages", "alike", "matched_at")
    _keep(source, fields, Kind.IMPORT_MATCHED, actor=actor, at=at, data=data)
    return source


@act
def choose_rows(
    *, actor: User, source: Import, choice: Choice, expected_version: int, at: datetime
) -> Import:
    """Leave rows out, or take them in again.

    :raises ForbiddenError: for whoever may not bring in lists.
    :raises StaleImportError: when the list was changed since, or is over.
    """
    source = _locked(actor, source, expected_version, at)
    _choose(source, choice)
    data = {"left_out": len(source.left_out)}
    _keep(source, ("left_out",), Kind.IMPORT_ROWS_CHOSEN, actor=actor, at=at, data=data)
    return source


@act
def confirm_import(
    *, actor: User, source: Import, choice: Choice, expected_version: int, at: datetime
) -> Import:
    """Say yes to the list as it was shown; the worker brings it in, row by row.

    :raises ForbiddenError: for whoever may not bring in lists.
    :raises StaleImportError: when the list was changed since, or is over.
    :raises ImportRefusedError: when no row of it would come.
    """
    source = _locked(actor, source, expected_version, at)
    if source.matched_at is None:
        raise ImportRefusedError(Blocker("unmatched", "Say first which column is what."))
    _choose(source, choice)
    source.to_bring = review_of(source).counts[Fate.COMES]
    if not source.to_bring:
        raise ImportRefusedError(Blocker("nothing", "No row is left to bring in."))
    source.state, source.confirmed_by = ImportState.APPLYING, actor
    data = {"sha256": source.sha256, "rows": source.to_bring, "left_out": len(source.left_out)}
    fields = ("left_out", "to_bring", "state", "confirmed_by")
    _keep(source, fields, Kind.IMPORT_CONFIRMED, actor=actor, at=at, data=data)
    return source


@act
def discard_import(*, actor: User, source: Import, expected_version: int, at: datetime) -> Import:
    """Put a list away before anything of it came in; its file is dropped.

    :raises ForbiddenError: for whoever may not bring in lists.
    :raises StaleImportError: when the list was changed since, or is over.
    """
    source = _locked(actor, source, expected_version, at)
    source.state, source.content, source.ended_at = ImportState.DISCARDED, b"", at
    data, fields = {"sha256": source.sha256}, ("state", "content", "ended_at")
    _keep(source, fields, Kind.IMPORT_DISCARDED, actor=actor, at=at, data=data)
    return source


def _guessed(sheet: Sheet) -> Matching:
    columns = guessed_columns(sheet.header)
    if has_too_many_words(sheet, columns.get(Part.STAGE, "")):
        del columns[Part.STAGE]
    return Matching(columns, {})


def _judge_actor(actor: User, at: datetime) -> None:
    if not may_import(authority_of(actor, at)):
        raise ForbiddenError(NOT_IMPORTER)


def _locked(actor: User, source: Import, expected_version: int, at: datetime) -> Import:
    _judge_actor(actor, at)
    source = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if not source.is_matching:
        word = source.get_state_display().lower()
        raise StaleImportError(Blocker("over", f"This list is {word} meanwhile. Look at it again."))
    if source.version != expected_version:
        raise StaleImportError(
            Blocker("stale", "Somebody settled something about this list since. Look at it again.")
        )
    return source


def _settle(source: Import, sheet: Sheet, matching: Matching, at: datetime | None) -> None:
    """Take over columns that the file has, and a stage for each of its words."""
    columns = {part: name for part, name in matching.columns.items() if name in sheet.header}
    words = [word for word, _ in words_of(sheet, columns.get(Part.STAGE, ""))]
    source.columns = columns
    source.stages = {word: matching.stages.get(word, guessed_stage(word)) for word in words}
    source.matched_at = at
    if at is not None:
        source.alike = likenesses(listed_rows(sheet, matching_of(source)))


def _choose(source: Import, choice: Choice) -> None:
    kept = set(source.left_out) - set(choice.shown)
    source.left_out = sorted(kept | (set(choice.left_out) & set(choice.shown)))


def _keep(
    source: Import,
    fields: Collection[str],
    kind: Kind,
    *,
    actor: User,
    at: datetime,
    data: Mapping[str, Any],
) -> None:
    source.version += 1
    source.save(update_fields=[*fields, "version"])
    record(kind, actor=actor, subject=source, at=at, data=data)


def _name(name: str) -> str:
    """Return the last part of a file's name, for people to tell lists apart."""
    try:
        return clean_name(PurePath(name.replace("\\", "/")).name)[:LONGEST_NAME] or UNNAMED
    except ValueError:
        return UNNAMED
