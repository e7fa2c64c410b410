"""What a form brought, to be given back to whoever typed it; and whether it was typed here."""

from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.html import escape
from django.utils.http import url_has_allowed_host_and_scheme

# Keys, digests, choices and passwords are never given back.
SECRET = ("password", "csrf", "code", "otp", "token", "nonce", "digest")
SECRET_NAMES = frozenset({"new", "again"})  # a password to be, and once more
LONGEST_WORD = 40


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the words that the form brought, each with the name of its field."""
    return [
        (name.rsplit("-", 1)[-1].replace("_", " ").capitalize(), value)
        for name, values in _fields(request)
        for value in values
        if isinstance(value, str) and _is_typed(value.strip()) and not _is_secret(name)
    ]


def is_lost(request: HttpRequest, page: HttpResponse) -> bool:
    """Tell whether something that was typed stands nowhere on the page: its form is gone."""
    shown = page.content.decode()
    lines = (line.strip() for _, text in typed_in(request) for line in text.splitlines())
    return any(escape(line) not in shown for line in lines)


def is_sent_from_here(request: HttpRequest) -> bool:
    """Tell whether a page of ours sent this, as the browser says; a page of another site cannot.

    Without a word of the browser's it is not.
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said == "same-origin"
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == f"{request.scheme}://{request.get_host()}"
    return bool(came_from(request))


def came_from(request: HttpRequest) -> str:
    """Find the page of ours this request came from, never another site."""
    shown = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(shown)
    except ValueError:  # no address at all
        return ""
    address = _within(parts)
    ours = parts.netloc and parts.netloc == request.headers.get("Host")
    if not ours or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return ""
    return "" if parts.path == request.path and request.method == "GET" else address


def _fields(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """Return what the form brought; nothing of one that cannot be read."""
    if request.method != "POST":
        return []
    try:
        return list(request.POST.lists())
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []


def _within(parts: SplitResult) -> str:
    return parts._replace(scheme="", netloc="").geturl()


def _is_typed(value: str) -> bool:
    """Tell words and addresses, which people type, from choices, keys and numbers."""
    is_word = len(value) <= LONGEST_WORD and value[:1].isalpha() and value != value.lower()
    return " " in value or "\n" in value or "://" in value or is_word


def _is_secret(name: str) -> bool:
    return name in SECRET_NAMES or any(word in name.lower() for word in SECRET)
