"""One page lists what a leaver leaves open, and hands it over."""

import pytest

from initiatives.models import Membership
from journal.clock import now
from tests.gates import make_world

pytestmark = pytest.mark.django_db


def test_the_leaving_says_first_what_is_open_and_the_list_hands_it_over(client, db):
    world = make_world(now())
    petra = world.cast.petra
    client.force_login(world.cast.ada)
    part = Membership.objects.current().get(user=petra)
    address = f"/settings/people/{petra.pk}/hand-over/"

    leaving = client.get(f"/settings/people/{petra.pk}/leave/").content.decode()
    shown = client.get(address).content.decode()
    nothing = client.post(address)
    wrong = client.post(address, {f"part-{part.pk}": world.cast.tariq.pk})
    right = client.post(address, {f"part-{part.pk}": world.cast.erin.pk})

    assert "Leads for People" in leaving
    assert "Leads for People" in shown
    assert [answer.status_code for answer in (nothing, wrong, right)] == [422, 422, 302]
    assert Membership.objects.leads().filter(user=world.cast.erin).exists()
    assert "Nothing is open under this name." in client.get(address).content.decode()
    assert client.get("/settings/people/999999/hand-over/").status_code == 404
