"""Somebody signs for me: written, answered, seen, revoked."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms.delegations import AnswerForm, DelegationForm, RevokeForm
from governance.operations.delegations import (
    WrittenAlreadyError,
    answer_delegation,
    revoke_delegation,
    write_delegation,
)
from governance.operations.lending import DelegationRefusedError
from governance.queries.delegation_pages import (
    DelegationPage,
    delegations_for,
    get_delegation,
    initiatives_to_name,
)
from governance.queries.step_up import asks_by_office
from governance.rules.delegations import NOT_ASKED, NOT_TO_REVOKE, NOT_TO_UNNAME, ONLY_KEYS
from initiatives.queries.days import home_day
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError, RefusedError
from people.confirming import Confirmation
from people.http import Request, posted
from people.queries import active_people, get_person

LIST = "governance:delegation-list"


@login_required
@require_safe
def delegation_list(request: Request) -> HttpResponse:
    found = delegations_for(request.user, request.authority, now())
    context = {
        "mine": [one for one in found if one.by_id == request.user.pk],
        "asked": [one for one in found if one.to_id == request.user.pk],
        "others": [one for one in found if request.user.pk not in (one.by_id, one.to_id)],
        "side": request.authority.key_side,
    }
    return page(request, "governance/delegations/list.html", context)


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delegation_write(request: Request) -> HttpResponse:
    if request.authority.key_side is None:
        raise ForbiddenError(Blocker("not_yours", ONLY_KEYS))
    form = _form(request, now())
    proof = Confirmation(request, office_asks=asks_by_office(request.authority.offices))
    if request.method == "POST" and form.is_valid():
        written = _written(request, form, proof)
        if written is not None:
            return written
    context = {"form": form, "proof": proof, "side": request.authority.key_side}
    status = proof.status(form)
    return page(request, "governance/delegations/form.html", context, status=status)


@login_required
@require_safe
def delegation_detail(request: Request, pk: int) -> HttpResponse:
    return _show(request, _found(request, pk))


@login_required
@require_POST
def delegation_answer(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if found.shown.to_id != request.user.pk:
        raise ForbiddenError(Blocker("not_yours", NOT_ASKED))
    form = AnswerForm(request.POST)
    if form.is_valid():
        accepts = form.cleaned_data["answer"] == "yes"
        with form.telling(DelegationRefusedError):
            answer_delegation(delegation_id=pk, accepts=accepts, actor=request.user, at=now())
            done = "Taken on. What waits for you stands at home." if accepts else "Not taken on."
            messages.success(request, done)
            return redirect("governance:delegation-detail", pk)
    return _show(request, _found(request, pk), answer_form=form, status=422)


@login_required
@require_POST
def delegation_revoke(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not (request.authority.is_sponsor or request.authority.key_side == found.shown.side):
        words = NOT_TO_UNNAME if found.shown.named_by else NOT_TO_REVOKE
        raise ForbiddenError(Blocker("not_yours", words))
    form = RevokeForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with form.telling(DelegationRefusedError):
            revoke_delegation(delegation_id=pk, reason=reason, actor=request.user, at=now())
            messages.success(request, f"Revoked. {found.shown.to} signs in that place no more.")
            return redirect("governance:delegation-detail", pk)
    return _show(request, _found(request, pk), revoke_form=form, status=422)


def _written(
    request: Request, form: DelegationForm, confirmation: Confirmation
) -> HttpResponse | None:
    """Ask as the holder, who proves to be here; None where the forms say why not."""
    given = form.cleaned_data
    to = get_person(given["to"])
    if to is None:
        raise NotVisibleError
    proof = confirmation.prove()
    if proof is None:
        return None
    with form.telling(RefusedError):  # whatever the act refuses that is confirmed here
        try:
            asked = write_delegation(
                to=to,
                first=given["first"],
                last=given["last"],
                scope=form.scope,
                reason=given["reason"],
                proof=proof,
                actor=request.user,
                at=now(),
            ).pk
        except WrittenAlreadyError as twice:
            asked = twice.delegation_id
        messages.success(request, f"{to.name} is asked. It counts once taken on.")
        return redirect("governance:delegation-detail", asked)
    return None


def _found(request: Request, pk: int) -> DelegationPage:
    return get_delegation(pk, request.user, request.authority, now())


def _show(
    request: Request,
    found: DelegationPage,
    *,
    answer_form: AnswerForm | None = None,
    revoke_form: RevokeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "found": found,
        "one": found.shown,
        "answer_form": answer_form,
        "revoke_form": revoke_form or RevokeForm(),
        "refused": answer_form or revoke_form,
    }
    return page(request, "governance/delegations/detail.html", context, status=status)


def _form(request: Request, at: datetime) -> DelegationForm:
    people = [
        (one.pk, f"{one.name}, {one.title}" if one.title else one.name)
        for one in active_people()
        if one.pk != request.user.pk
    ]
    named = [(one.pk, f"{one.code} {one.name}") for one in initiatives_to_name()]
    return DelegationForm(posted(request), people=people, initiatives=named, today=home_day(at))
