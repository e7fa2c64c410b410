"""Around every request: its number, who may keep it, the reader's zone, refusals as pages."""

from collections.abc import Callable
from secrets import token_hex
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kernel.errors import answer_to

GetResponse = Callable[[HttpRequest], HttpResponse]


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
    """An expected no that leaves a view becomes its page; a bug goes on as a bug."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_to(request, error)


def _zone_of(request: HttpRequest) -> ZoneInfo | None:
    name = getattr(getattr(request, "user", None), "zone", "")
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
