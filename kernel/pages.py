"""page(): a whole page, or the one part of it that htmx asked for."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
THEME_AGE = 365 * 24 * 3600


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    parts: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Answer with the page, or with the part whose name is the id that htmx targets.

    `parts` lists the names that this page offers. Anything else gets the whole page, so a
    view never asks who is asking.
    """
    wanted = _wanted_part(request)
    name = f"{template}#{wanted}" if wanted in parts else template
    response = HttpResponse(render_to_string(name, dict(context or {}), request), status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def theme_of(request: HttpRequest) -> str:
    """Read the theme this browser was told to use; empty means as the system says."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


def keep_theme(response: HttpResponse, theme: str, *, secure: bool) -> None:
    """Remember the theme in this browser; an empty one goes back to the system's."""
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE, theme, max_age=THEME_AGE, secure=secure, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")


def _wanted_part(request: HttpRequest) -> str:
    if request.headers.get("HX-Request") != "true":
        return ""
    if request.headers.get("HX-History-Restore-Request") == "true":
        return ""
    return request.headers.get("HX-Target", "")
