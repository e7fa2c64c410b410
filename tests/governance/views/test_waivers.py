"""Waiving a point, in the browser."""

from datetime import timedelta

import pytest

from governance.models import Proof
from governance.operations.rounds import open_round
from initiatives.queries.days import home_day
from tests.kept import kept

REASON = "The survey is under way, and its answers come in January."


@kept
def opened(draft, lately):
    """A draft of gate 1."""
    round_ = open_round(initiative=draft.initiative, gate="1", actor=draft.cast.petra, at=lately)
    return draft, round_


def typed(lately, **more) -> dict:
    until = home_day(lately + timedelta(days=60)).isoformat()
    return {"excuse": "waived", "reason": REASON, "until": until} | more


def place(round_, point="g1_change_load") -> str:
    return f"/gates/{round_.pk}/points/{point}/waive/"


def test_a_lead_is_led_to_the_page_and_the_point_says_that_it_is_waived(opened, as_, lately):
    world, round_ = opened
    client = as_(world.cast.tariq)
    way_in = client.get(f"/gates/{round_.pk}/").content.decode()

    done = client.post(place(round_), typed(lately), follow=True).content.decode()

    assert place(round_) in way_in
    assert "both sides will sign" in done
    assert "Waived" in done
    assert REASON in done


@pytest.mark.parametrize("wrong", [{"reason": "Later."}, {"until": ""}, {"excuse": ""}])
def test_what_is_missing_is_said_and_what_was_typed_is_kept(opened, as_, lately, wrong):
    world, round_ = opened

    response = as_(world.cast.hana).post(place(round_), typed(lately, **wrong))

    assert response.status_code == 422
    assert response.context["form"]["reason"].value() == typed(lately, **wrong)["reason"]
    assert not Proof.objects.filter(excuse="waived").exists()


def test_nobody_else_waives_and_what_is_no_point_is_not_there(opened, as_, lately):
    world, round_ = opened

    def said(who, **where) -> int:
        return as_(getattr(world.cast, who)).post(place(round_, **where), typed(lately)).status_code

    assert [said(who) for who in ("ada", "cleo", "audrey", "otto")] == [403, 403, 403, 404]
    assert said("hana", point="nothing") == 404
