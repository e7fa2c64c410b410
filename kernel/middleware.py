"""Around every request: its number, its rest, who may keep it, the zone, refusals as pages."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPMethod, HTTPStatus
from secrets import token_hex
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone

from kernel.errors import KNOWN, answer_to, not_allowed, signed_out

GetResponse = Callable[[HttpRequest], HttpResponse]

MOST_UNREAD = 64 * 1024 * 1024
PIECE = 64 * 1024


class RequestNumberMiddleware:
    """Give each request a number that the page, the answer and the log all show."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = token_hex(6)
        request.id = number  # type: ignore[attr-defined]  # ours, read by kernel.errors
        response = self.get_response(request)
        response["X-Request-ID"] = number
        return response


class UnreadMiddleware:
    """Read what is still being sent when the answer is ready, up to a limit.

    A browser whose form is refused half-way would show a broken connection instead of the page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in (HTTPMethod.GET, HTTPMethod.HEAD):
            _read_the_rest(request)
        return response


class PrivateMiddleware:
    """Let nobody keep what a person was shown: no proxy, and no browser after the sign-out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "private, no-store")
        return response


class ZoneMiddleware:
    """Show every moment in the zone of the person who looks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone_of(request)):
            return self.get_response(request)


class RefusalMiddleware:
    """An expected no that leaves a view becomes its page; a bug goes on as a bug.

    So does a form for which one would have to sign in first: it cannot wait for that, and what was
    typed is given back. And no page answers with nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in KNOWN:
            return not_allowed(request)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            return not_allowed(request, response["Allow"].split(", "))
        return signed_out(request) if _sends_to_sign_in(request, response) else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_to(request, error)


def _read_the_rest(request: HttpRequest) -> None:
    left = MOST_UNREAD
    with suppress(OSError):  # whoever sent it is gone
        while left > 0 and (piece := request.read(min(left, PIECE))):
            left -= len(piece)


def _sends_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether a form was met by the way in, which brings its reader back afterwards."""
    asks = f"{resolve_url(settings.LOGIN_URL)}?next="
    return request.method == HTTPMethod.POST and response.get("Location", "").startswith(asks)


def _zone_of(request: HttpRequest) -> ZoneInfo | None:
    name = getattr(getattr(request, "user", None), "zone", "")
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
