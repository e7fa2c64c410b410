"""The reader's time zone, who may keep a page, and what is sent after the answer is known."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from kernel.middleware import MOST_UNREAD, PrivateMiddleware, UnreadMiddleware, ZoneMiddleware


def zone_seen(user) -> str:
    seen = []

    def view(_: HttpRequest) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    request = RequestFactory().get("/")
    if user is not None:
        request.user = user
    ZoneMiddleware(view)(request)
    return seen[0]


def test_moments_are_shown_in_the_zone_of_the_person():
    assert zone_seen(SimpleNamespace(zone="Europe/Stockholm")) == "Europe/Stockholm"


@pytest.mark.parametrize(
    "user", [None, SimpleNamespace(), SimpleNamespace(zone=""), SimpleNamespace(zone="Mars/../x")]
)
def test_without_a_usable_zone_it_is_the_servers(user):
    assert zone_seen(user) == "UTC"


def test_the_zone_does_not_outlive_the_request():
    zone_seen(SimpleNamespace(zone="Asia/Tokyo"))

    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize(
    ("said", "kept"), [({}, "private, no-store"), ({"Cache-Control": "max-age=60"}, "max-age=60")]
)
def test_nobody_keeps_a_page_unless_it_says_so(said, kept):
    answer = PrivateMiddleware(lambda _: HttpResponse(headers=said))(RequestFactory().get("/"))

    assert answer["Cache-Control"] == kept


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/health/", "/sign-in/", "/nowhere/"])
def test_every_page_says_that_it_is_not_kept(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]


def sent(body: BytesIO, size: int) -> dict[str, object]:
    """Return what a web server hands over of a form that is still on its way."""
    return {
        "wsgi.input": body,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(size),
    }


@pytest.mark.urls("tests.kernel.urls")
@pytest.mark.parametrize(
    ("cookies", "status", "words"),
    [({"csrftoken": "a" * 32}, 413, "too much at"), ({}, 403, "load the page again")],
)
def test_a_form_that_is_refused_half_way_is_read_to_its_end(cookies, status, words):
    client = Client(enforce_csrf_checks=True)
    client.cookies.load(cookies)
    size = 3 * 1024 * 1024
    body = BytesIO(b"reason=".ljust(size, b"x"))

    response = client.generic("POST", "/whole/", **sent(body, size))

    assert response.status_code == status
    assert words in response.content.decode()
    assert body.tell() == size


def test_what_never_ends_is_not_read_for_ever():
    class Endless(BytesIO):
        read_so_far = 0

        def read(self, size: int) -> bytes:
            self.read_so_far += size
            return bytes(size)

    endless = Endless()

    UnreadMiddleware(lambda _: HttpResponse())(
        RequestFactory().generic("POST", "/", **sent(endless, 10 * MOST_UNREAD))
    )

    assert endless.read_so_far == MOST_UNREAD


def test_a_sender_who_is_gone_breaks_nothing():
    class Gone(BytesIO):
        def read(self, _: int) -> bytes:
            raise ConnectionResetError

    request = RequestFactory().generic("POST", "/", **sent(Gone(), 1))

    assert UnreadMiddleware(lambda _: HttpResponse())(request).status_code == 200
