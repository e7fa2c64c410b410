"""page(): whole or part."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from kernel.pages import keep_theme, theme_of

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _own_templates(settings):
    settings.ROOT_URLCONF = "tests.kernel.urls"
    here = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], here]}]


def test_a_part_is_answered_alone_and_asks_the_database_nothing(client):
    body = client.get("/whole/", headers={**HTMX, "HX-Target": "list"}).content.decode()

    assert body.strip() == '<ul id="list"><li>one</li><li>&lt;two&gt;</li></ul>'


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Target": "list"},
        {**HTMX, "HX-Target": "secret"},
        {**HTMX, "HX-Target": "nowhere"},
        {**HTMX},
        {**HTMX, "HX-Target": "list", "HX-History-Restore-Request": "true"},
    ],
)
def test_everything_else_gets_the_whole_page(client, headers):
    body = client.get("/whole/", headers=headers).content.decode()

    assert "<h1>The whole page</h1>" in body
    assert '<ul id="list">' in body
    assert body.startswith("<!DOCTYPE html>")


@pytest.mark.django_db
def test_caches_are_told_that_the_answer_varies(client):
    vary = client.get("/whole/")["Vary"]

    assert "HX-Request" in vary
    assert "HX-Target" in vary


def test_the_status_goes_with_the_part(client):
    response = client.post("/whole/", headers={**HTMX, "HX-Target": "list"})

    assert response.status_code == 422


@pytest.mark.django_db
def test_the_frame_needs_at_most_two_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get("/whole/")


@pytest.mark.django_db
def test_the_frame_has_no_menu_for_a_stranger(client):
    body = client.get("/whole/").content.decode()

    assert "Sign out" not in body
    assert 'class="tabbar"' not in body


def test_the_theme_is_remembered_and_forgotten():
    request = RequestFactory().get("/")
    response = HttpResponse()

    keep_theme(response, "dark", secure=True)
    request.COOKIES["theme"] = response.cookies["theme"].value
    assert theme_of(request) == "dark"
    assert response.cookies["theme"]["secure"]
    assert response.cookies["theme"]["httponly"]

    keep_theme(response, "", secure=True)
    assert response.cookies["theme"]["max-age"] == 0


def test_a_foreign_theme_is_not_believed():
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = '"><script>'

    assert theme_of(request) == ""


def test_the_policy_allows_nothing_inline():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert "unsafe" not in str(directives)
