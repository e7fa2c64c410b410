"""Pages for when it does not go on: plain words, what was saved, the way out.

None of them needs a database, a session or a signed-in person, so they stand when those fail.
"""

import errno
import logging
import sys
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
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
from kernel.typed import came_from, is_sent_from_here, typed_in

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
# What came here was let in by its token; before that, only where the browser says it is ours.
PROVED_OURS = frozenset({409, 422, 429})
GIVES_BACK = PROVED_OURS | {401, 403, 404, 405, 503}
KNOWN = ("GET", "HEAD", "OPTIONS", "POST")


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


def signed_out(request: HttpRequest) -> HttpResponse:
    """Tell whoever sent a form that they were signed out, and give back what they typed."""
    return error_page(request, 401)


def not_allowed(request: HttpRequest, allowed: Iterable[str] = KNOWN) -> HttpResponse:
    """Tell whoever opened what only takes a form, or asked in a way that nothing here knows."""
    response = error_page(request, 405)
    response["Allow"] = ", ".join(allowed)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler500: Django calls it while the exception is being handled."""
    known = answer_to(request, sys.exc_info()[1])
    return known or error_page(request, 500)


def error_page(
    request: HttpRequest, status: int, blockers: tuple[Blocker, ...] = ()
) -> HttpResponse:
    back = came_from(request)
    context = {
        "blockers": blockers,
        "kept": _given_back(request, status),
        "back": back,
        "sign_in": _sign_in(back),
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


def _given_back(request: HttpRequest, status: int) -> list[tuple[str, str]]:
    """Return what was typed; never a stranger's words as the reader's own."""
    ours = status in PROVED_OURS or (status in GIVES_BACK and is_sent_from_here(request))
    return typed_in(request) if ours else []


def _sign_in(back: str) -> str:
    way = str(settings.LOGIN_URL)
    return f"{way}?{urlencode({'next': back})}" if back else way
