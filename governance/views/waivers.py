"""Waiving a point of a gate: a page of its own, led to from the point."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from governance.choices import RoundState
from governance.forms.gates import WaiveForm
from governance.operations.waivers import WaiverRefusedError, waive_criterion
from governance.queries.gate_page import GateRounds
from governance.queries.rounds import may_drive
from governance.rules.criteria import may_excuse
from governance.views.stale import prepared_no_more
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.http import Request, posted

ONLY_DRIVERS = Blocker("not_yours", "Only a lead of the initiative, the CIO or the CHRO can.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gate_waive(request: Request, pk: int, criterion: str) -> HttpResponse:
    found = GateRounds(pk, request.authority)
    known = {one.key: one for one in found.playbook.criteria_of(found.round.gate)}
    about = known.get(criterion)
    is_draft = found.round.state == RoundState.DRAFT
    if about is None or not (is_draft or request.method == "POST"):
        raise NotVisibleError
    if not may_drive(request.user, found.initiative, now()) or not may_excuse(found.gate, about):
        raise ForbiddenError(ONLY_DRIVERS)
    if not is_draft:
        return prepared_no_more(request, pk, found.round.state)
    form = WaiveForm(posted(request))
    if form.is_valid():
        with form.telling(WaiverRefusedError):
            waive_criterion(
                initiative=found.initiative,
                criterion=criterion,
                waiver=form.waiver,
                actor=request.user,
                at=now(),
            )
            messages.success(request, "It stands in the text that both sides will sign.")
            return redirect("governance:gate-detail", pk)
    context = {"form": form, "found": found, "criterion": about}
    return page(request, "governance/gates/waive.html", context, status=422 if form.errors else 200)
