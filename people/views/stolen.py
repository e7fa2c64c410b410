"""Report a means of signing in as stolen: for oneself, or as an administrator for somebody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journal.clock import now
from kernel.pages import page
from kernel.refusals import NotVisibleError
from people.choices import Means
from people.factors import passkeys_of
from people.forms.refusals import add_blockers
from people.forms.stolen import StolenForm
from people.http import Request, must_keep, posted
from people.operations.identity import has_second_factor
from people.operations.stolen import ReportRefusedError, report_stolen
from people.queries import get_person

Choices = list[tuple[str, str]]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stolen_own(request: Request) -> HttpResponse:
    """Report one's own passkey or app; a password is reported where it is changed."""
    user = request.user
    means: Choices = [
        *((f"passkey-{one.pk}", f"Passkey “{one.name}”") for one in passkeys_of(user)),
        *([(str(Means.APP), str(Means.APP.label))] if has_second_factor(user) else []),
    ]
    form = StolenForm(posted(request), means=means)
    if request.method == "POST" and form.is_valid():
        which, passkey_id = form.chosen
        try:
            report_stolen(actor=user, user=user, means=which, passkey_id=passkey_id, at=now())
        except ReportRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            request.session.flush()
            messages.success(request, "It is reported, and opens nothing more. Sign in again.")
            return redirect("account_login")
    context = {"form": form, "has_means": bool(means), "person": None}
    status = 422 if form.errors else 200
    return page(request, "people/stolen/form.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stolen_of(request: Request, user_id: int) -> HttpResponse:
    """Report it for somebody who cannot come in."""
    must_keep(request)
    person = get_person(user_id)
    if person is None or not person.is_active:
        raise NotVisibleError
    if person.pk == request.user.pk:
        return redirect("people:stolen-own")
    held = passkeys_of(person)
    # An administrator has no need to know what somebody calls their devices.
    means: Choices = [
        *((f"passkey-{one.pk}", f"Passkey {at} of {len(held)}") for at, one in enumerate(held, 1)),
        *([(str(Means.APP), str(Means.APP.label))] if has_second_factor(person) else []),
        (str(Means.PASSWORD), str(Means.PASSWORD.label)),
    ]
    form = StolenForm(posted(request), means=means)
    if request.method == "POST" and form.is_valid():
        which, passkey_id = form.chosen
        try:
            report_stolen(
                actor=request.user, user=person, means=which, passkey_id=passkey_id, at=now()
            )
        except ReportRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, f"Reported for {person.name}: it opens nothing more.")
            return redirect("people:office-list")
    context = {"form": form, "has_means": True, "person": person}
    status = 422 if form.errors else 200
    return page(request, "people/stolen/form.html", context, status=status)
