"""The page of what was found, its suggestions, and whatever somebody may type."""

import pytest

from initiatives.choices import MemberRole
from initiatives.operations.memberships import set_member
from people.choices import Side
from tests.gates import make_world
from tests.kernel.test_fulltext import BAD


@pytest.mark.parametrize("typed", [*BAD, "\ud800", "gate 1", "99999999999999999999", "AI-0"])
@pytest.mark.parametrize("more", [{}, {"go": "1"}, {"in": "gates"}, {"in": "nothing"}])
def test_whatever_is_typed_is_answered(waiting, as_, typed, more):
    world, _ = waiting

    answer = as_(world.cast.hana).get("/search/", {"q": typed.encode("utf-8", "replace"), **more})

    assert answer.status_code in (200, 302)


def test_each_thing_says_where_it_is_and_shows_the_match(waiting, as_):
    world, round_ = waiting

    html = as_(world.cast.hana).get("/search/?q=dispatch").content.decode()

    assert "<mark>Dispatch</mark> helper" in html
    assert 'href="/initiatives/AI-001/"' in html
    assert f'href="/gates/{round_.pk}/"' in html
    assert 'href="/initiatives/AI-001/slots/problem_statement/"' in html
    assert "Waiting for signatures" in html


def test_a_name_that_one_only_finds_leads_nowhere(waiting, as_):
    """Otto works on another initiative: he finds names, and no page behind them."""
    world, _ = waiting
    set_member(
        actor=world.cast.petra,
        initiative=make_world(world.at, cast=world.cast, name="Own one").initiative,
        user=world.cast.otto,
        side=Side.PEOPLE,
        role=MemberRole.CONTRIBUTOR,
        at=world.at,
    )

    html = as_(world.cast.otto).get("/search/?q=dispatch&go=1").content.decode()

    assert "<mark>Dispatch</mark> helper" in html
    assert "/initiatives/AI-001/" not in html
    assert "helper: " not in html


def test_enter_in_the_head_goes_to_the_code(waiting, as_):
    world, _ = waiting
    client = as_(world.cast.hana)

    assert client.get("/search/?q=1&go=1").url == "/initiatives/AI-001/"
    assert client.get("/search/?q=1").status_code == 200


def test_suggestions_are_a_part_of_the_page(waiting, as_):
    world, _ = waiting
    headers = {"HX-Request": "true", "HX-Target": "suggestions"}

    html = as_(world.cast.hana).get("/search/?q=disp&go=1", headers=headers).content.decode()

    assert html.strip().startswith('<div id="suggestions"')
    assert 'role="option"' in html
    assert "<html" not in html


def test_one_noun_is_shown_at_length(waiting, as_):
    world, _ = waiting
    for number in range(9):
        make_world(world.at, cast=world.cast, name=f"Dispatch {number}")
    client = as_(world.cast.hana)

    assert (
        "/search/?q=dispatch&amp;in=initiatives"
        in client.get("/search/?q=dispatch").content.decode()
    )
    whole = client.get("/search/?q=dispatch&in=initiatives").content.decode()

    assert whole.count('<p class="row-title">') == 10
    assert "Search everything for" in whole


def test_people_lead_to_what_they_lead(waiting, as_):
    world, _ = waiting
    client = as_(world.cast.hana)

    assert (
        "/portfolio/?view=table&amp;text=Petra+Novak"
        in client.get("/search/?q=pet").content.decode()
    )
    assert 'href="/settings/people/"' in client.get("/search/?q=erin").content.decode()
