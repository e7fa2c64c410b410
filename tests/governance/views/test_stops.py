"""Stopping and calling a condition met, in the browser."""

import pytest

from governance.models import Closure, Pause
from governance.operations.stops import pause_initiative
from governance.views import stops
from initiatives.choices import Standing
from tests.gates import make_review
from tests.governance.operations.test_breaches import passed_with
from tests.kept import kept

BOTH_VIEWS = ("/portfolio/", "/portfolio/?view=table")
REASON = "Wrong answers reach customers."


@kept
def owed(lately):
    """What People asked for at the first gate, and Max owes."""
    world, round_ = make_review(lately)
    [commitment] = passed_with(world, round_, "notify")
    return world, commitment


def standing(world) -> str:
    world.initiative.refresh_from_db()
    return world.initiative.standing


def test_one_key_stops_the_work_and_is_told_that_two_resume_it(draft, as_):
    address = f"/initiatives/{draft.initiative.code}/pause/"

    response = as_(draft.cast.cleo).post(address, {"reason": REASON}, follow=True)

    assert "It takes both keys to go on." in response.content.decode()
    assert Pause.objects.get().sealed.text == REASON
    assert standing(draft) == Standing.PAUSED


def test_a_stop_without_a_word_or_by_a_lead_stops_nothing(draft, as_):
    address = f"/initiatives/{draft.initiative.code}/pause/"

    short = as_(draft.cast.hana).post(address, {"reason": "Stop"})
    lead = as_(draft.cast.petra).post(address, {"reason": REASON})
    stranger = as_(draft.cast.otto).post(address, {"reason": REASON})

    assert (short.status_code, lead.status_code, stranger.status_code) == (422, 403, 404)
    assert "at least 10 characters" in short.content.decode()
    assert short.context["form"]["reason"].value() == "Stop"
    assert standing(draft) == Standing.ACTIVE


def test_who_comes_to_stop_what_is_stopped_already_is_told_so_and_gets_no_form(draft, as_):
    address = f"/initiatives/{draft.initiative.code}/pause/"
    as_(draft.cast.cleo).post(address, {"reason": REASON})

    told = as_(draft.cast.hana).get(address).content.decode()

    assert "is paused already" in told
    assert "Pause it" not in told


def test_a_drill_says_everywhere_that_it_is_one_and_how_long_stopping_took(draft, as_):
    place = f"/initiatives/{draft.initiative.code}/"
    as_(draft.cast.hana).post(f"{place}pause/", {"reason": REASON, "is_exercise": "on"})

    client = as_(draft.cast.petra)
    before = client.get(place).content.decode()
    done = client.post(f"{place}pause/still/", follow=True).content.decode()
    shown = [
        as_(draft.cast.cleo).get(url).content.decode()
        for url in (*BOTH_VIEWS, "/", f"{place}pause/decide/")
    ]
    told = as_(draft.cast.hana).get(f"{place}pause/").content.decode()

    assert "Paused for a drill" in before
    assert "It stands still now" in before
    assert "Everything stood still after" in done
    assert "It stands still now" not in done
    assert all("a drill" in one.lower() for one in shown)
    assert "In the last drill" in told


@pytest.mark.parametrize("begins", [{}, {"is_exercise": "on"}])
def test_who_was_slower_to_stop_it_is_told_that_it_stands_stopped(draft, as_, monkeypatch, begins):
    """The page says how it is now, no drill and not “It is not paused”; the words are kept."""
    address = f"/initiatives/{draft.initiative.code}/pause/"
    if begins:
        as_(draft.cast.hana).post(address, {"reason": REASON, **begins})

    def second(**wish):
        pause_initiative(**{**wish, "actor": draft.cast.cleo, "reason": "It burns here already."})
        return pause_initiative(**wish)

    monkeypatch.setattr(stops, "pause_initiative", second)
    told = as_(draft.cast.ivo).post(address, {"reason": REASON})
    shown = told.content.decode()

    assert told.status_code == 422
    assert "is paused already" in shown
    assert "Somebody else paused it" in shown
    assert "It is not paused" not in shown
    assert "drill" not in shown
    assert REASON in shown
    assert "Pause it" not in shown


def test_a_drill_is_stopped_in_earnest_on_the_page_and_by_nobody_else(draft, as_):
    place = f"/initiatives/{draft.initiative.code}/"
    as_(draft.cast.hana).post(f"{place}pause/", {"reason": REASON, "is_exercise": "on"})
    as_(draft.cast.petra).post(f"{place}pause/still/")

    lead = as_(draft.cast.petra).get(place).content.decode()
    ivo = as_(draft.cast.ivo)
    led_to = ivo.get(place).content.decode()
    asked = ivo.get(f"{place}pause/").content.decode()
    short = ivo.post(f"{place}pause/", {"reason": "No"}).content.decode()
    drill = ivo.post(f"{place}pause/", {"reason": REASON, "is_exercise": "on"})
    told = ivo.post(f"{place}pause/", {"reason": REASON}, follow=True).content.decode()
    history = ivo.get(f"{place}history/").content.decode()

    assert "Stop it in earnest" in led_to
    assert "Stop it in earnest" not in lead
    assert "It is paused for a drill." in asked
    assert "This is a drill" not in asked
    assert "It is still a drill" in short
    assert (drill.status_code, standing(draft)) == (422, Standing.PAUSED)
    assert "paused in earnest, and the drill is over" in told
    assert "Paused for a drill" not in told
    assert "It stands still now" in told
    assert "paused it in earnest, which ends the drill" in history


def test_a_stranger_cannot_say_that_it_stands_still(draft, as_):
    address = f"/initiatives/{draft.initiative.code}/pause/still/"

    assert as_(draft.cast.otto).post(address).status_code == 404
    assert as_(draft.cast.kim).post(address).status_code == 403
    assert as_(draft.cast.kim).post("/initiatives/x/pause/still/").status_code == 404


@pytest.mark.parametrize("code", ["AI-0", "AI-999", "x"])
def test_what_is_not_there_cannot_be_stopped(draft, as_, code):
    assert as_(draft.cast.hana).post(f"/initiatives/{code}/pause/").status_code == 404


def test_the_side_that_asked_says_that_a_condition_is_met_once(owed, as_):
    world, commitment = owed
    address = f"/commitments/{commitment.pk}/close/"

    other = as_(world.cast.ivo).post(address, {"note": REASON})
    empty = as_(world.cast.hana).post(address, {"note": ""})
    client = as_(world.cast.hana)
    done = client.post(address, {"note": "All of them were there."}, follow=True)
    again = client.post(address, {"note": "All of them were there."})

    assert (other.status_code, empty.status_code, again.status_code) == (403, 422, 409)
    assert "Closed. The condition is met." in done.content.decode()
    assert Closure.objects.get().by == world.cast.hana
