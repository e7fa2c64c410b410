"""Come in: e-mail and password, then the code of whoever has an app. And leave."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from journal.clock import now
from journal.queries import installation
from people.adapter import address_of
from people.factors import our_party
from people.operations.sign_ins import record_failed_sign_in, take_sign_in_try

UNPROCESSABLE = 422


class SignInView(LoginView):  # type: ignore[misc]  # allauth has no types
    template_name = "people/sign_in/form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401  # allauth's signature
        """Whatever page a visitor wanted leads here; before the founding it leads on to that."""
        if installation() is None:
            return redirect(settings.FOUNDING_URL)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401  # allauth's signature
        return {**super().get_context_data(**kwargs), "party": our_party()}

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ANN401  # allauth's signature
        response: HttpResponse = super().form_invalid(form)
        response.status_code = UNPROCESSABLE
        return response


class CodeView(AuthenticateView):  # type: ignore[misc]  # allauth has no types
    """The second step. Its tries count with those of the password, at the same doors."""

    template_name = "people/sign_in/code.html"

    def _build_forms(self) -> AuthenticateForm:
        data = self.request.POST if self.request.method == "POST" else None
        self.webauthn_form = None
        self.auth_form = AuthenticateForm(user=self.stage.login.user, data=data)
        field = self.auth_form.fields["code"]
        field.widget.attrs = {"autocomplete": "one-time-code", "class": "code-in"}
        field.label = "Six-digit code"
        return self.auth_form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        take_sign_in_try(email=self.stage.login.user.email, address=address_of(request), at=now())
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ANN401  # allauth's signature
        record_failed_sign_in(
            email=self.stage.login.user.email,
            address=address_of(self.request),
            reason="code",
            at=now(),
        )
        response: HttpResponse = super().form_invalid(form)
        response.status_code = UNPROCESSABLE
        return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    get_adapter().logout(request)
    messages.success(request, "You are signed out.")
    response = redirect("account_login")
    response["Clear-Site-Data"] = '"cache"'  # no way back to what the browser kept
    return response
