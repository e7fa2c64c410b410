"""Pages for when it does not go on: plain words, what was saved, the way out.

None of them needs a database, a session or a signed-in person, so they stand when those fail.
"""

import errno
import logging
import sys
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from kernel.pages import theme_of
from kernel.refusals import (
    Blocker,
    ForbiddenError,
    NotVisibleError,
    RefusedError,
    StaleError,
    ThrottledError,
)

logger = logging.getLogger(__name__)

# PostgreSQL's words for "somebody else holds it": lock timeout, deadlock, serialization.
BUSY = frozenset({"55P03", "40P01", "40001"})
FULL = frozenset({"53100"})
FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

STATUS_OF: Mapping[type[Exception], int] = {
    NotVisibleError: 404,
    ThrottledError: 429,
    StaleError: 409,
    ForbiddenError: 403,
    RefusedError: 422,
}
SOMEONE_ELSE = Blocker(
    code="busy",
    message="Someone else is signing or saving the same thing at this very moment. Try again.",
)
NO_ROOM = Blocker(
    code="full",
    message="There is no room left to store anything. Whoever runs this server must make some.",
)
FORM_TOO_OLD = Blocker(
    code="form",
    message="This form was opened too long ago, in another session, or sent by another site."
    " Go back, load the page again and send it once more.",
)
# Words a person typed have blanks in them; keys, digests and passwords are never given back.
SECRET = ("password", "csrf", "code", "otp", "token", "nonce", "digest")
SECRET_NAMES = frozenset({"new", "again"})  # a password to be, and once more


def answer_to(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Answer an expected error with its page; None means that it is a bug."""
    if isinstance(error, RefusedError | NotVisibleError):
        status = next(code for kind, code in STATUS_OF.items() if isinstance(error, kind))
        return error_page(request, status, getattr(error, "blockers", ()))
    if isinstance(error, OperationalError | InterfaceError):
        return _database(request, error)
    full = isinstance(error, OSError) and error.errno in FULL_DISK
    if full or isinstance(error, RedisConnectionError | RedisTimeoutError):
        return _unavailable(request, error, *([NO_ROOM] if full else []))
    return None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's signature
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's signature
    return error_page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    logger.info("csrf: %s", reason)
    return error_page(request, 403, (FORM_TOO_OLD,))


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler500: Django calls it while the exception is being handled."""
    known = answer_to(request, sys.exc_info()[1])
    return known or error_page(request, 500)


def error_page(
    request: HttpRequest, status: int, blockers: tuple[Blocker, ...] = ()
) -> HttpResponse:
    context = {
        "blockers": blockers,
        "kept": _typed(request) if status in {409, 422, 429, 503} else [],
        "back": _way_back(request),
        "request_id": getattr(request, "id", ""),
        "frame": {"theme": theme_of(request)},
    }
    response = HttpResponse(render_to_string(f"{status}.html", context), status=status)
    # htmx puts the message where the page was, not into the small region it asked for.
    response["HX-Retarget"] = response["HX-Reselect"] = "#main"
    response["HX-Reswap"] = "outerHTML"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "30"
    return response


def _database(request: HttpRequest, error: Exception) -> HttpResponse:
    state = getattr(error.__cause__, "pgcode", None)
    if state in BUSY:
        logger.info("busy: %s", state)
        return error_page(request, 409, (SOMEONE_ELSE,))
    return _unavailable(request, error, *([NO_ROOM] if state in FULL else []))


def _unavailable(
    request: HttpRequest, error: BaseException | None, *blockers: Blocker
) -> HttpResponse:
    logger.error("request %s: %s: %s", getattr(request, "id", "-"), type(error).__name__, error)
    return error_page(request, 503, blockers)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    return [
        (name.rsplit("-", 1)[-1].replace("_", " ").capitalize(), value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and " " in value.strip() and not _is_secret(name)
    ]


def _is_secret(name: str) -> bool:
    return name in SECRET_NAMES or any(word in name.lower() for word in SECRET)


def _way_back(request: HttpRequest) -> str:
    """Find the page of ours this request came from, never another site."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all
        return ""
    ours = came_from.netloc and came_from.netloc == request.headers.get("Host")
    if not ours or came_from.path.startswith("//"):  # which without its host would name another
        return ""
    if came_from.path == request.path and request.method == "GET":
        return ""
    return came_from._replace(scheme="", netloc="").geturl()
