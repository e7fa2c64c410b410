"""The table as a file: the same filters, the same rights, every row."""

from itertools import chain

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_POST

from governance.operations.exports import export_portfolio
from governance.queries.portfolio_sheet import sheet_rows
from initiatives.forms.narrowing import narrowed
from initiatives.forms.portfolio import TableForm
from initiatives.queries.saved_views import table_choices
from initiatives.queries.table_filters import filtered
from journal.clock import now
from kernel.refusals import NotVisibleError
from kernel.sheets.writing import MARK, csv_line, workbook
from people.http import Request

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_POST
def portfolio_export(
    request: Request, form: str
) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Hand out what the table shows this reader, and note that it was."""
    if form not in ("csv", "xlsx"):
        raise NotVisibleError
    offered = table_choices(request.authority)
    chosen = TableForm(request.GET, units=offered.units, tags=offered.tags).chosen()
    filters, sort = narrowed(chosen), request.GET.get("sort", "")
    many = filtered(request.authority, filters).count()
    export_portfolio(form=form, rows=many, actor=request.user, at=now())
    rows = sheet_rows(request.authority, filters=filters, sort=sort)
    if form == "xlsx":
        book = workbook("Initiatives", rows)
        return FileResponse(
            book, as_attachment=True, filename="initiatives.xlsx", content_type=SHEET
        )
    return StreamingHttpResponse(
        chain([MARK], map(csv_line, rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="initiatives.csv"'},
    )
