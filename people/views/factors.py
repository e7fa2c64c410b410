"""The second factor: add an app, remove it, make new recovery codes."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from qrcode.main import QRCode

from journal.clock import now
from kernel.pages import page
from people.confirming import Confirmation
from people.forms.identity import FactorForm
from people.forms.refusals import add_blockers
from people.http import Request, posted
from people.operations.accounts import (
    AccountRefusedError,
    add_second_factor,
    remove_second_factor,
    renew_recovery_codes,
)
from people.operations.identity import has_second_factor
from people.views.profile import PROFILE

SECRET = "people.new_totp_secret"  # noqa: S105  # the name of a place, no secret
QUIET_ZONE = 4


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def factor_add(request: Request) -> HttpResponse:
    if has_second_factor(request.user):
        return redirect(PROFILE)
    secret = request.session.setdefault(SECRET, generate_totp_secret())
    form, confirmation = FactorForm(posted(request)), Confirmation(request)
    proof = confirmation.prove() if request.method == "POST" and form.is_valid() else None
    if proof is not None:
        code = form.cleaned_data["code"]
        try:
            codes = add_second_factor(
                user=request.user, secret=secret, code=code, proof=proof, at=now()
            )
        except AccountRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            del request.session[SECRET]
            return _codes_page(request, codes)
    return page(
        request,
        "people/factors/add.html",
        {
            "form": form,
            "proof": confirmation,
            "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            "qr": _qr(get_adapter().build_totp_url(request.user, secret)),
        },
        status=confirmation.status(form),
    )


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def factor_remove(request: Request) -> HttpResponse:
    if not has_second_factor(request.user):
        return redirect(PROFILE)
    confirmation = Confirmation(request)
    proof = confirmation.prove() if request.method == "POST" else None
    if proof is not None:
        remove_second_factor(user=request.user, proof=proof, at=now())
        messages.success(request, "Your app is removed. Signing in takes your password alone.")
        return redirect(PROFILE)
    return page(
        request,
        "people/factors/remove.html",
        {"proof": confirmation},
        status=confirmation.status(),
    )


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def factor_codes(request: Request) -> HttpResponse:
    if not has_second_factor(request.user):
        return redirect(PROFILE)
    confirmation = Confirmation(request)
    proof = confirmation.prove() if request.method == "POST" else None
    if proof is not None:
        codes = renew_recovery_codes(user=request.user, proof=proof, at=now())
        return _codes_page(request, codes)
    return page(
        request,
        "people/factors/renew.html",
        {"proof": confirmation},
        status=confirmation.status(),
    )


def _codes_page(request: Request, codes: list[str]) -> HttpResponse:
    """Show recovery codes: the answer to the post itself, since they are never shown again."""
    return page(request, "people/factors/codes.html", {"codes": codes})


def _qr(text: str) -> SafeString:
    """Draw a QR code, black on white in every theme: phones read nothing else."""
    code = QRCode(border=QUIET_ZONE)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg class="qr" width="200" height="200" viewBox="0 0 {0} {0}" role="img"'
        ' aria-label="QR code for your app" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{1}" fill="#000"/></svg>',
        len(rows),
        path,
    )
