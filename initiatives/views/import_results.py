"""A list that comes in or has come in: how far it is, what became of it, what could not come."""

import csv
import io

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from initiatives.operations.import_rows import resume_import
from initiatives.queries.imports import (
    brought_rows,
    get_import,
    has_stopped,
    how_far,
    must_import,
)
from initiatives.queries.rows import Import
from journal.clock import now
from kernel.numbers import whole_number
from kernel.pages import page
from kernel.refusals import NotVisibleError
from kernel.sheets.writing import safe_cell
from people.http import Request

PAGE = 50
MOST_SHOWN = 20
DIGITS = 8


def result(request: Request, source: Import) -> HttpResponse:
    """Show how far a confirmed list has come, and what became of it once it is over."""
    after = whole_number(request.GET.get("after", ""), DIGITS) or 0
    rows = list(brought_rows(source).filter(line__gt=after)[: PAGE + 1]) if source.is_over else []
    shown = rows[:PAGE]
    return page(
        request,
        "initiatives/imports/detail.html",
        {
            "source": source,
            "far": how_far(source),
            "has_stopped": has_stopped(source),
            "rows": shown,
            "next": f"?after={shown[-1].line}" if len(rows) > PAGE else "",
            "refused": source.refused[:MOST_SHOWN],
        },
        parts=("progress",),
    )


@login_required
@require_POST
def import_resume(request: Request, pk: int) -> HttpResponse:
    must_import(request.authority)
    resume_import(actor=request.user, source=get_import(pk), at=now())
    return redirect("initiatives:import-detail", pk=pk)


@login_required
@require_safe
def import_refused(request: Request, pk: int) -> HttpResponse:
    """Hand out the rows that did not come in, as a file that can be put right and brought again."""
    must_import(request.authority)
    source = get_import(pk)
    if not source.refused:
        raise NotVisibleError
    lines = io.StringIO()
    writer = csv.writer(lines)
    heads = (*source.header, f"Line in list {pk}", f"Why it could not come from list {pk}")
    writer.writerow([safe_cell(name) for name in heads])
    for one in source.refused:
        cells = (*one["cells"], str(one["line"]), one["why"])
        writer.writerow([safe_cell(cell) for cell in cells])
    return HttpResponse(
        lines.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="not-brought-in-{pk}.csv"'},
    )
