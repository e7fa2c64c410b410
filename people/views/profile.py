"""One's own page: name, zone, colours, password, second factor, sessions."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from journal.clock import now
from kernel.pages import keep_theme, page
from people.adapter import keep_this_session
from people.confirming import Confirmation
from people.factors import asks_for_passkey, is_locked, passkeys_of
from people.forms.identity import PasswordForm
from people.forms.persons import ProfileForm
from people.forms.refusals import add_blockers
from people.http import Request, posted
from people.operations.accounts import (
    AccountRefusedError,
    change_password,
    end_all_sessions,
    end_session,
)
from people.operations.identity import has_second_factor
from people.operations.persons import PersonRefusedError, change_profile
from people.queries import running_terms, sessions_of

PROFILE = "people:profile-detail"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile_detail(request: Request) -> HttpResponse:
    user = request.user
    before = {"name": user.name, "title": user.title, "zone": user.zone, "theme": user.theme}
    form = ProfileForm(posted(request), initial=before)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data == before:
            return redirect(PROFILE)
        try:
            change_profile(actor=user, at=now(), **form.cleaned_data)
        except PersonRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, "Your profile is saved.")
            return with_theme(redirect(PROFILE), user.theme)
    return page(
        request,
        "people/profile/detail.html",
        {
            "form": form,
            "terms": running_terms(user, now()),
            "has_app": has_second_factor(user),
            "passkeys": passkeys_of(user),
            "asks_for_passkey": asks_for_passkey(user),
            "is_locked": is_locked(user),
            "sessions": sessions_of(user, current_key=request.session.session_key or ""),
        },
        status=422 if form.errors else 200,
    )


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile_password(request: Request) -> HttpResponse:
    form, proof = PasswordForm(posted(request)), Confirmation(request)
    if request.method == "POST" and form.is_valid() and _change_password(request, form, proof):
        keep_this_session(request, request.user)
        messages.success(request, "Your password is changed. Every other session was ended.")
        return redirect(PROFILE)
    return page(
        request,
        "people/profile/password.html",
        {"form": form, "proof": proof},
        status=proof.status(form),
    )


@login_required
@require_POST
def session_end(request: Request, session_id: int) -> HttpResponse:
    end_session(user=request.user, session_id=session_id, at=now())
    messages.success(request, "That session is ended.")
    return redirect(PROFILE)


@login_required
@require_POST
def session_end_all(request: Request) -> HttpResponse:
    end_all_sessions(user=request.user, at=now())
    request.session.flush()
    messages.success(request, "You are signed out everywhere.")
    return redirect("account_login")


def _change_password(request: Request, form: PasswordForm, confirmation: Confirmation) -> bool:
    proof = confirmation.prove()
    if proof is None:
        return False
    try:
        change_password(
            user=request.user,
            new=form.cleaned_data["new"],
            is_stolen=form.cleaned_data["is_stolen"],
            proof=proof,
            at=now(),
        )
    except AccountRefusedError as refusal:
        add_blockers(form, refusal)
        return False
    return True


def with_theme(response: HttpResponse, theme: str) -> HttpResponse:
    """Let this browser remember the colours, so that pages before sign-in have them too."""
    keep_theme(response, theme, secure=settings.SESSION_COOKIE_SECURE)
    return response
