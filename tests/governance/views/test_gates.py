"""The page of a gate: who may read it, and what it shows in each state."""

from django.urls import reverse


def url(round_, name="gate-detail"):
    return reverse(f"governance:{name}", args=[round_.pk])


def test_smoke(as_, waiting):
    world, round_ = waiting
    for name in ("hana", "ivo", "cleo", "audrey", "ada", "tariq", "petra", "kim"):
        response = as_(getattr(world.cast, name)).get(url(round_))
        assert response.status_code == 200, name
    for name in ("erin", "otto", "max"):
        assert as_(getattr(world.cast, name)).get(url(round_)).status_code == 404
    for name in ("hana", "ivo", "cleo", "audrey", "ada", "tariq", "petra", "kim", "erin", "otto"):
        for address in ("/", "/record/", "/record/journal/"):
            response = as_(getattr(world.cast, name)).get(address)
            assert response.status_code == 200, (name, address)
