"""Choose a password by the link that two people let go out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from journal.clock import now
from kernel.pages import page
from people.forms.identity import NewPasswordForm
from people.forms.refusals import add_blockers
from people.http import posted
from people.operations.new_passwords import (
    GONE,
    LinkClosedError,
    NewPasswordRefusedError,
    choose_password,
    opened_by,
)

CLOSED = "people/invitations/closed.html"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password_choose(request: HttpRequest, word: str) -> HttpResponse:
    person = opened_by(word, now())
    if person is None:
        return page(request, CLOSED, {"blockers": [GONE]}, status=410)
    form = NewPasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            choose_password(word=word, new=form.cleaned_data["password"], at=now())
        except LinkClosedError as refusal:  # by another hand, a moment ago
            return page(request, CLOSED, {"blockers": refusal.blockers}, status=410)
        except NewPasswordRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, "Your password is chosen. Sign in with it.")
            return redirect("account_login")
    context = {"form": form, "person": person}
    return page(
        request, "people/new_passwords/choose.html", context, status=422 if form.errors else 200
    )
