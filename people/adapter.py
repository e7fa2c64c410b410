"""Where allauth asks us: who has to wait, what is remembered of a sign-in, how secrets are kept."""

import base64
import hashlib
from datetime import datetime
from typing import Any, ClassVar, NoReturn
from zoneinfo import ZoneInfo

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from journal.clock import now
from kernel.pages import keep_theme
from people.logins import closed_since
from people.models import User
from people.operations.sign_ins import (
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
    take_sign_in_try,
)

CLOSED = (
    "Your time as auditor ended on {day:%-d %B %Y}, and your login with it. If you are to check"
    " further, an administrator proposes you again."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Signing in: throttled and remembered by our own operations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        return False

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """Judge password and person; a wrong one, an unknown one and a leaver are all None."""
        email, at = credentials.get("email", ""), now()
        address = self.get_client_ip(request)
        take_sign_in_try(email=email, address=address, at=at)
        user = authenticate(request, **credentials)
        if not isinstance(user, User):
            record_failed_sign_in(email=email, address=address, reason="password", at=at)
            return None
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, unless the person left between password and code, or came to audit.

        An auditor's login closes with the term, and says so to whoever proved to be its owner.
        """
        if not user.is_active:
            raise ImmediateHttpResponse(redirect("account_login"))
        if closed := closed_since(user, now()):
            self._turn_away(request, user, closed)
        super().login(request, user)
        record_sign_in(
            user=user,
            method=_method(request),
            address=self.get_client_ip(request),
            at=now(),
        )

    def _turn_away(self, request: HttpRequest, user: User, closed: datetime) -> NoReturn:
        address, day = self.get_client_ip(request), closed.astimezone(ZoneInfo(user.zone))
        record_failed_sign_in(email=user.email, address=address, reason="closed", at=now())
        messages.error(request, CLOSED.format(day=day))
        raise ImmediateHttpResponse(redirect("account_login"))

    def post_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse:  # noqa: ANN401  # allauth's signature
        """Go where the person was going, in the colours they chose."""
        response: HttpResponse = super().post_login(request, user, **rest)
        keep_theme(response, user.theme, secure=settings.SESSION_COOKIE_SECURE)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            UserSession.objects.filter(session_key=request.session.session_key).delete()
            record_sign_out(user=request.user, at=now())
        super().logout(request)

    def add_message(self, *_: Any, **__: Any) -> None:  # noqa: ANN401  # allauth's signature
        """Say nothing: our pages say what happened in their own words."""


def come_in(request: HttpRequest, user: User) -> HttpResponse:
    """Begin the session of somebody who has just chosen the password, and lead them home."""
    response: HttpResponse = perform_login(request, user, email_verification="none")
    return response


def come_in_by_passkey_of(request: HttpRequest, user: User) -> HttpResponse:
    """Begin the session of whoever has just used a passkey: no code is asked after that."""
    record_authentication(request, user, "mfa", type="webauthn", passwordless=True)
    response: HttpResponse = perform_login(
        request,
        user,
        email_verification="none",
        redirect_url=get_next_redirect_url(request),
    )
    return response


def address_of(request: HttpRequest) -> str:
    """Return the network address a request came from."""
    address: str = get_adapter().get_client_ip(request)
    return address


METHODS = "account_authentication_methods"


def _method(request: HttpRequest) -> str:
    """Return how somebody came in, as allauth noted it on the way."""
    rows = request.session.get(METHODS, [])
    if any(row.get("passwordless") for row in rows):
        return "passkey"
    return "password+code" if any(row["method"] == "mfa" for row in rows) else "password"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors: their secrets are encrypted under SECRET_KEY where they are stored."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code does not fit, or it has been used. Wait for the next one.",
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def keep_this_session(request: HttpRequest, user: User) -> None:
    """Let this browser stay signed in after all sessions of its person were ended."""
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)


def _fernet() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"totp:{secret}".encode()).digest()))
            for secret in secrets
        ]
    )
