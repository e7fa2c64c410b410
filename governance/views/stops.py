"""Stopping an initiative: one person is enough. What was owed, and is done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from governance.forms.gates import ClosureForm, PauseForm
from governance.operations.commitments import ClosureRefusedError, close_commitment
from governance.operations.stops import PauseRefusedError, note_standstill, pause_initiative
from governance.queries.offers import get_commitment
from governance.queries.stops import may_note_standstill, may_pause, stops_of
from governance.views.stale import keeping
from initiatives.queries.memberships import part_of
from initiatives.queries.visibility import get_initiative
from initiatives.rules.codes import parse_code
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.http import Request, posted

NOT_TO_PAUSE = Blocker("not_yours", "Only the CIO, the CHRO or the sponsor may pause.")
NOT_TO_NOTE = Blocker("not_yours", "Only somebody who works on it, or who may pause it, says so.")
NOT_TO_CLOSE = Blocker("not_yours", "Only the side that asked for it can say that it is met.")
OWES_IT = Blocker("own", "The side that asked owes it itself: the other key says it is met.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_pause(request: Request, code: str) -> HttpResponse:
    number = parse_code(code)
    if number is None:
        raise NotVisibleError
    initiative = get_initiative(number, request.authority)
    if not may_pause(request.authority):
        raise ForbiddenError(NOT_TO_PAUSE)
    form = PauseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with form.telling(PauseRefusedError):
            pause = pause_initiative(
                initiative=initiative,
                reason=form.cleaned_data["reason"],
                is_exercise=form.cleaned_data["is_exercise"],
                actor=request.user,
                at=now(),
            )
            how = "paused in earnest, and the drill is over" if pause.replaces else "paused"
            messages.success(request, f"{initiative.code} is {how}. It takes both keys to go on.")
            return redirect("initiatives:initiative-detail", initiative.code)
        initiative = get_initiative(number, request.authority)  # somebody else was faster
    stops = stops_of(initiative)
    is_drill = initiative.is_paused and stops.now is not None and stops.now.is_exercise
    context = {"form": form, "initiative": initiative, "stops": stops, "is_drill": is_drill}
    status = 422 if form.errors else 200
    return page(request, "governance/stops/form.html", context, status=status)


@login_required
@require_POST
def initiative_standstill(request: Request, code: str) -> HttpResponse:
    number = parse_code(code)
    if number is None:
        raise NotVisibleError
    initiative = get_initiative(number, request.authority)
    if not may_note_standstill(part_of(initiative, request.authority), request.authority):
        raise ForbiddenError(NOT_TO_NOTE)
    note_standstill(initiative=initiative, actor=request.user, at=now())
    messages.success(request, "Noted. It is known now how long stopping took.")
    return redirect("initiatives:initiative-detail", initiative.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_close(request: Request, pk: int) -> HttpResponse:
    found = get_commitment(pk, now())
    if found is None:
        raise NotVisibleError
    commitment, number, is_closed = found
    initiative = get_initiative(number, request.authority)
    if request.authority.key_side != commitment.closed_by:
        is_own = commitment.closed_by != commitment.asked_by
        raise ForbiddenError(OWES_IT if is_own else NOT_TO_CLOSE)
    form = ClosureForm(posted(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        with form.telling(ClosureRefusedError):
            close_commitment(commitment_id=pk, note=note, actor=request.user, at=now())
            messages.success(request, "Closed. The condition is met.")
            return redirect("governance:home")
    context = {
        "form": form,
        "commitment": commitment,
        "initiative": initiative,
        "is_closed": is_closed,
    }
    status = 422 if form.errors else 200
    answer = page(request, "governance/commitments/form.html", context, status=status)
    return keeping(request, answer, form)
