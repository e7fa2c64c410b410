"""The record: decisions, journal, a check that every office can start, and the whole as a file."""

from itertools import islice

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_POST, require_safe

from governance.forms.record import DecisionFilterForm, JournalFilterForm
from governance.operations.exports import export_record
from governance.queries.exports import csv_lines, json_lines, last_entry
from governance.queries.journal_page import JournalFilters, journal
from governance.queries.record import DecisionFilters, decisions
from journal.clock import now
from journal.verification import at_one_moment, verify
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.http import Request
from playbook.editions import current

ONLY_OFFICES = Blocker("not_yours", "Only office holders may check or take the record.")
LAST_LINKS = 4
MOST_FINDINGS = 5
# What one request may check while somebody waits; a longer record is checked by the command.
MOST_ENTRIES = 20_000
LARGEST = 2**62
MOST_DIGITS = 20


@login_required
@require_safe
def record_list(request: Request) -> HttpResponse:
    form = DecisionFilterForm(request.GET)
    filters = form.filters if form.is_valid() else DecisionFilters()
    found = decisions(
        request.authority, filters, playbook=current(), after=request.GET.get("after", "")
    )
    context = {
        "form": form,
        "found": found,
        "is_filtered": filters != DecisionFilters(),
        "links": journal(
            request.authority, JournalFilters(), zone=request.user.zone, size=LAST_LINKS
        ).rows,
        "next": _following(request, found.after),
    }
    return page(request, "governance/record/list.html", context)


@login_required
@require_safe
def journal_list(request: Request) -> HttpResponse:
    form = JournalFilterForm(request.GET)
    filters = form.filters if form.is_valid() else JournalFilters()
    place = _place(request.GET.get("after", ""))
    found = journal(request.authority, filters, zone=request.user.zone, before=place)
    context = {
        "form": form,
        "found": found,
        "is_filtered": filters != JournalFilters(),
        "next": _following(request, str(found.after or "")),
    }
    return page(request, "governance/record/journal.html", context)


@login_required
@require_POST
def record_check(request: Request) -> HttpResponse:
    """Run the same check as the command `verify_journal`, as far as it fits in a request.

    Only offices may: it reads the whole record, and costs seconds.
    """
    if not request.authority.reads_everything:
        raise ForbiddenError(ONLY_OFFICES)
    last = last_entry()
    with at_one_moment():
        findings = [*islice(verify(), MOST_FINDINGS)] if last <= MOST_ENTRIES else []
    context = {
        "last": last,
        "is_too_long": last > MOST_ENTRIES,
        "findings": findings,
        "checked_at": now(),
    }
    return page(request, "governance/record/check.html", context)


@login_required
@require_POST
def record_export(request: Request, form: str) -> HttpResponse | StreamingHttpResponse:
    lines = {"csv": csv_lines, "json": json_lines}.get(form)
    if lines is None:
        raise NotVisibleError
    if not request.authority.reads_everything:
        raise ForbiddenError(ONLY_OFFICES)
    until = export_record(form=form, actor=request.user, at=now())
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    return StreamingHttpResponse(
        lines(until),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="record-{until}.{form}"'},
    )


def _place(word: str) -> int:
    """Return the number of the entry a page begins before; 0 for the newest page."""
    is_number = word.isascii() and word.isdigit()
    return min(int(word[:MOST_DIGITS]), LARGEST) if is_number else 0


def _following(request: Request, after: str) -> str:
    """Return the address of the next page with the same filters, "" at the end."""
    if not after:
        return ""
    words = request.GET.copy()
    words["after"] = after
    return f"{request.path}?{words.urlencode()}"
