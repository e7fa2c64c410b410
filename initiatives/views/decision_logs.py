"""Decisions that an AI took part in: read them, bring a log, take it back, take them along."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from itertools import chain

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatives.forms.decision_logs import DecisionFilterForm, LogWithdrawalForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.decision_logs import (
    BroughtAlreadyError,
    DecisionLogRefusedError,
    bring_decisions,
    export_decisions,
    withdraw_decisions,
)
from initiatives.queries.days import home_zone
from initiatives.queries.decision_logs import (
    DecisionFilters,
    DecisionView,
    decisions_of,
    every_decision,
    figures_of,
    get_log,
    keeps_log,
    logs_of,
    months_of,
    must_keep_log,
    opened_decisions,
)
from initiatives.queries.rows import Initiative
from initiatives.rules.decision_lines import LIMITS, Column
from initiatives.rules.decision_logs import EXAMPLES, MOST_BYTES, MOST_ROWS
from initiatives.rules.keysets import Place, place_of, token_of
from initiatives.views.codes import of_initiative
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker
from kernel.sheets.shapes import SheetRefusedError
from kernel.sheets.writing import MARK, csv_line
from people.http import Request, posted

ON_A_PAGE = 50
MOST_SHOWN = 50
NO_FILE = Blocker("no_file", "Choose the file that holds the log.", "file")
ANSWERS = {True: "yes", False: "no", None: ""}
CSV = "text/csv; charset=utf-8"


@of_initiative
@require_safe
def decision_list(request: Request, initiative: Initiative) -> HttpResponse:
    form = DecisionFilterForm(request.GET)
    filters, place = form.filters, _place(request.GET.get("after", ""))
    rows = decisions_of(initiative, filters, before=place)[: ON_A_PAGE + 1]
    found = opened_decisions(rows)
    return page(
        request,
        "initiatives/decision_logs/list.html",
        {
            "initiative": initiative,
            "form": form,
            "found": found[:ON_A_PAGE],
            "next": _following(request, found),
            "is_filtered": filters != DecisionFilters(),
            "is_later": place is not None,
            "whole": figures_of(initiative),
            "months": months_of(initiative),
            "logs": logs_of(initiative),
            "keeps": keeps_log(initiative, request.authority),
        },
    )


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def decision_form(request: Request, initiative: Initiative) -> HttpResponse:
    must_keep_log(initiative, request.authority)
    blockers: Sequence[Blocker] = ()
    if request.method == "POST":
        blockers = _brought(request, initiative)
        if not blockers:
            return redirect("initiatives:decision-list", code=initiative.code)
    context = {
        "initiative": initiative,
        "columns": [*Column],
        "examples": EXAMPLES,
        "blockers": [replace(one, field="") for one in blockers[:MOST_SHOWN]],
        "more": max(len(blockers) - MOST_SHOWN, 0),
        "most": MOST_BYTES // 2**20,
        "most_rows": MOST_ROWS,
    }
    status = 422 if blockers else 200
    return page(request, "initiatives/decision_logs/form.html", context, status=status)


@of_initiative
@require_safe
def decision_template(request: Request, initiative: Initiative) -> HttpResponse:  # noqa: ARG001  the initiative is what is allowed
    """Hand out the first line of a log: its columns, and no line that could come in by mistake."""
    return HttpResponse(
        MARK + csv_line(Column),
        content_type=CSV,
        headers={"Content-Disposition": 'attachment; filename="decisions-template.csv"'},
    )


@of_initiative
@require_POST
def decision_export(request: Request, initiative: Initiative) -> StreamingHttpResponse:
    """Hand out what the filters let through, and note that it was."""
    rows = decisions_of(initiative, DecisionFilterForm(request.GET).filters)
    export_decisions(actor=request.user, initiative=initiative, rows=rows.count(), at=now())
    names = {log.id: log.name or "erased" for log in logs_of(initiative)}
    head = csv_line((*Column, "line", "file", "taken_back"))
    zone = home_zone()
    lines = (csv_line(_cells(one, names[one.log_id], zone)) for one in every_decision(rows))
    return StreamingHttpResponse(
        chain([MARK, head], lines),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="decisions-{initiative.code}.csv"'},
    )


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def decision_withdraw(request: Request, initiative: Initiative, pk: int) -> HttpResponse:
    must_keep_log(initiative, request.authority)
    log, form = get_log(initiative, pk), LogWithdrawalForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw_decisions(
                actor=request.user, initiative=initiative, log_id=pk, reason=reason, at=now()
            )
        except DecisionLogRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, "Taken back. Its lines stay, and count no longer.")
            return redirect("initiatives:decision-list", code=initiative.code)
    context = {"initiative": initiative, "log": log, "form": form}
    status = 422 if form.errors else 200
    return page(request, "initiatives/decision_logs/withdraw.html", context, status=status)


def _brought(request: Request, initiative: Initiative) -> Sequence[Blocker]:
    """Bring the file; return every reason why nothing of it came in."""
    upload = request.FILES.get("file")
    if upload is None:
        return [NO_FILE]
    content = upload.read(MOST_BYTES + 1)
    try:
        log = bring_decisions(
            actor=request.user,
            initiative=initiative,
            name=upload.name or "",
            content=content,
            at=now(),
        )
    except BroughtAlreadyError as twice:
        messages.info(request, twice.blockers[0].message)
        return []
    except (SheetRefusedError, DecisionLogRefusedError) as refusal:
        return refusal.blockers
    here = f" {log.here_count:,} were here already." if log.here_count else ""
    messages.success(request, f"Brought in: {log.row_count:,}.{here}")
    return []


def _place(token: str) -> Place | None:
    """Return where a page begins; None for a word that names no day."""
    place = place_of(token)
    try:
        date.fromisoformat(place.value if place else "")
    except ValueError:
        return None
    return place


def _following(request: Request, found: Sequence[DecisionView]) -> str:
    """Return the address of the next page with the same filters, "" at the end."""
    if len(found) <= ON_A_PAGE:
        return ""
    last = found[ON_A_PAGE - 1]
    words = request.GET.copy()
    words["after"] = token_of(Place(last.decided_on.isoformat(), last.id))
    return f"?{words.urlencode()}"


def _cells(one: DecisionView, file: str, zone: tzinfo) -> Iterator[str]:
    """Yield what the log said, its times where the organisation is."""
    at = one.decided_at
    yield at.astimezone(zone).isoformat() if at else one.decided_on.isoformat()
    texts = one.texts or dict.fromkeys(LIMITS, "erased")
    yield from (texts[name] for name in (Column.RESPONSIBLE, Column.SUBJECT, Column.DECISION))
    yield from (one.share.value, ANSWERS[one.is_overridden], texts[Column.WHY])
    yield from (str(one.line), file, "yes" if one.is_withdrawn else "no")
