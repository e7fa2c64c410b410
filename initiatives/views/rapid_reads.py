"""Rapid reads: what is due, one page for both sides, and beginning one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.choices import ReadOutcome
from initiatives.forms.rapid_reads import ReadForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.rapid_reads import ReadRefusedError, start_read
from initiatives.queries.days import home_day, working_days
from initiatives.queries.memberships import only_reads
from initiatives.queries.rapid_reads import get_read, reads_page, speaker_facts
from initiatives.queries.rapid_views import ReadView, read_view
from initiatives.queries.visibility import reads_code
from initiatives.rules.rapid_decisions import blockers_to_take_part
from initiatives.rules.rapid_reads import ONLY_READS, side_spoken, sides_open, usual_date
from journal.clock import now
from kernel.numbers import page_number, whole_number
from kernel.pages import page
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from people.http import Request, posted
from playbook.editions import current

DETAIL = "initiatives:rapid-read-detail"


@login_required
@require_safe
def rapid_read_list(request: Request) -> HttpResponse:
    number = page_number(request.GET.get("page", ""))
    found = reads_page(request.authority, on=home_day(now()), number=number)
    context = {
        "found": found,
        "has_template": bool(current().rapid_read.questions),
        "may_start": not only_reads(request.authority),
        "previous": f"?page={number - 1}" if number > 1 else "",
        "next": f"?page={number + 1}" if found.has_next else "",
    }
    return page(request, "initiatives/rapid_reads/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rapid_read_form(request: Request) -> HttpResponse:
    if only_reads(request.authority):
        raise ForbiddenError(ONLY_READS)
    at = now()
    before = _before(request)
    initial: dict[str, object] = {"decide_by": usual_date(home_day(at), working_days())}
    if before is not None and not before.is_erased:
        initial |= {"name": before.name, "seen": before.seen}
    form = ReadForm(posted(request), side=request.authority.key_side, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            read = start_read(
                actor=request.user,
                side=Side(given["side"]),
                name=given["name"],
                seen=given["seen"],
                decide_by=given["decide_by"],
                before_id=before.id if before else None,
                at=at,
            )
        except ReadRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, "Begun. Both sides can answer their half.")
            return redirect(DETAIL, read.pk)
    context = {
        "form": form,
        "key_side": request.authority.key_side,
        "before": before,
        "has_template": bool(current().rapid_read.questions),
    }
    status = 422 if form.errors else 200
    return page(request, "initiatives/rapid_reads/form.html", context, status=status)


@login_required
@require_safe
def rapid_read_detail(request: Request, pk: int) -> HttpResponse:
    row = get_read(pk, request.authority)
    read = read_view(row, home_day(now()))
    facts = speaker_facts(row, request.authority)
    writes = sides_open(facts) if read.is_open else ()
    takes_part = read.is_open and not [*blockers_to_take_part(facts)]
    own = side_spoken(facts)
    context = {
        "read": read,
        "halves": [(half, half.side in writes) for half in read.halves],
        "may_decide": takes_part and len(read.written) == len(Side),
        "may_confirm": takes_part and read.decision is not None and read.decision.side != own,
        "waits_for": [side for side in Side if side not in read.written],
        "may_propose": read.outcome == ReadOutcome.TRY and not facts.only_reads,
        "may_start": not read.is_open and not facts.only_reads,
        "may_open": bool(read.code) and reads_code(read.code, request.authority),
    }
    return page(request, "initiatives/rapid_reads/detail.html", context)


def _before(request: Request) -> ReadView | None:
    """Return the read that is taken up again, where the address or the form names one.

    :raises NotVisibleError: when it is not the reader's to see.
    """
    word = (request.POST if request.method == "POST" else request.GET).get("before", "")
    if not word:
        return None
    number = whole_number(word)
    if number is None:
        raise NotVisibleError
    return read_view(get_read(number, request.authority), home_day(now()))
