"""The page of a gate before the sponsor: who must do what by when, and the sponsor's decision."""

from datetime import timedelta

import pytest

from governance.models import Dissent, Passage, Resolution, Round
from governance.operations.escalations import state_dissent
from journal.clock import now
from tests.cast import PASSWORD
from tests.gates import make_review
from tests.governance.stalemates import DISSENT, REASON, fall_silent
from tests.kept import kept

LONG_AGO = timedelta(days=25)


@kept
def silent():
    """Technology signed, People kept silent; since a week it is before the sponsor."""
    sent = now() - LONG_AGO
    world, round_ = make_review(sent)
    late = fall_silent(world, round_, at=sent)
    state_dissent(round_id=round_.pk, text=DISSENT, actor=world.cast.hana, at=late)
    return world, round_


def text(response):
    return response.content.decode()


def decide(client, round_, way, reason=REASON):
    page = client.get(f"/gates/{round_.pk}/")
    initial = page.context["resolve_form"].initial
    posted = {**initial, "way": way, "reason": reason}
    return client.post(f"/gates/{round_.pk}/resolve/", posted)


def test_everyone_reads_who_must_do_what_by_when(client, silent):
    world, round_ = silent
    client.force_login(world.cast.petra)

    page = text(client.get(f"/gates/{round_.pk}/"))

    assert "People have not answered." in page
    assert "It is before the sponsor." in page
    assert "until then nothing passes" in page
    assert DISSENT in page
    assert "Your decision" not in page


@pytest.mark.parametrize(("way", "state"), [("recycle", "returned"), ("go", "passed")])
def test_the_sponsor_decides_and_confirms_with_a_password(client, silent, way, state):
    world, round_ = silent
    client.force_login(world.cast.cleo)
    assert "Read both and decide" in text(client.get("/"))

    step_up = decide(client, round_, way)
    assert "as the sponsor" in text(client.get(step_up.url))
    assert client.post(step_up.url, {"password": "wrong"}).status_code == 422
    done = client.post(step_up.url, {"password": PASSWORD}, follow=True)

    round_.refresh_from_db()
    assert (round_.state, Resolution.objects.get().way) == (state, way)
    assert done.status_code == 200
    assert REASON in text(client.get(f"/gates/{round_.pk}/"))


def test_the_sealed_page_prints_the_dissent_and_who_let_it_pass(client, silent):
    world, round_ = silent
    client.force_login(world.cast.cleo)
    step_up = decide(client, round_, "go")
    client.post(step_up.url, {"password": PASSWORD})

    page = text(client.get(f"/gates/{round_.pk}/signed/"))

    assert Passage.objects.get().resolution == "sponsor"
    for said in (DISSENT, REASON, "Did not agree", "the sponsor let it pass", "Checked"):
        assert said in page
    assert "Not so. Tell the auditor." not in page


def test_what_is_missing_is_said_and_what_was_typed_stays(client, silent):
    world, round_ = silent
    client.force_login(world.cast.cleo)

    short = decide(client, round_, "kill", reason="No, I think.")

    assert short.status_code == 422
    assert "No, I think." in text(short)
    assert "at least 30 characters" in text(short)
    assert Round.objects.get().state == "escalated"


def test_what_changed_meanwhile_is_told(client, silent):
    world, round_ = silent
    client.force_login(world.cast.cleo)

    posted = {"snapshot": "another", "terms": "another", "way": "kill", "reason": REASON}
    stale = client.post(f"/gates/{round_.pk}/resolve/", posted)

    assert stale.status_code == 409


def test_the_other_side_states_its_position_once(client, silent):
    world, round_ = silent
    client.force_login(world.cast.ivo)
    assert client.post(f"/gates/{round_.pk}/dissent/", {"text": "Short."}).status_code == 422

    client.post(f"/gates/{round_.pk}/dissent/", {"text": REASON})
    again = client.post(f"/gates/{round_.pk}/dissent/", {"text": REASON})

    assert again.status_code == 422
    assert Dissent.objects.count() == 2
