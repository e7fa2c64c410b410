"""The reader's time zone, and who may keep a page."""

from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from kernel.middleware import PrivateMiddleware, ZoneMiddleware


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
