"""Scoring on the page: partial saves, the reveal, talks, another scoring, and what gate 1 says."""

import re
from datetime import timedelta

from django.urls import reverse

from governance.models import Round
from initiatives.models import Discussion, Score, Scoring
from initiatives.operations.opportunities import give_scores
from people.choices import Side
from playbook.editions import current
from tests.gates import make_ready, make_round, score, sign
from tests.kept import kept

URL = "/initiatives/AI-001/scores/"
TALK = "We count the hours of one depot first."
REASON = "The supplier changed what it offers."


def whole(side, **values):
    return {one.key: 4 for one in current().scoring.of(side)} | values


def text(answer):
    return answer.content.decode()


@kept
def shown(world, noon):
    """Both sides were shown; they lie three apart on the value."""
    score(world, at=noon, technology={"value": 1})
    return world


def test_a_side_saves_what_it_has_and_sees_it_again(world, sign_in):
    client = sign_in(world.cast.petra)

    answer = client.post(URL, {"n": 1, "pain": 5, "value": 2}, follow=True)

    html = text(answer)
    assert "Saved. The other side sees none of it yet." in html
    assert re.search(r'name="pain" value="5"[^>]* checked', html)
    assert not re.search(r'name="change_capacity"[^>]* checked', html)
    assert "technical_feasibility" not in html
    assert "2 of 6" in html


def test_the_last_score_shows_both(world, sign_in, noon):
    give_scores(
        actor=world.cast.tariq,
        initiative=world.initiative,
        values=whole(Side.TECHNOLOGY, value=1),
        n=1,
        at=noon,
    )
    client = sign_in(world.cast.petra)
    assert "both are shown and fixed" in text(client.get(URL))

    answer = client.post(URL, {"n": 1, **whole(Side.PEOPLE)}, follow=True)

    html = text(answer)
    assert "Both sides are shown now, and fixed." in html
    assert "One wide difference to talk over" in html
    assert "Value: 1 and 4" in html
    assert 'name="pain"' not in html


def test_a_wrong_score_keeps_what_was_typed(world, sign_in):
    answer = sign_in(world.cast.petra).post(URL, {"n": 1, "pain": 9, "value": 2})

    html = text(answer)
    assert answer.status_code == 422
    assert 'href="#id_pain"' in html
    assert re.search(r'name="value" value="2"[^>]* checked', html)
    assert not Score.objects.exists()


def test_an_empty_form_and_a_forged_one_are_refused(world, sign_in):
    client = sign_in(world.cast.petra)

    for sent in ({}, {"n": 1}, {"n": 1, "technical_feasibility": 5}, {"n": "x", "pain": 1}):
        assert client.post(URL, sent).status_code == 422
    assert client.post(URL, {"n": 7, "pain": 1}).status_code == 409
    assert not Score.objects.exists()


def test_what_was_shown_meanwhile_is_said_and_shown(shown, sign_in):
    answer = sign_in(shown.cast.hana).post(URL, {"n": 1, "pain": 1})

    assert answer.status_code == 422
    assert "the scores are fixed" in text(answer)
    assert "What both gave" in text(answer)


def test_a_talk_is_written_beside_its_difference(shown, sign_in):
    client = sign_in(shown.cast.petra)
    url = reverse("initiatives:scores-discuss", args=["AI-001", "value"])

    short = client.post(url, {"value-text": "Short."})
    kept = client.post(url, {"value-text": TALK}, follow=True)

    assert short.status_code == 422
    assert "Short." in text(short)
    assert TALK in text(kept)
    assert "You saw it differently, and talked" in text(kept)
    assert Discussion.objects.get().sealed.text == TALK
    nothing = reverse("initiatives:scores-discuss", args=["AI-001", "pain"])
    assert client.post(nothing, {"pain-text": TALK}).status_code == 422


def test_a_key_lets_both_score_again(shown, sign_in):
    client = sign_in(shown.cast.ivo)
    url = reverse("initiatives:scores-again", args=["AI-001"])

    assert client.post(url, {"reason": "No."}).status_code == 422
    html = text(client.post(url, {"reason": REASON}, follow=True))

    assert Scoring.objects.count() == 2
    assert "Both sides score again, apart." in html
    assert REASON in html
    assert "What both gave the last time" in html


def test_scoring_again_while_gate_one_waits_takes_it_back_with_a_word(world, sign_in, noon):
    make_ready(world, "1", at=noon)
    round_ = make_round(world, at=noon)
    signature = sign(world.cast.ivo, round_.pk, at=noon + timedelta(hours=1))
    client = sign_in(world.cast.hana)
    url = reverse("initiatives:scores-again", args=["AI-001"])

    unseen = client.post(url, {"reason": REASON})
    assert unseen.status_code == 409
    assert f'name="accepts_voids" value="{signature.pk}"' in text(unseen)
    client.post(url, {"reason": REASON, "accepts_voids": signature.pk})

    round_.refresh_from_db()
    assert round_.state == "returned"


def test_gate_one_waits_for_the_scores_and_for_the_talk(world, sign_in, noon):
    make_ready(world, "1", at=noon, but=["g1_scored_apart"])
    client = sign_in(world.cast.petra)
    client.post(reverse("governance:round-open", args=["AI-001", "1"]))
    page = reverse("governance:gate-detail", args=[Round.objects.get().pk])

    before = text(client.get(page))
    score(world, at=noon + timedelta(hours=1), people={"value": 1})
    apart = text(client.get(page))
    client.post(
        reverse("initiatives:scores-discuss", args=["AI-001", "value"]), {"value-text": TALK}
    )
    after = text(client.get(page))

    assert "Scored so far: Technology 0 of 6, People 0 of 6." in before
    assert "One wide difference is not talked over yet." in apart
    assert f'href="{URL}"' in apart
    assert "It can be sent for signature." in after
