"""What a form brought: the words of a person come back, keys, choices and secrets do not."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kernel.typed import came_from, is_lost, typed_in


@pytest.mark.parametrize(
    ("value", "comes_back"),
    [
        ("two words", True),
        ("one\nbelow", True),
        ("Chatbot", True),
        ("https://example.com/paper", True),
        ("Übung", True),
        ("technology", False),
        ("17", False),
        ("a" * 64, False),
        ("A" * 64, False),
        ("+Plus", False),
        ("  ", False),
    ],
)
def test_words_come_back_and_choices_do_not(value, comes_back):
    request = RequestFactory().post("/", {"slot-0-why_so": value})

    assert typed_in(request) == ([("Why so", value)] if comes_back else [])


@pytest.mark.parametrize("name", ["password", "new", "again", "nonce", "code", "old_password"])
def test_secrets_never_do(name):
    assert typed_in(RequestFactory().post("/", {name: "Two Words"})) == []


def test_what_is_only_looked_at_brought_nothing():
    assert typed_in(RequestFactory().get("/", {"q": "two words"})) == []


@pytest.mark.parametrize(
    ("shown", "path"),
    [
        ("http://testserver/gates/17/?a=1", "/gates/17/?a=1"),
        ("http://testserver", ""),
        ("http://testserver/\\evil.example/", ""),
        ("http://testserver///evil.example/", ""),
        ("http://evil.example/gates/17/", ""),
        ("/gates/17/", ""),
        ("http://[::1", ""),
    ],
)
@pytest.mark.parametrize("header", ["referer", "HX-Current-URL"])
def test_the_way_back_is_a_page_of_ours(header, shown, path):
    headers = {"host": "testserver", header: shown}

    assert came_from(RequestFactory().post("/x/", headers=headers)) == path


@pytest.mark.parametrize(
    ("page", "lost"),
    [
        ("<textarea>Tom &amp; Ana\r\nsaid so</textarea>", False),
        ("<p>Nothing to close any more.</p>", True),
        ("<textarea>Tom &amp; Ana</textarea>", True),
    ],
)
def test_words_are_lost_where_the_page_has_no_room_for_them(page, lost):
    request = RequestFactory().post("/", {"reason": " Tom & Ana\r\nsaid so ", "way": "17"})

    assert is_lost(request, HttpResponse(page)) is lost
