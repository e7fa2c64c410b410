"""One page lists what a leaver leaves open, and hands it over."""

from datetime import timedelta

import pytest

from initiatives.models import Membership
from journal.clock import now
from tests.gates import make_ready, make_round, make_world, sign

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


def test_t10_the_page_shows_what_another_lead_voids_and_sends_it_along(client, db):
    at = now() - timedelta(hours=1)
    world = make_world(at)
    make_ready(world, "1", at=at)
    signature = sign(world.cast.ivo, make_round(world, at=at).pk, at=at)
    client.force_login(world.cast.ada)
    part = Membership.objects.current().get(user=world.cast.petra)
    address = f"/settings/people/{world.cast.petra.pk}/hand-over/"
    wish = {f"part-{part.pk}": world.cast.erin.pk}

    shown = client.get(address).content.decode()
    unseen = client.post(address, wish)
    seen = client.post(address, {**wish, "accepts_voids": [signature.pk]})

    assert f'name="accepts_voids" value="{signature.pk}"' in shown
    assert (unseen.status_code, seen.status_code) == (409, 302)
