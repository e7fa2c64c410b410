"""Disagreeing, from the gate to the sponsor's home page, with what was typed kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.models import Disagreement, Position, Settlement
from governance.operations.rounds import open_round
from initiatives.queries.days import home_day
from journal.clock import now
from kernel.calendars import MONDAY_TO_FRIDAY, is_working_day
from tests.gates import make_review, sign
from tests.governance.disagreeing import OURS, SUBJECT, THEIRS, WORDS, opened, raised, stated

HOSTILE = "<script>alert(1)</script> \u202e {{ 7*7 }} '; DROP TABLE"


def next_working_day(after):
    day = after + timedelta(days=1)
    while not is_working_day(day, MONDAY_TO_FRIDAY):
        day += timedelta(days=1)
    return day


@pytest.fixture
def lately(db):
    """Nine days ago: time enough for the next working day to be over."""
    return now() - timedelta(days=9)


@pytest.fixture
def round_(draft, lately):
    return open_round(initiative=draft.initiative, gate="1", actor=draft.cast.petra, at=lately)


@pytest.fixture
def found(draft, round_, lately):
    """A disagreement whose day is the first one after it was raised."""
    return raised(draft, round_, lately, due_on=next_working_day(home_day(lately)))


def at(found, name="detail"):
    return reverse(f"governance:disagreement-{name}", kwargs={"pk": found.id})


def seen(found):
    return {"seen": opened(found.id, now()).version}


def text(response):
    return response.content.decode()


def test_a_side_disagrees_beside_a_gate_and_the_other_answers_there(draft, round_, as_, at_gate):
    form = at_gate(round_, "disagreement-form")
    due_on = next_working_day(home_day(now()))
    gate = text(as_(draft.cast.tariq).get(at_gate(round_)))
    assert f'href="{form}"' in gate

    typed = {
        "subject": HOSTILE.replace("\u202e", ""),
        "position": OURS,
        "due_on": due_on.isoformat(),
    }
    made = as_(draft.cast.tariq).post(form, typed, follow=True)

    [(address, _)] = made.redirect_chain
    assert "People have not answered" in text(made)
    assert "<script>alert(1)" not in text(made)
    answer = {"position": THEIRS, "seen": made.context["seen"]}
    as_(draft.cast.petra).post(f"{address}position/", answer)
    gate = text(as_(draft.cast.hana).get(at_gate(round_)))
    assert OURS in gate
    assert THEIRS in gate
    assert "To be settled by" in gate


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"subject": ""}, "required"),
        ({"subject": "x" * 121}, "121 characters, 120 at most"),
        ({"position": "y" * 200_000}, "200,000 characters, 2,000 at most"),
        ({"position": "\x00"}, "required"),
        ({"due_on": "2026-02-30"}, "Enter a valid date."),
        ({"due_on": "2020-01-01"}, "still to come"),
        ({"due_on": "9999-12-31"}, "60 days at most"),
    ],
)
def test_what_cannot_stand_there_says_why_and_keeps_what_was_typed(
    draft, round_, as_, at_gate, typed, told
):
    said = {"subject": SUBJECT, "position": OURS, "due_on": "2026-12-10", **typed}

    response = as_(draft.cast.tariq).post(at_gate(round_, "disagreement-form"), said)

    assert response.status_code == 422
    assert told in text(response)
    kept = {key: value for key, value in said.items() if key not in typed}
    assert {key: response.context["form"][key].value() for key in kept} == kept
    assert Disagreement.objects.count() == 0


def test_a_stale_form_is_told_so_and_loses_no_word(draft, found, as_, lately):
    opened_upon = seen(found)
    stated(found, draft.cast.petra, THEIRS, lately)

    response = as_(draft.cast.hana).post(at(found, "state"), {"position": WORDS, **opened_upon})

    assert response.status_code == 409
    assert WORDS in text(response)
    assert THEIRS in text(response)
    assert Position.objects.count() == 2
    again = {"position": WORDS, "seen": response.context["seen"]}
    assert as_(draft.cast.hana).post(at(found, "state"), again).status_code == 302


def test_a_refused_form_stays_on_what_it_was_opened_upon(draft, found, as_, lately):
    opened_upon = seen(found)
    stated(found, draft.cast.petra, THEIRS, lately)

    response = as_(draft.cast.hana).post(at(found, "state"), {"position": "", **opened_upon})

    assert (response.status_code, response.context["seen"]) == (422, opened_upon["seen"])
    broken = as_(draft.cast.hana).post(at(found, "state"), {"position": WORDS, "seen": "x"})
    assert (broken.status_code, WORDS in text(broken)) == (422, True)


def test_both_sides_settle_it_and_a_day_moves_when_both_name_it(draft, round_, lately, as_):
    today = home_day(now())
    found = raised(draft, round_, lately, due_on=next_working_day(today))
    later = {"due_on": next_working_day(today + timedelta(days=20)).isoformat()}
    as_(draft.cast.hana).post(at(found, "date"), {**later, **seen(found)})
    page = as_(draft.cast.tariq).get(at(found))
    assert page.context["acts"].agrees_to.isoformat() == later["due_on"]
    as_(draft.cast.tariq).post(at(found, "date"), {**later, **seen(found)})
    assert "Both sides named this day" in text(as_(draft.cast.tariq).get(at(found)))

    as_(draft.cast.ivo).post(at(found, "settle"), {"words": WORDS, **seen(found)})
    own = as_(draft.cast.tariq).post(at(found, "confirm"), seen(found))
    done = as_(draft.cast.petra).post(at(found, "confirm"), seen(found), follow=True)

    assert own.status_code == 422
    assert "Settled by both sides" in text(done)
    assert WORDS in text(done)
    assert "Write the position" not in text(done)
    again = as_(draft.cast.petra).post(at(found, "state"), {"position": OURS * 2, **seen(found)})
    assert (again.status_code, OURS * 2 in text(again)) == (422, True)


def test_after_its_day_the_sponsor_finds_both_positions_at_home_and_settles(draft, found, as_):
    home = text(as_(draft.cast.cleo).get("/"))
    assert "One disagreement only you can" in home
    assert OURS in home
    assert "with the sponsor" in text(as_(draft.cast.ivo).get("/"))
    early = as_(draft.cast.ivo).post(at(found, "decide"), {"reason": WORDS, **seen(found)})
    assert early.status_code == 403

    as_(draft.cast.cleo).post(at(found, "decide"), {"reason": WORDS, **seen(found)})

    assert Settlement.objects.get().sealed.text == WORDS
    assert "Settled by the sponsor" in text(as_(draft.cast.petra).get(at(found)))
    assert SUBJECT not in text(as_(draft.cast.cleo).get("/"))


def test_before_its_day_the_sponsor_is_told_until_when_to_wait(draft, round_, lately, as_):
    found = raised(draft, round_, lately, due_on=next_working_day(home_day(now())))

    page = text(as_(draft.cast.cleo).get(at(found)))
    refused = as_(draft.cast.cleo).post(at(found, "decide"), {"reason": WORDS, **seen(found)})

    assert "Both sides have until" in page
    assert (refused.status_code, WORDS in text(refused)) == (422, True)


def test_the_sealed_page_and_the_record_say_how_it_stood(lately, as_, at_gate):
    world, round_ = make_review(lately)
    before = raised(world, round_, lately, due_on=next_working_day(home_day(now())))
    sign(world.cast.ivo, round_.pk, at=lately)
    sign(world.cast.hana, round_.pk, at=lately + timedelta(minutes=5))
    raised(
        world,
        round_,
        lately + timedelta(hours=1),
        subject="What it costs",
        due_on=next_working_day(home_day(now())),
    )

    sealed = text(as_(world.cast.petra).get(at_gate(round_, "gate-signed")))

    assert "open when this was signed" in sealed
    assert "raised after this was signed" in sealed
    record = text(as_(world.cast.hana).get("/record/"))
    assert "2\xa0disagreements, 2 open" in record
    initiative = text(as_(world.cast.petra).get(f"/initiatives/{world.initiative.code}/"))
    assert "2 open" in initiative
    listed = as_(world.cast.petra).get(f"/initiatives/{world.initiative.code}/disagreements/")
    assert before.subject in text(listed)
    assert as_(world.cast.otto).get(at(before)).status_code == 404
    for code in ("AI-0", "x", "AI-999"):
        assert as_(world.cast.petra).get(f"/initiatives/{code}/disagreements/").status_code == 404


def test_what_is_taken_back_stays_readable(draft, found, as_):
    empty = as_(draft.cast.tariq).post(at(found, "take-back"), {"reason": "", **seen(found)})
    done = as_(draft.cast.tariq).post(
        at(found, "take-back"), {"reason": WORDS, **seen(found)}, follow=True
    )

    assert empty.status_code == 422
    assert "Taken back on" in text(done)
    assert OURS in text(done)


def test_search_finds_it_for_those_who_read_the_initiative(draft, found, as_):
    hit = text(as_(draft.cast.audrey).get("/search/?q=both teams"))
    none = text(as_(draft.cast.otto).get("/search/?q=both teams"))

    assert "<mark>both</mark>" in hit
    assert "<mark>both</mark>" not in none
