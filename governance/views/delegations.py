"""Somebody signs for me: written, answered, seen, revoked."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms.delegations import AnswerForm, DelegationForm, RevokeForm
from governance.operations.delegations import (
    DelegationRefusedError,
    answer_delegation,
    revoke_delegation,
    write_delegation,
)
from governance.queries.delegation_pages import (
    DelegationPage,
    delegations_for,
    get_delegation,
    initiatives_to_name,
)
from initiatives.queries.days import home_day
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.http import Request, posted
from people.queries import active_people, get_person

LIST = "governance:delegation-list"
ONLY_KEYS = Blocker("not_yours", "Only the CIO and the CHRO can let somebody sign for them.")
NOT_ASKED = Blocker("not_yours", "Only the person who is asked can answer.")
NOT_TO_REVOKE = Blocker(
    "not_yours", "Only whoever holds that office, or the sponsor, can revoke this."
)


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


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delegation_write(request: Request) -> HttpResponse:
    if request.authority.key_side is None:
        raise ForbiddenError(ONLY_KEYS)
    at = now()
    form = _form(request, at)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        to = get_person(given["to"])
        if to is None:
            raise NotVisibleError
        with form.telling(DelegationRefusedError):
            row = write_delegation(
                to=to,
                first=given["first"],
                last=given["last"],
                scope=form.scope,
                reason=given["reason"],
                actor=request.user,
                at=at,
            )
            messages.success(request, f"{to.name} is asked. It counts once taken on.")
            return redirect("governance:delegation-detail", row.pk)
    context = {"form": form, "side": request.authority.key_side}
    status = 422 if form.errors else 200
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
        raise ForbiddenError(NOT_ASKED)
    form = AnswerForm(request.POST)
    if form.is_valid():
        accepts = form.cleaned_data["answer"] == "yes"
        with form.telling(DelegationRefusedError):
            answer_delegation(delegation_id=pk, accepts=accepts, actor=request.user, at=now())
            done = "Taken on. What waits for you stands at home." if accepts else "Not taken on."
            messages.success(request, done)
            return redirect("governance:delegation-detail", pk)
    return _show(request, found, answer_form=form, status=422)


@login_required
@require_POST
def delegation_revoke(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not (request.authority.is_sponsor or request.authority.key_side == found.shown.side):
        raise ForbiddenError(NOT_TO_REVOKE)
    form = RevokeForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with form.telling(DelegationRefusedError):
            revoke_delegation(delegation_id=pk, reason=reason, actor=request.user, at=now())
            messages.success(request, f"Revoked. {found.shown.to} signs in that place no more.")
            return redirect("governance:delegation-detail", pk)
    return _show(request, found, revoke_form=form, status=422)


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
