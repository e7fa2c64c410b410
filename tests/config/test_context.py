"""What the frame says: whose register, who is here and for which side, where one can go."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from config.context import OFFICE_WORDS, frame
from people.choices import Office
from people.queries import authority_of
from tests.cast import Cast, gather

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(noon) -> Cast:
    return gather(noon)


def framed(user, at, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    request.authority = authority_of(user, at)
    return frame(request)["frame"]


def test_key_holders_are_named_with_the_side_they_sign_for(cast, noon):
    hana, ivo = framed(cast.hana, noon).person, framed(cast.ivo, noon).person

    assert (hana.role, hana.short, hana.side) == ("Signs for People (CHRO)", "CHRO", "people")
    assert (ivo.role, ivo.short, ivo.side) == ("Signs for Technology (CIO)", "CIO", "tech")


def test_others_sign_for_nobody(cast, noon):
    cleo, petra = framed(cast.cleo, noon).person, framed(cast.petra, noon).person

    assert (cleo.role, cleo.side) == ("Sponsor", "")
    assert (petra.role, petra.short, petra.side) == ("HR partner in IT", "PN", "")


def test_every_office_has_its_words():
    assert set(OFFICE_WORDS) == set(Office)


def test_the_register_says_whose_it_is(cast, noon):
    shown = framed(cast.erin, noon)

    assert shown.organisation
    assert isinstance(shown.is_demo, bool)


def test_a_stranger_is_nobody(cast):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    assert frame(request)["frame"].person is None


@pytest.mark.urls("tests.kernel.urls")
def test_what_is_not_there_is_not_shown(cast, noon):
    shown = framed(cast.hana, noon)

    assert shown.main == ()
    assert shown.more == ()


@pytest.mark.parametrize(
    ("who", "labels"),
    [
        (
            "hana",
            [
                "Between the two sides",
                "People and offices",
                "Early thinking",
                "Rapid reads",
                "Propose an initiative",
                "Your profile",
                "What the words mean",
            ],
        ),
        (
            "audrey",
            [
                "Between the two sides",
                "People and offices",
                "Early thinking",
                "Rapid reads",
                "Your profile",
                "What the words mean",
            ],
        ),
        (
            "erin",
            [
                "Early thinking",
                "Rapid reads",
                "Propose an initiative",
                "Your profile",
                "What the words mean",
            ],
        ),
    ],
)
def test_nobody_is_shown_a_way_that_is_shut_to_them(cast, noon, who, labels):
    shown = framed(getattr(cast, who), noon)

    assert [place.label for place in shown.more] == labels


def test_the_place_one_is_at_is_marked(cast, noon):
    places = framed(cast.hana, noon, "/settings/people/add/").more

    assert [place.label for place in places if place.is_here] == ["People and offices"]


@pytest.mark.parametrize(
    "path", ["/portfolio/", "/initiatives/AI-007/", "/gates/17/", "/imports/3/", "/priorities/"]
)
def test_what_begins_at_the_portfolio_is_there(cast, noon, path):
    places = framed(cast.hana, noon, path).main

    assert [place.label for place in places if place.is_here] == ["Portfolio"]


@pytest.mark.parametrize(
    ("chosen", "cookie", "theme"),
    [("dark", "light", "dark"), ("system", "dark", ""), ("light", "", "light")],
)
def test_the_theme_of_the_person_wins(cast, noon, chosen, cookie, theme):
    cast.hana.theme = chosen
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    request.user, request.authority = cast.hana, authority_of(cast.hana, noon)

    assert frame(request)["frame"].theme == theme


def test_a_page_without_a_frame_asks_nothing(cast, noon, django_assert_num_queries):
    request = RequestFactory().get("/")

    with django_assert_num_queries(0):
        frame(request)
