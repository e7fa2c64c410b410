"""A confirmed list comes in: row by row, each one act, and never the same row twice."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection

from initiatives.choices import ImportState, Stage
from initiatives.models import Import, ImportedRow
from initiatives.operations.imports import StaleImportError
from initiatives.operations.initiatives import Listing, ProposalRefusedError, propose
from initiatives.queries.imports import has_stopped, keys_here, review_of
from initiatives.queries.memberships import may_import
from initiatives.rules.import_rows import Fate, Judged
from initiatives.rules.proposals import NOT_IMPORTER
from journal.acts import act, hold_authority, record
from journal.kinds import Kind
from kernel.refusals import Blocker, ForbiddenError, RefusedError
from people.models import User
from people.queries import authority_of

ROW_LOCK = 7_291_004


class RowHereError(RefusedError):
    """This row became an initiative already, by this list or by another one."""


class ImportOverError(RefusedError):
    """Another worker has ended this list."""


def apply_import(*, source_id: int, clock: Callable[[], datetime]) -> None:
    """Bring in what is still to come of a confirmed list, and end it.

    Called again, it goes on where it stood; called twice at once, no row comes twice.
    """
    source = Import.objects.filter(pk=source_id, state=ImportState.APPLYING).first()
    if source is None or source.confirmed_by is None:
        return
    actor = source.confirmed_by
    refused: list[dict[str, Any]] = []
    for judged in review_of(source).rows:
        why = judged.why if judged.fate == Fate.WRONG else ""
        if judged.fate == Fate.COMES:
            why = _try(actor, source, judged, clock())
        if why:
            cells = list(judged.row.cells)
            refused.append({"line": judged.row.line, "why": why, "cells": cells})
    try:
        end_import(source=source, refused=refused, at=clock())
    except ImportOverError:
        return


@act
def import_row(*, actor: User, source: Import, judged: Judged, at: datetime) -> ImportedRow:
    """Make one row an initiative, in the name of whoever confirmed the list.

    :raises RowHereError: when it is one already.
    :raises ProposalRefusedError: when it cannot be one.
    """
    hold_authority()
    _one_row_at_a_time()
    if keys_here([judged.key]):
        raise RowHereError(Blocker("here", f"Line {judged.one.line} is here already."))
    one = judged.one
    stage = Stage(int(one.stage)) if one.stage else None
    initiative = propose(
        actor=actor,
        name=one.name,
        problem=one.problem,
        affected=one.affected,
        unit_name=one.unit,
        side=None,
        listing=Listing(one.reference, stage),
        at=at,
    )
    row = ImportedRow.objects.create(
        source=source,
        line=one.line,
        key=judged.key,
        initiative=initiative,
        claimed_stage=stage,
        imported_at=at,
    )
    record(
        Kind.ROW_IMPORTED,
        actor=actor,
        subject=row,
        thread=initiative,
        at=at,
        data={"import": source.pk, "line": one.line, "stage": one.stage},
    )
    return row


@act
def resume_import(*, actor: User, source: Import, at: datetime) -> None:
    """Let the worker go on with a list that it has given up.

    :raises ForbiddenError: for whoever may not bring in lists.
    :raises StaleImportError: when the list has come in, or the worker is at it.
    """
    if not may_import(authority_of(actor, at)):
        raise ForbiddenError(NOT_IMPORTER)
    source = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if not has_stopped(source):
        raise StaleImportError(
            Blocker("going_on", "Nothing stands still about this list. Look at it again.")
        )
    data = {"brought": source.imported_rows.count()}
    record(Kind.IMPORT_RESUMED, actor=actor, subject=source, at=at, data=data)


@act
def end_import(*, source: Import, refused: list[dict[str, Any]], at: datetime) -> None:
    """Close a list that has come in: keep the rows that could not come, and drop its file.

    :raises ImportOverError: when that was done before.
    """
    source = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if not source.is_applying:
        raise ImportOverError(Blocker("over", "This list has been brought in already."))
    source.state, source.content = ImportState.APPLIED, b""
    source.refused, source.ended_at, source.version = refused, at, source.version + 1
    source.save(update_fields=["state", "content", "refused", "ended_at", "version"])
    record(
        Kind.IMPORT_APPLIED,
        actor=source.confirmed_by or "worker",
        subject=source,
        at=at,
        data={"brought": source.imported_rows.count(), "refused": len(refused)},
    )


def _try(actor: User, source: Import, judged: Judged, at: datetime) -> str:
    """Bring in one row; return why it cannot come, "" when it is here."""
    try:
        import_row(actor=actor, source=source, judged=judged, at=at)
    except RowHereError:
        return ""
    except ProposalRefusedError as refusal:
        reasons = " ".join(blocker.message for blocker in refusal.blockers)
        return f"Line {judged.one.line}: {reasons}"
    return ""


def _one_row_at_a_time() -> None:
    """Wait for any other row: whoever comes second finds what the first has written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROW_LOCK])
