"""One's own views of the table: keep one, call it otherwise, delete it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from initiatives.forms.portfolio import TableForm, address
from initiatives.forms.refusals import add_blockers
from initiatives.forms.saved_views import ViewForm
from initiatives.operations.saved_views import (
    ViewRefusedError,
    delete_view,
    rename_view,
    save_view,
)
from initiatives.queries.saved_views import get_view, table_choices, views_of
from initiatives.queries.tables import SORTS, USUAL_SORT
from journal.clock import now
from kernel.pages import page
from people.http import Request

LIST = "initiatives:view-list"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def view_list(request: Request) -> HttpResponse:
    """Show one's views; keep the one whose address is sent."""
    if request.method != "POST":
        return _shown(request, None, "")
    query = _query(request)
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            view = save_view(
                actor=request.user, name=form.cleaned_data["name"], query=query, at=now()
            )
        except ViewRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, f"Kept as “{view.name}”. It stands above the filters.")
            return redirect(reverse("initiatives:portfolio-list") + query)
    return _shown(request, form, query, status=422)


@login_required
@require_POST
def view_change(request: Request, pk: int) -> HttpResponse:
    """Call a view otherwise, or delete it."""
    get_view(pk, request.user)
    if "delete" in request.POST:
        delete_view(actor=request.user, view_id=pk, at=now())
        messages.success(request, "Deleted. Its address goes on working.")
        return redirect(LIST)
    form = ViewForm(request.POST, auto_id=f"id_%s_{pk}")
    if form.is_valid():
        try:
            rename_view(actor=request.user, view_id=pk, name=form.cleaned_data["name"], at=now())
        except ViewRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            return redirect(LIST)
    return _shown(request, None, "", changed=(pk, form), status=422)


def _shown(
    request: Request,
    form: ViewForm | None,
    query: str,
    *,
    changed: tuple[int, ViewForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "initiatives/saved_views/list.html",
        {
            "form": form,
            "query": query,
            "changed": changed[1] if changed else None,
            "rows": [
                (
                    view,
                    changed[1]
                    if changed and changed[0] == view.pk
                    else _renaming(view.pk, view.name),
                )
                for view in views_of(request.user)
            ],
        },
        status=status,
    )


def _renaming(pk: int, name: str) -> ViewForm:
    return ViewForm(initial={"name": name}, auto_id=f"id_%s_{pk}")


def _query(request: Request) -> str:
    """Return the address that was sent, made anew of what the filters understand."""
    sent = QueryDict(request.POST.get("query", "")[:4_000].removeprefix("?"))
    offered = table_choices(request.authority)
    chosen = TableForm(sent, units=offered.units, tags=offered.tags).chosen()
    sort = sent.get("sort", "")
    is_known = sort.removeprefix("-") in SORTS
    return address(chosen, sort=sort if is_known else USUAL_SORT)
