"""Deciding a rapid read: one side proposes, the other confirms."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from initiatives.forms.rapid_reads import ConfirmForm, DecisionForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.rapid_decisions import (
    CHANGED,
    DecisionRefusedError,
    DecisionStaleError,
    confirm_decision,
    propose_decision,
)
from initiatives.operations.rapid_reads import ReadDecidedError
from initiatives.queries.days import home_day
from initiatives.queries.rapid_reads import get_read, speaker_facts
from initiatives.queries.rapid_views import ReadView, read_view
from initiatives.rules.rapid_decisions import blockers_to_take_part
from journal.clock import now
from kernel.pages import page
from kernel.refusals import ForbiddenError
from people.http import Request, posted

DETAIL = "initiatives:rapid-read-detail"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rapid_read_decide(request: Request, pk: int) -> HttpResponse:
    read = _read(request, pk)
    if not read.is_open and request.method != "POST":
        return redirect(DETAIL, pk)
    newest = read.decision.n if read.decision else 0
    form = DecisionForm(posted(request), initial={"expected": newest})
    if request.method != "POST":
        return _shown(request, read, form)
    if status := _propose(request, read, form) if form.is_valid() else 422:
        return _shown(request, read, form, status=status)
    messages.success(request, "Proposed. It counts once the other side confirms it.")
    return redirect(DETAIL, pk)


def _propose(request: Request, read: ReadView, form: DecisionForm) -> int:
    """Propose what was typed; return the status of the page that says why not, or 0."""
    try:
        propose_decision(actor=request.user, read_id=read.id, at=now(), **form.given())
    except (ReadDecidedError, DecisionStaleError) as stale:
        # What was typed stays; the next try answers the decision that the page shows now.
        form.data = {
            **request.POST.dict(),
            "expected": str(read.decision.n if read.decision else 0),
        }
        add_blockers(form, stale)
        return 409
    except DecisionRefusedError as refusal:
        add_blockers(form, refusal)
        return 422
    return 0


@login_required
@require_POST
def rapid_read_confirm(request: Request, pk: int) -> HttpResponse:
    _read(request, pk)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise DecisionStaleError(CHANGED)
    confirm_decision(
        actor=request.user,
        read_id=pk,
        decision_id=form.cleaned_data["decision"],
        seen=form.cleaned_data["seen"],
        at=now(),
    )
    messages.success(request, "Decided by both sides.")
    return redirect(DETAIL, pk)


def _read(request: Request, pk: int) -> ReadView:
    """Return a read that the person may decide for a side.

    :raises NotVisibleError, ForbiddenError: for everybody else.
    """
    row = get_read(pk, request.authority)
    if blockers := [*blockers_to_take_part(speaker_facts(row, request.authority))]:
        raise ForbiddenError(*blockers)
    return read_view(row, home_day(now()))


def _shown(
    request: Request, read: ReadView, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    context = {"read": read, "form": form, "waits_for": [one for one in read.halves if not one.n]}
    return page(request, "initiatives/rapid_reads/decide.html", context, status=status)
