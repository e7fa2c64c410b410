"""The request of a signed-in person, and the pages that their browser may keep."""

from collections.abc import Callable
from functools import wraps

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.crypto import salted_hmac
from django.views.decorators.http import condition

from journal.clock import this_hour
from journal.installations import head_seen, the_installation
from kernel.pages import theme_of
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from kernel.release import release
from people.models import User
from people.rules import Authority

HTMX = ("HX-Request", "HX-Target", "HX-History-Restore-Request")


class Request(HttpRequest):
    """A request behind `login_required`, with what its person may do at this moment."""

    user: User
    authority: Authority


View = Callable[[Request], HttpResponse]


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent; an empty post is still a post, and an error in every field."""
    return request.POST if request.method == "POST" else None


def kept_by_browser(view: View) -> View:
    """Let the browser keep a page that is only read; asked whether it still holds, answer 304.

    The page counts time by `this_hour()`, and shows nothing that is not named by `page_tag`.
    """

    @wraps(view)
    def answered(request: Request) -> HttpResponse:
        response: HttpResponse = condition(etag_func=page_tag)(view)(request)
        if response.has_header("ETag"):
            patch_cache_control(response, private=True, no_cache=True)
            patch_vary_headers(response, HTMX)
        return response

    return answered


def page_tag(request: Request) -> str | None:
    """Name everything that a page for this reader rests on: any change of it is another name.

    None while a message waits, which is shown once, and before the browser has the secret that
    the forms of the page answer to.
    """
    secret = request.META.get("CSRF_COOKIE")
    if secret is None or len(get_messages(request)):
        return None
    user, authority, ours = request.user, request.authority, the_installation()
    rests_on = (
        release(),
        head_seen(),
        this_hour(),
        (ours.name, ours.is_demo) if ours else None,
        (user.pk, user.name, user.title, user.zone, user.theme, theme_of(request)),
        (authority.person_key, sorted(authority.offices), authority.key_term_id),
        authority.warrants,
        secret,
        [request.headers.get(name) for name in HTMX],
    )
    return f'W/"{salted_hmac("people.http.page_tag", repr(rests_on)).hexdigest()}"'


def must_read(request: Request) -> None:
    """Everyone with an office sees people and offices; for others the page is not there."""
    if not request.authority.reads_everything:
        raise NotVisibleError


def must_keep(request: Request) -> None:
    """Only an administrator changes them; other officers may know that the page is there."""
    must_read(request)
    if not request.authority.is_administrator:
        raise ForbiddenError(
            Blocker("not_administrator", "Only an administrator changes people and offices.")
        )


def must_propose(request: Request) -> None:
    """Only an administrator or the sponsor begins a change of who holds what."""
    must_read(request)
    if not (request.authority.is_administrator or request.authority.is_sponsor):
        text = "An administrator or the sponsor proposes this. Ask one."
        raise ForbiddenError(Blocker("not_entitled", text))
