"""The sponsor ends, in the browser, what both sides left open."""

from datetime import timedelta

import pytest

from governance.models import Ruling
from governance.operations.stops import pause_initiative
from initiatives.choices import Standing
from journal.clock import now
from tests.authenticator import give_passkey
from tests.cast import PASSWORD
from tests.gates import make_world, pass_gate
from tests.kept import kept
from tests.people.test_confirming import number_of

REASON = "Nobody has found the cause, and the teams are needed elsewhere."
RIGHT = {"way": "back_to_stage_1", "reason": REASON, "password": PASSWORD}


@kept
def stuck(lately):
    """An initiative in stage 2, paused for two weeks."""
    long_ago = lately - timedelta(days=14)
    world = make_world(long_ago)
    pass_gate(world, "1", at=long_ago)
    pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.ivo, at=long_ago
    )
    return world


def place(world) -> str:
    return f"/initiatives/{world.initiative.code}/pause/decide/"


def test_home_and_the_page_lead_the_sponsor_to_the_decision_and_back(stuck, as_):
    client = as_(stuck.cast.cleo)
    ways_in = [client.get(url).content.decode() for url in ("/", place(stuck)[:-13])]

    done = client.post(place(stuck), RIGHT, follow=True).content.decode()

    assert all(place(stuck) in one for one in ways_in)
    assert "is no longer paused" in done
    stuck.initiative.refresh_from_db()
    assert (stuck.initiative.stage, stuck.initiative.standing) == (1, Standing.ACTIVE)
    record = client.get("/record/").content.decode()
    assert "Counts no longer since" in record
    gate = client.get(f"/gates/{stuck.initiative.rounds.get(gate='1').pk}/signed/").content.decode()
    assert "This decision counts no longer" in gate


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"password": "not mine"}, "This is not your password"),
        ({"way": "go_on"}, "Select a valid choice"),
        ({"way": ""}, "Choose which way it goes"),
        ({"reason": "Enough."}, "at least 30 characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(stuck, as_, wrong, told):
    response = as_(stuck.cast.cleo).post(place(stuck), RIGHT | wrong)

    assert response.status_code == 422
    assert told in response.content.decode()
    assert response.context["form"]["reason"].value() == (RIGHT | wrong)["reason"]
    assert not Ruling.objects.exists()


def test_guessing_the_password_comes_to_an_end(stuck, as_):
    client = as_(stuck.cast.cleo)

    codes = [client.post(place(stuck), RIGHT | {"password": "x"}).status_code for _ in range(6)]

    assert codes == [422] * 5 + [429]


def test_nobody_else_decides_and_what_is_not_there_is_not_there(stuck, as_):
    client = as_(stuck.cast.hana)

    assert client.get(place(stuck)).status_code == 403
    assert client.post("/initiatives/x/pause/decide/", RIGHT).status_code == 404


def test_before_their_time_is_over_the_page_says_until_when(draft, as_, lately):
    pause_initiative(
        initiative=draft.initiative, reason="Wrong answers", actor=draft.cast.ivo, at=lately
    )
    client = as_(draft.cast.cleo)

    page = client.get(place(draft)).content.decode()
    early = client.post(place(draft), RIGHT | {"way": "completed"})

    assert "After that you can decide" in page
    assert early.status_code == 409
    assert RIGHT["reason"] in early.content.decode()
    assert "still have time" in early.content.decode()


def test_a_sponsor_with_a_passkey_decides_by_it_alone(stuck, as_):
    key = give_passkey(stuck.cast.cleo, now())
    client = as_(stuck.cast.cleo)

    by_password = client.post(place(stuck), RIGHT)
    answer = key.sign(number_of(by_password))
    done = client.post(place(stuck), {**RIGHT, "password": "", "assertion": answer})

    assert by_password.status_code == 422
    assert 'name="password"' not in by_password.content.decode()
    assert (done.status_code, Ruling.objects.get().step_up["level"]) == (302, "L3")
