"""Request: the signed-in type that views annotate with."""

from django.http import HttpRequest

from people.models import User
from people.rules import Authority


class Request(HttpRequest):
    """A request behind `login_required`, with what its person may do at this moment."""

    user: User
    authority: Authority
