"""Request: the signed-in type that views annotate with."""

from django.http import HttpRequest, QueryDict

from people.models import User
from people.rules import Authority


class Request(HttpRequest):
    """A request behind `login_required`, with what its person may do at this moment."""

    user: User
    authority: Authority


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent; an empty post is still a post, and an error in every field."""
    return request.POST if request.method == "POST" else None
