"""Views that refuse or break in every way, for the tests of the kernel."""

import errno

import psycopg2.errors
import redis
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from kernel.pages import page
from kernel.refusals import (
    Blocker,
    ForbiddenError,
    NotVisibleError,
    RefusedError,
    StaleError,
    ThrottledError,
)

WHY = Blocker(code="why", message="Petra must add the <training> plan first.")


def database_error(cause: type[Exception] | None) -> OperationalError:
    error = OperationalError("the server said no")
    error.__cause__ = cause() if cause else None
    return error


class LockTimeout(psycopg2.errors.LockNotAvailable):
    pgcode = "55P03"


class Deadlock(psycopg2.errors.DeadlockDetected):
    pgcode = "40P01"


class DiskFull(psycopg2.errors.DiskFull):
    pgcode = "53100"


ERRORS = {
    "refused": RefusedError(WHY),
    "stale": StaleError(WHY),
    "forbidden": ForbiddenError(WHY),
    "hidden": NotVisibleError(),
    "throttled": ThrottledError(WHY),
    "gone": database_error(None),
    "locked": database_error(LockTimeout),
    "deadlock": database_error(Deadlock),
    "full": database_error(DiskFull),
    "full-disk": OSError(errno.ENOSPC, "No space left on device"),
    "missing-file": OSError(errno.ENOENT, "no such file"),
    "no-redis": redis.exceptions.ConnectionError("refused"),
    "bug": ZeroDivisionError("a bug"),
    "denied": PermissionDenied(),
    "malformed": SuspiciousOperation("odd"),
}


def fail(_: HttpRequest, how: str) -> HttpResponse:
    raise ERRORS[how]


def whole(request: HttpRequest) -> HttpResponse:
    words = {"words": ["one", "<two>"]}
    status = 422 if request.method == "POST" else 200
    return page(request, "kernel/whole.html", words, parts=("list",), status=status)


def theirs(request: HttpRequest) -> HttpResponse:
    return redirect_to_login(request.get_full_path())


urlpatterns = [
    path("theirs/", theirs),
    path("sent/", require_POST(theirs)),
    path("read/", require_safe(whole)),
    path("fail/<how>/", fail),
    path("whole/", whole),
]
handler400 = "kernel.errors.bad_request"
handler403 = "kernel.errors.permission_denied"
handler404 = "kernel.errors.page_not_found"
handler500 = "kernel.errors.server_error"
