"""Bringing in a list: upload it, say which column is what, or put it away."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatives.forms.imports import ColumnsForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.imports import (
    BroughtAlreadyError,
    ImportRefusedError,
    discard_import,
    match_import,
    start_import,
)
from initiatives.queries.imports import (
    get_import,
    imports,
    matching_of,
    must_import,
    samples_of,
    sheet_of,
)
from initiatives.queries.rows import Import
from initiatives.rules.imports import Matching, Part, has_too_many_words, words_of
from initiatives.views.import_previews import version_of
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker
from kernel.sheets.shapes import MOST_BYTES, SheetRefusedError
from people.http import Request

LISTS = 50
EARLIER = 3
NO_FILE = Blocker("no_file", "Choose the file that holds your list.", "file")


@login_required
@require_safe
def import_list(request: Request) -> HttpResponse:
    must_import(request.authority)
    return page(request, "initiatives/imports/list.html", {"imports": imports()[:LISTS]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_form(request: Request) -> HttpResponse:
    must_import(request.authority)
    upload = request.FILES.get("file") if request.method == "POST" else None
    if upload is None:
        blockers = [NO_FILE] if request.method == "POST" else []
        return _upload_page(request, blockers)
    try:
        return _started(request, upload.name or "", upload.read(MOST_BYTES + 1))
    except SheetRefusedError as refusal:
        return _upload_page(request, refusal.blockers)


def _started(request: Request, name: str, content: bytes) -> HttpResponse:
    """Keep the file, and go on to its columns, or to its rows where they are settled."""
    try:
        source = start_import(actor=request.user, name=name, content=content, at=now())
    except BroughtAlreadyError as twice:
        messages.info(request, twice.blockers[0].message)
        return redirect("initiatives:import-detail", pk=twice.import_id)
    if source.matched_at:
        messages.success(request, "Columns and stages are as you settled them last time.")
        return redirect("initiatives:import-detail", pk=source.pk)
    return redirect("initiatives:import-columns", pk=source.pk)


def _upload_page(request: Request, blockers: Sequence[Blocker]) -> HttpResponse:
    status = 422 if blockers else 200
    earlier = imports()[:EARLIER]
    context = {"blockers": blockers, "imports": earlier, "most": MOST_BYTES // 2**20}
    return page(request, "initiatives/imports/form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: Request, pk: int) -> HttpResponse:
    must_import(request.authority)
    source = get_import(pk)
    if not source.is_matching:
        if request.method == "POST":
            _match(request, source, Matching({}, {}))
        return redirect("initiatives:import-detail", pk=pk)
    form = _columns_form(request, source)
    if request.method == "POST" and form.is_valid():
        try:
            _match(request, source, form.matching())
        except ImportRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            return _onwards(request, form, pk)
    status = 422 if form.errors else 200
    context = {"source": source, "form": form, "samples": samples_of(sheet_of(source))}
    return page(request, "initiatives/imports/columns.html", context, status=status)


def _match(request: Request, source: Import, matching: Matching) -> None:
    """Settle the columns; of a list that is over or was changed, say so.

    :raises StaleImportError, ImportRefusedError: as the operation does.
    """
    match_import(
        actor=request.user,
        source=source,
        matching=matching,
        expected_version=version_of(request),
        at=now(),
    )


def _onwards(request: Request, form: ColumnsForm, pk: int) -> HttpResponse:
    if form.has_new_words():
        messages.info(request, "This column has words of its own. Say what each of them means.")
        return redirect("initiatives:import-columns", pk=pk)
    return redirect("initiatives:import-detail", pk=pk)


def _columns_form(request: Request, source: Import) -> ColumnsForm:
    """Ask about the words of the column that is chosen; of one with too many, about none."""
    sheet, posted = sheet_of(source), request.POST if request.method == "POST" else None
    column = source.columns.get(Part.STAGE, "") if posted is None else posted.get("stage", "")
    words = [] if has_too_many_words(sheet, column) else words_of(sheet, column)
    return ColumnsForm(posted, header=sheet.header, matching=matching_of(source), words=words)


@login_required
@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    must_import(request.authority)
    discard_import(
        actor=request.user, source=get_import(pk), expected_version=version_of(request), at=now()
    )
    messages.success(request, "The list is put away. Nothing of it came in.")
    return redirect("initiatives:import-list")
