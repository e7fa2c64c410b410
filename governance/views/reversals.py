"""Taking things back: one's own signature, one's side's decline; and contesting the other's."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from governance.forms.gates import ReasonForm
from governance.operations.refusals import (
    RefusalRefusedError,
    contest_decline,
    take_back_decline,
)
from governance.operations.signatures import SigningRefusedError, withdraw_signature
from governance.queries.gate_page import GateRounds
from governance.views.gates import show_gate
from journal.clock import now
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.http import Request

NOT_YOUR_SIGNATURE = Blocker("not_yours", "Only the person who signed may withdraw it.")
NOT_YOUR_SIDE = Blocker("not_yours", "This is for one of the two sides, and not for yours.")


@login_required
@require_POST
def signature_withdraw(request: Request, pk: int, signature: int) -> HttpResponse:
    found = _with_act(request, pk, signature)
    return _reverse(
        request,
        found,
        partial(withdraw_signature, signature_id=signature),
        "Your signature is withdrawn. Your half is open again.",
    )


@login_required
@require_POST
def decline_take_back(request: Request, pk: int, decline: int) -> HttpResponse:
    found = _with_decline(request, pk, decline, is_own=True)
    return _reverse(
        request,
        found,
        partial(take_back_decline, decline_id=decline),
        "The decline is taken back. The gate is in review again.",
    )


@login_required
@require_POST
def decline_contest(request: Request, pk: int, decline: int) -> HttpResponse:
    found = _with_decline(request, pk, decline, is_own=False)
    return _reverse(
        request,
        found,
        partial(contest_decline, decline_id=decline),
        "Contested. The sides disagree; the sponsor can see it.",
    )


def _reverse(
    request: Request, found: GateRounds, act: Callable[..., object], done: str
) -> HttpResponse:
    """Do `act` for the reason typed and say that it is `done`, or show the gate with the no."""
    form = ReasonForm(request.POST, auto_id="id_reason-%s")
    if form.is_valid():
        try:
            act(reason=form.cleaned_data["reason"], actor=request.user, at=now())
        except (SigningRefusedError, RefusalRefusedError) as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, done)
            return redirect("governance:gate-detail", found.round.pk)
    return show_gate(request, found, {"reason_form": form}, status=422)


def _with_act(request: Request, pk: int, signature: int) -> GateRounds:
    found = GateRounds(pk, request.authority)
    act = next((one for one in found.acts if one.id == signature), None)
    if act is None:
        raise NotVisibleError
    if not act.is_of(request.user.pk):
        raise ForbiddenError(NOT_YOUR_SIGNATURE)
    return found


def _with_decline(request: Request, pk: int, decline: int, *, is_own: bool) -> GateRounds:
    """Find a decline for the side that declined, or for the other one."""
    found = GateRounds(pk, request.authority)
    act = next((one for one in found.acts if one.decline_id == decline), None)
    if act is None:
        raise NotVisibleError
    side = found.side
    if side is None or (side == act.side) is not is_own:
        raise ForbiddenError(NOT_YOUR_SIDE)
    return found
