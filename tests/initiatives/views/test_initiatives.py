from datetime import timedelta

import pytest

from initiatives.choices import FactKind
from initiatives.operations.artefacts import save_slot
from initiatives.operations.facts import record_past_fact
from initiatives.operations.memberships import end_membership
from tests.gates import make_review, pass_gate, sign
from tests.kept import kept

URL = "/initiatives/AI-001/"


@pytest.mark.parametrize("code", ["AI-1", "ai-001", "Ai-0001"])
def test_other_spellings_lead_to_the_one_that_is_printed(world, sign_in, code):
    answer = sign_in(world.cast.petra).get(f"/initiatives/{code}/slots/problem_statement/?x=1")

    assert answer.status_code == 301
    assert answer.url == "/initiatives/AI-001/slots/problem_statement/?x=1"


@pytest.mark.parametrize("code", ["AI-0", "AI-999999999", "AI-002"])
def test_what_is_not_there_is_not_there(world, sign_in, code):
    assert sign_in(world.cast.hana).get(f"/initiatives/{code}/").status_code == 404


def test_whoever_signs_next_finds_the_key(noon, db, sign_in):
    world, round_ = make_review(noon)
    sign(world.cast.ivo, round_.pk, at=noon + timedelta(minutes=1))

    html = sign_in(world.cast.hana).get(URL).content.decode()
    other = sign_in(world.cast.ivo).get(URL).content.decode()

    assert "Gate 1 needs one more signature" in html
    assert '<a class="btn people block" href="/gates/' in html
    assert "btn people block" not in other
    assert "Read what is being signed" in other


def test_a_lead_prepares_the_gate_and_sees_what_is_in_the_way(world, sign_in):
    html = sign_in(world.cast.petra).get(URL).content.decode()

    assert "Prepare gate 1" in html
    assert "Weakest of four" in html
    # Her own half comes first; what the other side brings has a name beside it.
    assert 'class="btn block" href="/initiatives/AI-001/halves/people/">Fill in People' in html
    assert "14 missing" in html
    assert "<bdi>Tariq Haddad</bdi> can bring it" in html
    assert 'href="/initiatives/AI-001/halves/technology/"' not in html


def test_the_other_lead_is_named_on_the_spot_and_the_key_holder_is_offered(alone, sign_in):
    world = alone
    client = sign_in(world.cast.petra)

    html = client.get(URL).content.decode()
    named = client.post(
        "/initiatives/AI-001/people/",
        {"user": world.cast.ivo.pk, "side": "technology", "role": "lead", "next": URL},
    )

    assert f'<option value="{world.cast.ivo.pk}" selected>Ivo Brandt' in html
    assert named.url == URL
    assert "A lead is missing" not in client.get(URL).content.decode()


def test_a_way_back_leads_nowhere_else(alone, sign_in):
    world = alone

    for far in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        named = sign_in(world.cast.petra).post(
            "/initiatives/AI-001/people/",
            {"user": world.cast.max.pk, "side": "people", "role": "contributor", "next": far},
        )
        assert named.status_code == 422 or named.url == "/initiatives/AI-001/people/"


@kept
def alone(world, noon):
    """The same initiative, with nobody who leads for Technology."""
    end_membership(
        actor=world.cast.tariq,
        membership=world.initiative.memberships.current().get(user=world.cast.tariq),
        at=noon,
    )
    return world


def test_readers_are_offered_nothing_to_change(world, sign_in):
    html = sign_in(world.cast.audrey).get(URL).content.decode()

    for offer in (
        "Prepare gate 1",
        "Fill it in",
        "Fill in ",
        "A lead is missing",
        ">Edit<",
        ">Change<",
        "/facts/",
        "Write it",
        "Take back",
    ):
        assert offer not in html


def test_a_vendor_before_people_shows_as_a_breach(world, noon, sign_in):
    record_past_fact(
        actor=world.cast.tariq,
        initiative=world.initiative,
        kind=FactKind.VENDOR_COMMITMENT,
        happened_on=(noon - timedelta(days=20)).date(),
        text="Answerly Ltd",
        at=noon,
    )

    html = sign_in(world.cast.petra).get(URL).content.decode()

    assert "Before the gate was passed" in html
    assert "before People" in html


def test_the_rail_keeps_what_was_agreed_and_other_stages_are_reachable(world, noon, sign_in):
    pass_gate(world, "1", at=noon)

    html = sign_in(world.cast.petra).get(f"{URL}?stage=1").content.decode()

    assert "Gate 1, agree the problem: Technology has signed. People have signed." in html
    assert "Problem, in two voices" in html
    assert "Prepare gate 2" in html


@pytest.mark.parametrize("stage", ["0", "5", "x", "٣"])
def test_a_stage_that_is_none_shows_the_one_we_are_in(world, sign_in, stage):
    html = sign_in(world.cast.petra).get(f"{URL}?stage={stage}").content.decode()

    assert "Problem, in two voices" in html


def test_htmx_gets_the_voices_alone(world, sign_in):
    part = sign_in(world.cast.petra).get(
        f"{URL}?stage=2", headers={"HX-Request": "true", "HX-Target": "voices"}
    )

    html = part.content.decode()
    assert html.lstrip().startswith("<section")
    assert "Design, in two voices" in html


def test_the_history_reads_as_sentences_and_pages(world, sign_in):
    client = sign_in(world.cast.hana)

    html = client.get(f"{URL}history/").content.decode()

    assert "proposed it" in html
    assert "gave Tariq Haddad the part of lead" in html
    assert client.get(f"{URL}history/?before=1").status_code == 200
    assert client.get(f"{URL}history/?before={'9' * 40}").status_code == 200


def test_a_measure_of_the_catalogue_is_counted_in_our_currency(world, noon, sign_in):
    measure = {
        "metric": "fin.cost_per_active",
        "owner": "joint",
        "baseline": "180",
        "target": "140",
    }
    save_slot(
        actor=world.cast.petra,
        initiative=world.initiative,
        slot="success_statement",
        raw={"measures": [measure]},
        expected_version=0,
        at=noon,
    )

    html = sign_in(world.cast.petra).get(URL).content.decode()

    assert "180 <bdi>EUR</bdi>" in html
    assert "140 <bdi>EUR</bdi>" in html
