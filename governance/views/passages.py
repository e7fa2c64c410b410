"""A gate that passed: both halves, what happens next, and the proof. Printed, a certificate."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from governance.choices import RoundState
from governance.queries.desk import next_for
from governance.queries.disagreement_acts import may_disagree
from governance.queries.disagreements import disagreed
from governance.queries.gate_page import GateRounds
from governance.queries.passages import passage_page
from governance.queries.recusals import places_in
from journal.clock import now
from kernel.pages import page
from people.http import Request


@login_required
@require_safe
def gate_signed(request: Request, pk: int) -> HttpResponse:
    found = GateRounds(pk, request.authority)
    if found.round.state != RoundState.PASSED:
        messages.info(request, "This gate is not closed yet: not both halves are signed.")
        return redirect("governance:gate-detail", pk)
    side = request.authority.key_side
    context = {
        "found": passage_page(found, now()),
        "may_disagree": may_disagree(found.initiative, request.authority),
        **disagreed(found.round, now()),
        "places": places_in(found.recusals, found.round, now()),
        "next": next_for(side, request.authority, found.playbook) if side else None,
    }
    return page(request, "governance/gates/signed.html", context)
