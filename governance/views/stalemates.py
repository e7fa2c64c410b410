"""A round before the sponsor: each side says how it sees it, the sponsor decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from governance.choices import Resolved
from governance.forms.stalemates import DissentForm, ResolveForm
from governance.operations.ceremony import IntentRefusedError, WishRefusedError
from governance.operations.escalations import DissentRefusedError, state_dissent
from governance.operations.resolutions import ONLY_SPONSOR, begin_resolving
from governance.queries.gate_page import GateRounds
from governance.rules.escalations import ONLY_SIDES
from governance.rules.recusals import stepped_back
from governance.views.gates import show_gate
from governance.views.signing import session_ref
from governance.views.stale import stale_form
from journal.clock import now
from kernel.refusals import Blocker, ForbiddenError
from people.http import Request


@login_required
@require_POST
def gate_dissent(request: Request, pk: int) -> HttpResponse:
    found = GateRounds(pk, request.authority)
    if found.side is None:
        only = Blocker("not_yours", ONLY_SIDES)
        raise ForbiddenError(stepped_back() if found.has_recused else only)
    form = DissentForm(request.POST, auto_id="id_dissent-%s")
    if form.is_valid():
        text = form.cleaned_data["text"]
        with form.telling(DissentRefusedError):
            state_dissent(round_id=pk, text=text, actor=request.user, at=now())
            messages.success(request, "Stated. It stays with whatever is decided.")
            return redirect("governance:gate-detail", pk)
    return show_gate(request, found, {"dissent_form": form}, status=422)


@login_required
@require_POST
def gate_resolve(request: Request, pk: int) -> HttpResponse:
    found = GateRounds(pk, request.authority)
    if not request.authority.is_sponsor:
        raise ForbiddenError(ONLY_SPONSOR)
    form = ResolveForm(request.POST, ways=Resolved, auto_id="id_resolve-%s")
    if form.is_valid():
        try:
            intent = begin_resolving(
                round_id=pk,
                way=Resolved(form.cleaned_data["way"]),
                reason=form.cleaned_data["reason"],
                seen=form.seen(),
                session_ref=session_ref(request),
                actor=request.user,
                at=now(),
            )
        except IntentRefusedError as refusal:
            return stale_form(request, pk, *refusal.blockers)
        except WishRefusedError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("governance:step-up", intent.nonce)
    return show_gate(request, found, {"resolve_form": form}, status=422)
