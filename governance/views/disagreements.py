"""Disagreements: beside a gate, in a list of an initiative, and each on its own page."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms.disagreements import (
    BackForm,
    ConfirmForm,
    DeadlineForm,
    DecisionReasonForm,
    PositionForm,
    RaiseForm,
    SeenForm,
    SettlementForm,
)
from governance.operations.disagreeing import DisagreementRefusedError, DisagreementStaleError
from governance.operations.disagreements import (
    name_deadline,
    raise_disagreement,
    state_position,
)
from governance.operations.settlements import (
    ONLY_SPONSOR,
    confirm_settlement,
    decide_disagreement,
    offer_settlement,
    take_disagreement_back,
)
from governance.queries.disagreement_acts import acts_in
from governance.queries.disagreement_views import DisagreementView
from governance.queries.disagreements import disagreements_of, get_disagreement
from governance.queries.gate_page import GateRounds
from governance.views.stale import keeping
from initiatives.queries.days import home_day
from initiatives.queries.memberships import side_to_lead_for, side_to_write_for
from initiatives.queries.visibility import get_initiative
from initiatives.rules.codes import parse_code
from initiatives.rules.memberships import JOINT
from journal.clock import now
from kernel.numbers import page_number
from kernel.pages import page
from kernel.refusals import ForbiddenError, NotVisibleError
from people.http import Request, posted

UNWELCOME, CHANGED = 422, 409
FORMS: dict[str, type[SeenForm]] = {
    "position_form": PositionForm,
    "deadline_form": DeadlineForm,
    "settlement_form": SettlementForm,
    "confirm_form": ConfirmForm,
    "decision_form": DecisionReasonForm,
    "back_form": BackForm,
}


@login_required
@require_safe
def disagreement_list(request: Request, code: str) -> HttpResponse:
    number = parse_code(code)
    if number is None:
        raise NotVisibleError
    initiative = get_initiative(number, request.authority)
    at = page_number(request.GET.get("page", ""))
    found = disagreements_of(initiative, today=home_day(now()), number=at)
    context = {
        "initiative": initiative,
        "found": found,
        "previous": f"?page={at - 1}" if at > 1 else "",
        "next": f"?page={at + 1}" if found.has_next else "",
    }
    return page(request, "governance/disagreements/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def disagreement_form(request: Request, pk: int) -> HttpResponse:
    """Say what one disagrees about, beside the gate of a round."""
    gate = GateRounds(pk, request.authority)
    side = side_to_write_for(gate.initiative, request.authority, side=JOINT)
    form = RaiseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = raise_disagreement(actor=request.user, round_id=pk, at=now(), **form.cleaned_data)
        except DisagreementRefusedError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "Written down. The other side is asked for its position.")
            return redirect("governance:disagreement-detail", row.pk)
    context = {"found": gate, "side": side, "form": form}
    status = 422 if form.errors else 200
    return page(request, "governance/disagreements/form.html", context, status=status)


@login_required
@require_safe
def disagreement_detail(request: Request, pk: int) -> HttpResponse:
    return _show(request, _found(request, pk))


@login_required
@require_POST
def disagreement_state(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    side_to_write_for(found.initiative, request.authority, side=JOINT)
    told = "Written down. Both sides read it."
    return _do(request, found, "position_form", state_position, told=told)


@login_required
@require_POST
def disagreement_date(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    side_to_lead_for(found.initiative, request.authority)
    told = "Day named. It counts once both sides have named it."
    return _do(request, found, "deadline_form", name_deadline, told=told)


@login_required
@require_POST
def disagreement_settle(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    side_to_lead_for(found.initiative, request.authority)
    told = "Written down. The other side is asked to confirm it."
    return _do(request, found, "settlement_form", offer_settlement, told=told)


@login_required
@require_POST
def disagreement_confirm(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    side_to_lead_for(found.initiative, request.authority)
    return _do(request, found, "confirm_form", confirm_settlement, told="Settled by both sides.")


@login_required
@require_POST
def disagreement_decide(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not request.authority.is_sponsor:
        raise ForbiddenError(ONLY_SPONSOR)
    return _do(
        request, found, "decision_form", decide_disagreement, told="Settled. Both sides read it."
    )


@login_required
@require_POST
def disagreement_take_back(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    side_to_write_for(found.initiative, request.authority, side=JOINT)
    told = "Taken back. It stays readable."
    return _do(request, found, "back_form", take_disagreement_back, told=told)


def _found(request: Request, pk: int) -> DisagreementView:
    return get_disagreement(pk, request.authority, today=home_day(now()))


def _do(
    request: Request,
    found: DisagreementView,
    name: str,
    operation: Callable[..., object],
    *,
    told: str,
) -> HttpResponse:
    """Do what the form asks for; else show the page again with what was typed, and why not."""
    form = FORMS[name](request.POST, auto_id=f"id_{name}-%s")
    status = UNWELCOME
    if form.is_valid():
        try:
            operation(actor=request.user, disagreement_id=found.id, at=now(), **form.cleaned_data)
        except DisagreementStaleError as refusal:
            form.add_refusal(refusal)
            status = CHANGED
        except DisagreementRefusedError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, told)
            return redirect("governance:disagreement-detail", found.id)
    seen = form.cleaned_data.get("seen") if status == UNWELCOME else None
    return _show(request, _found(request, found.id), sent={name: form}, seen=seen, status=status)


def _show(
    request: Request,
    found: DisagreementView,
    *,
    sent: dict[str, SeenForm] | None = None,
    seen: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with its page; `seen` keeps what a refused form was opened upon."""
    context = {
        "found": found,
        "acts": acts_in(found, request.authority),
        "seen": found.version if seen is None else seen,
        "refused": next(iter((sent or {}).values()), None),
        **{name: form(auto_id=f"id_{name}-%s") for name, form in FORMS.items()},
        **(sent or {}),
    }
    answer = page(request, "governance/disagreements/detail.html", context, status=status)
    return keeping(request, answer, *(sent or {}).values())
