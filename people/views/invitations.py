"""Invitations: an administrator sends them, whoever has the link comes in by it once."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from journal.clock import now
from journal.queries import installation
from kernel.pages import page
from kernel.refusals import Blocker, NotVisibleError
from people.adapter import address_of, come_in
from people.choices import Office
from people.forms.invitations import AcceptanceForm, InvitationForm
from people.forms.refusals import add_blockers
from people.http import Request, must_keep, posted
from people.operations.invitations import (
    InvitationClosedError,
    InvitationRefusedError,
    Opened,
    accept_invitation,
    closed_because,
    find_invitation,
    invite,
    send_invitation_again,
    withdraw_invitation,
)
from people.operations.persons import PersonRefusedError
from people.queries import get_invitation

LIST = "people:office-list"
NOWHERE = Blocker("nowhere", "It was copied in part, or a newer one has been sent since.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_add(request: Request) -> HttpResponse:
    must_keep(request)
    form = InvitationForm(posted(request), initial={"office": request.GET.get("office", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            invitation = invite(
                actor=request.user,
                email=given["email"],
                office=Office(given["office"]) if given["office"] else None,
                title=given["title"],
                at=now(),
            )
        except InvitationRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, f"A link goes to {invitation.email}. It opens for 14 days.")
            return redirect(LIST)
    return page(
        request, "people/invitations/add.html", {"form": form}, status=422 if form.errors else 200
    )


@login_required
@require_POST
def invitation_send(request: Request, invitation_id: int) -> HttpResponse:
    invitation = _kept(request, invitation_id)
    send_invitation_again(actor=request.user, invitation=invitation, at=now())
    messages.success(request, f"A new link goes to {invitation.email}. The old one is closed.")
    return redirect(LIST)


@login_required
@require_POST
def invitation_withdraw(request: Request, invitation_id: int) -> HttpResponse:
    invitation = _kept(request, invitation_id)
    withdraw_invitation(actor=request.user, invitation=invitation, at=now())
    messages.success(request, f"The invitation to {invitation.email} opens nothing any more.")
    return redirect(LIST)


def _kept(request: Request, invitation_id: int) -> Opened:
    """Return the invitation that an administrator changes."""
    must_keep(request)
    invitation = get_invitation(invitation_id)
    if invitation is None:
        raise NotVisibleError
    return invitation


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    if request.user.is_authenticated:
        return page(request, "people/invitations/elsewhere.html", {}, status=409)
    at = now()
    invitation = find_invitation(token=token, address=address_of(request), at=at)
    if invitation is None:
        return _closed(request, [NOWHERE], status=404)
    blockers = closed_because(invitation, at)
    return _closed(request, blockers, status=410) if blockers else _asked(request, invitation, at)


def _asked(request: HttpRequest, invitation: Opened, at: datetime) -> HttpResponse:
    """Ask for name, zone and password; the right ones let their owner in."""
    ours = installation()
    form = AcceptanceForm(posted(request), initial={"zone": ours.zone if ours else "UTC"})
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("name", "zone", "password")}
        try:
            return come_in(request, accept_invitation(invitation=invitation, at=at, **given))
        except InvitationClosedError as refusal:  # by another hand, a moment ago
            return _closed(request, refusal.blockers, status=410)
        except PersonRefusedError as refusal:
            add_blockers(form, refusal)
    context = {"form": form, "invitation": invitation, "organisation": ours}
    return page(
        request, "people/invitations/accept.html", context, status=422 if form.errors else 200
    )


def _closed(request: HttpRequest, blockers: Iterable[Blocker], *, status: int) -> HttpResponse:
    return page(request, "people/invitations/closed.html", {"blockers": blockers}, status=status)
