"""Taking things back: one's own signature, one's side's decline; and contesting the other's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from governance.forms.gates import ReasonForm, RefusableForm
from governance.operations.refusals import (
    RefusalRefusedError,
    contest_decline,
    take_back_decline,
)
from governance.operations.signatures import SigningRefusedError, withdraw_signature
from governance.queries.gate_page import GateRounds
from governance.views.gates import show_gate
from journal.clock import now
from kernel.refusals import ForbiddenError, NotVisibleError, RefusedError
from people.http import Request


@login_required
@require_POST
def signature_withdraw(request: Request, pk: int, signature: int) -> HttpResponse:
    found = _with_act(request, pk, signature)
    form = ReasonForm(request.POST, auto_id="id_reason-%s")
    if form.is_valid():
        try:
            withdraw_signature(
                signature_id=signature,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                at=now(),
            )
        except SigningRefusedError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, "Your signature is withdrawn. Your half is open again.")
            return redirect("governance:gate-detail", pk)
    return show_gate(request, found, {"reason_form": form}, status=422)


@login_required
@require_POST
def decline_take_back(request: Request, pk: int, decline: int) -> HttpResponse:
    found = _with_decline(request, pk, decline)
    form = ReasonForm(request.POST, auto_id="id_reason-%s")
    if form.is_valid():
        try:
            take_back_decline(
                decline_id=decline,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                at=now(),
            )
        except RefusalRefusedError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, "The decline is taken back. The gate is in review again.")
            return redirect("governance:gate-detail", pk)
    return show_gate(request, found, {"reason_form": form}, status=422)


@login_required
@require_POST
def decline_contest(request: Request, pk: int, decline: int) -> HttpResponse:
    found = _with_decline(request, pk, decline)
    form = ReasonForm(request.POST, auto_id="id_reason-%s")
    if form.is_valid():
        try:
            contest_decline(
                decline_id=decline,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                at=now(),
            )
        except RefusalRefusedError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, "Contested. The sides disagree; the sponsor can see it.")
            return redirect("governance:gate-detail", pk)
    return show_gate(request, found, {"reason_form": form}, status=422)


def _with_act(request: Request, pk: int, signature: int) -> GateRounds:
    found = GateRounds(pk, request.authority)
    if all(one.id != signature for one in found.acts):
        raise NotVisibleError
    return found


def _with_decline(request: Request, pk: int, decline: int) -> GateRounds:
    found = GateRounds(pk, request.authority)
    if all(one.decline_id != decline for one in found.acts):
        raise NotVisibleError
    return found


def _refuse(form: RefusableForm, refusal: RefusedError) -> None:
    """Show the reasons, unless the person may not do this at all.

    :raises ForbiddenError: when it is not this person's to do.
    """
    if "not_yours" in refusal.codes:
        raise ForbiddenError(*refusal.blockers)
    form.add_refusal(refusal)
