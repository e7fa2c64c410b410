"""An initiative by the code in its address: found, allowed, and spelled in one way only."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from initiatives.queries.rows import Initiative
from initiatives.queries.visibility import get_initiative
from initiatives.rules.codes import parse_code
from kernel.refusals import NotVisibleError
from people.http import Request

P = ParamSpec("P")
View = Callable[Concatenate[Request, Initiative, P], HttpResponseBase]


class CodeConverter:
    """AI-007 in an address; AI-7 and ai-007 are sent on to it."""

    regex = "[Aa][Ii]-[0-9]{1,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def of_initiative(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Give a view its initiative, if this person may read it whole; else there is no such page."""

    @login_required
    @wraps(view)
    def found(request: Request, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        initiative = get_initiative(numbered(code), request.authority)
        if code != initiative.code and request.method in ("GET", "HEAD"):
            return redirect(_canonical(request, initiative.code), permanent=True)
        return view(request, initiative, *args, **kwargs)

    return found


def numbered(code: str) -> int:
    """Return the number in a code.

    :raises NotVisibleError: when no initiative can have it.
    """
    number = parse_code(code)
    if number is None:
        raise NotVisibleError
    return number


def _canonical(request: Request, code: str) -> str:
    match = request.resolver_match
    if match is None:
        raise NotVisibleError
    path = reverse(match.view_name, kwargs={**match.kwargs, "code": code})
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
