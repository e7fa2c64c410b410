"""Around every request: what its person may do, looked up once and only when asked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from journal.clock import now
from journal.installations import reading_once
from people.logins import authority_known
from people.models import User
from people.rules import NOBODY, Authority

READING = ("GET", "HEAD")


class AuthorityMiddleware:
    """Set `request.authority`: nobody's for a visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.authority = SimpleLazyObject(  # type: ignore[attr-defined]  # see people.http.Request
            lambda: _authority(request)
        )
        with reading_once(until_act=request.method not in READING):
            return self.get_response(request)


def _authority(request: HttpRequest) -> Authority:
    user = request.user
    return authority_known(user, now()) if isinstance(user, User) else NOBODY
