import pytest

from initiatives.queries.memberships import members_of, pair_of
from people.choices import Side

URL = "/initiatives/AI-001/people/"


@pytest.fixture
def petra(world, sign_in):
    return sign_in(world.cast.petra)


def part(person, side="people", role="contributor"):
    return {"user": person.pk, "side": side, "role": role}


def test_a_lead_gives_parts_on_the_own_side(world, petra):
    assert petra.post(URL, part(world.cast.max)).status_code == 302

    assert world.cast.max in [member.user for member in members_of(world.initiative)]


def test_not_on_the_other_side_while_that_is_led(world, petra):
    answer = petra.post(URL, part(world.cast.max, side="technology"))

    assert answer.status_code == 422
    assert "side" in answer.context["form"].errors


def test_a_replaced_lead_stays_as_contributor(world, petra):
    petra.post(URL, part(world.cast.max, role="lead"))

    assert pair_of(world.initiative)[Side.PEOPLE].user == world.cast.max
    assert world.cast.petra in [member.user for member in members_of(world.initiative)]


def test_whoever_is_refused_is_told_why(world, petra):
    answer = petra.post(URL, part(world.cast.ivo))

    assert answer.status_code == 422
    assert "Whoever signs for one side cannot work for the other side." in answer.content.decode()


def test_one_leaves_by_oneself(world, petra):
    own = pair_of(world.initiative)[Side.PEOPLE]

    answer = petra.post(f"{URL}{own.pk}/end/")

    assert answer.url == "/portfolio/"
    assert petra.get(URL).status_code == 404
