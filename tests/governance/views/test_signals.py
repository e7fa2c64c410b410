"""The page between the two sides: who reads it, and what it says to whom."""

from datetime import timedelta

import pytest

from governance.operations.rounds import open_round
from governance.operations.stops import pause_initiative
from initiatives.choices import FactKind
from initiatives.operations.facts import record_past_fact
from initiatives.operations.memberships import end_membership
from initiatives.queries.days import home_day
from people.choices import Office
from tests.changes import end_term
from tests.gates import ask_for_changes, make_world
from tests.governance.disagreeing import SUBJECT, raised

PAGE = "/sides/"
DAY = timedelta(days=1)


def body(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ").split())


@pytest.mark.parametrize("name", ["hana", "ivo", "cleo", "kim", "audrey"])
def test_those_who_decide_and_those_who_check_read_it(draft, as_, name):
    text = body(as_(getattr(draft.cast, name)).get(PAGE))

    assert "Nothing is open between the two sides." in text
    assert "Nobody was asked and nobody is graded" in text
    assert 'aria-current="page">Between the two sides' in text


@pytest.mark.parametrize("name", ["ada", "petra", "erin"])
def test_others_are_refused_and_shown_no_way_to_it(draft, as_, name):
    client = as_(getattr(draft.cast, name))

    assert client.get(PAGE).status_code == 403
    assert "/sides/" not in body(client.get("/"))


def test_without_anything_it_says_so_and_what_is_not_known(draft, as_):
    text = body(as_(draft.cast.hana).get(PAGE))

    assert "Nothing has come between the sides yet." in text
    assert "Not known yet: no initiative has a whole half in." in text
    assert "Tariq Haddad" in text
    assert "Petra Novak" in text


def test_a_disagreement_stands_with_its_age_and_who_is_next(draft, as_, lately):
    cast = draft.cast
    round_ = open_round(initiative=draft.initiative, gate="1", actor=cast.petra, at=lately)
    raised(draft, round_, lately, due_on=_working_day(lately))

    text = body(as_(cast.hana).get(PAGE))

    assert "One disagreement is open, for 2 days." in text
    assert SUBJECT in text
    assert "Petra Novak" in text.split("Next:")[1][:120]


def test_a_pause_a_wish_and_what_waits_are_counted_by_side(waiting, as_, lately):
    world, round_ = waiting
    ask_for_changes(
        world.cast.hana, round_.pk, {"g1_change_load": "By when is it measured?"}, at=lately
    )
    pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.ivo, at=lately
    )

    text = body(as_(world.cast.audrey).get(PAGE))

    assert "Nothing is open. Two times somebody said no this year." in text
    assert "Paused an initiative: AI-001" in text
    assert "Asked for changes: gate 1 of AI-001" in text
    assert "Both on one day" in text


def test_the_second_early_fact_of_a_side_is_told_as_the_sponsors(draft, as_, lately):
    cast = draft.cast
    for name in ("Shift helper", "Answer helper"):
        one = make_world(lately, cast=cast, name=name)
        record_past_fact(
            actor=cast.tariq,
            initiative=one.initiative,
            kind=FactKind.VENDOR_COMMITMENT,
            happened_on=home_day(lately),
            at=lately,
            text="Acme",
        )

    sponsor, other = body(as_(cast.cleo).get(PAGE)), body(as_(cast.hana).get(PAGE))
    desk, hers = body(as_(cast.cleo).get("/")), body(as_(cast.hana).get("/"))

    assert "Two facts entered by Technology came before their gate." in sponsor
    assert "/initiatives/AI-002/pause/" in sponsor
    assert "/initiatives/AI-002/pause/" not in other
    assert "Two facts came before their gate." in desk
    assert "From the second on it is yours, too." in desk
    assert "/initiatives/AI-002/pause/" in desk
    assert "came before their gate" not in hers
    assert "/sides/" in hers
    assert "Vendor commitment, before gate 2, which has not passed, 2 days so far" in other


@pytest.mark.parametrize(("name", "office"), [("hana", Office.CHRO), ("ivo", Office.CIO)])
def test_a_vacant_key_says_who_names_an_acting_holder(draft, as_, lately, name, office):
    cast = draft.cast
    end_term(actor=cast.ada, term=cast.term(getattr(cast, name)), at=lately + DAY)
    side = "People" if office == Office.CHRO else "Technology"

    sponsor, committee = body(as_(cast.cleo).get(PAGE)), body(as_(cast.kim).get(PAGE))
    initiative = body(as_(cast.cleo).get("/initiatives/AI-001/"))

    way = f"/settings/people/appoint/?office={office.value}&amp;capacity=acting"
    assert f"Nobody signs for {side}." in sponsor
    assert way in sponsor
    assert way not in committee
    assert "The sponsor names an acting holder" in committee
    assert f"nobody holds the office that signs for {side}." in initiative
    assert way in initiative


def test_what_is_paused_names_who_answers_for_it_one_for_each_side(draft, as_, lately):
    cast, initiative = draft.cast, draft.initiative
    pause_initiative(initiative=initiative, reason="Wrong answers", actor=cast.ivo, at=lately)
    client = as_(cast.hana)
    whole = body(client.get("/initiatives/AI-001/"))
    for side, person in (("technology", cast.tariq), ("people", cast.petra)):
        [lead] = initiative.memberships.filter(side=side)
        end_membership(actor=person, membership=lead, at=lately)
    end_term(actor=cast.ada, term=cast.term(cast.ivo), at=lately + DAY)
    emptied = body(client.get("/initiatives/AI-001/"))

    pair = "<bdi>{}</bdi> for Technology, <bdi>{}</bdi> for People."
    assert f"Answering for it: {pair.format('Tariq Haddad', 'Petra Novak')}" in whole
    assert (
        "Answering for it: nobody yet for Technology, <bdi>Hana Okafor</bdi> for People." in emptied
    )


def _working_day(at):
    day = home_day(at + 20 * DAY)
    return day - timedelta(days=max(day.isoweekday() - 5, 0))
