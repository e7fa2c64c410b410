"""A gate in the browser: read it, prepare it, send it for signature, take it back."""

from datetime import UTC, datetime, timedelta

from governance.choices import RoundState
from governance.models import Proof, Reading, Round
from governance.operations.rounds import open_round, submit_round
from initiatives.models import CaptureRequest
from initiatives.operations.captures import capture_link
from initiatives.operations.evidence import add_evidence_link
from initiatives.queries.days import home_day
from kernel.canonical import digest
from kernel.templatetags.say import day
from playbook.editions import current
from tests.gates import make_ready
from tests.kept import kept
from tests.kernel.outside import PUBLIC, Names, page, serving

POINT = "g1_change_load"


@kept
def opened(draft, lately):
    """The first round of a gate for which nothing is ready."""
    round_ = open_round(initiative=draft.initiative, gate="1", actor=draft.cast.petra, at=lately)
    return draft, round_


def test_a_gate_is_read_by_offices_and_by_who_works_on_it(waiting, as_, at_gate):
    world, round_ = waiting

    for name in ("hana", "ivo", "cleo", "audrey", "ada", "tariq", "petra", "kim"):
        assert as_(getattr(world.cast, name)).get(at_gate(round_)).status_code == 200, name
    for name in ("erin", "otto", "max"):
        assert as_(getattr(world.cast, name)).get(at_gate(round_)).status_code == 404, name


def test_only_a_signers_first_reading_is_noted(waiting, as_, at_gate):
    world, round_ = waiting
    as_(world.cast.cleo).get(at_gate(round_))
    assert not Reading.objects.exists()

    for _ in range(2):
        as_(world.cast.hana).get(at_gate(round_))

    assert Reading.objects.get().reader == world.cast.hana


def test_the_frozen_text_is_handed_out_as_the_bytes_of_its_fingerprint(waiting, as_, at_gate):
    world, round_ = waiting

    response = as_(world.cast.audrey).get(at_gate(round_, "gate-text"))

    assert digest(response.content) == round_.snapshot.digest


def test_a_lead_opens_a_round_and_an_auditor_does_not(draft, as_):
    address = f"/initiatives/{draft.initiative.code}/gates/1/"

    assert as_(draft.cast.audrey).post(address).status_code == 403
    response = as_(draft.cast.petra).post(address)

    assert response.url == f"/gates/{Round.objects.get().pk}/"
    assert as_(draft.cast.petra).post(address).status_code == 422
    assert as_(draft.cast.petra).post(address.replace("/1/", "/9/")).status_code == 404


def test_a_draft_has_no_frozen_text(opened, as_, at_gate):
    world, round_ = opened

    assert as_(world.cast.hana).get(at_gate(round_, "gate-text")).status_code == 404


def test_a_point_is_answered_by_its_side_and_says_how_one_knows(opened, as_, at_gate):
    world, round_ = opened
    address = at_gate(round_, "gate-attest", criterion=POINT)
    word = {"is_met": "yes", "note": "Two other changes, both done by May."}

    foreign = as_(world.cast.tariq).post(address, word)
    silent = as_(world.cast.petra).post(address, {**word, "note": " "})
    assert (foreign.status_code, silent.status_code) == (403, 422)
    assert "Your word was not recorded" in silent.content.decode()
    assert not Proof.objects.exists()

    response = as_(world.cast.petra).post(address, word)

    assert response.url == at_gate(round_)
    assert (Proof.objects.get().criterion, Proof.objects.get().is_met) == (POINT, True)


def test_a_point_that_this_gate_does_not_ask_is_not_there(opened, as_, at_gate):
    world, round_ = opened
    foreign = current().criteria_of("2")[0].key

    address = at_gate(round_, "gate-attest", criterion=foreign)

    assert as_(world.cast.petra).post(address, {"is_met": "yes"}).status_code == 404


def test_what_stands_in_the_way_is_listed_and_nothing_is_sent(opened, as_, at_gate):
    world, round_ = opened

    response = as_(world.cast.petra).post(at_gate(round_, "gate-submit"))

    assert response.status_code == 422
    assert "It was not sent" in response.content.decode()
    round_.refresh_from_db()
    assert round_.state == RoundState.DRAFT


def test_what_is_ready_is_sent_and_may_be_taken_back(opened, as_, at_gate, lately):
    world, round_ = opened
    make_ready(world, "1", at=lately)
    client = as_(world.cast.petra)

    sent = client.post(at_gate(round_, "gate-submit"), follow=True)
    assert "Both sides can read it and sign it now." in sent.content.decode()
    assert as_(world.cast.audrey).post(at_gate(round_, "gate-withdraw")).status_code == 403

    back = as_(world.cast.tariq).post(at_gate(round_, "gate-withdraw"), follow=True)
    assert "Round 1 is taken back." in back.content.decode()
    round_.refresh_from_db()
    assert round_.state == RoundState.WITHDRAWN


def test_what_it_rests_on_and_until_when_is_said_before_it_is_over(
    opened, as_, at_gate, lately, settings, tmp_path
):
    settings.EVIDENCE_ROOT, settings.CAPTURE_LINKS = tmp_path, True
    world, round_ = opened
    make_ready(world, "1", at=lately)
    last = home_day(datetime.now(UTC)) + timedelta(days=3)
    for title in ("Outside test", "Not to be had"):
        add_evidence_link(
            actor=world.cast.petra,
            initiative=world.initiative,
            url="http://wiki.example/",
            title=title,
            slot="problem_statement",
            valid_until=last,
            at=lately,
        )
    with serving(page(b"<p>Closed</p>")) as server:
        wire = Names(server, wiki_example=[[PUBLIC]])
        request = CaptureRequest.objects.earliest("pk")
        capture_link(request_id=request.pk, clock=lambda: lately, wire=wire)
    client = as_(world.cast.petra)
    told = f"<strong>until {day(last)}</strong>"

    draft = client.get(at_gate(round_)).content.decode()
    submit_round(round_id=round_.pk, actor=world.cast.petra, at=lately)
    review = client.get(at_gate(round_)).content.decode()

    assert told in draft
    assert told in review
    assert review.count("Copy of ") == 1
    assert review.count("Without a copy") == 1
