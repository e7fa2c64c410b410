"""Priorities on the page: what is ranked and how both see it, moves with reasons, shortlists."""

from django.urls import reverse

from initiatives.models import Placing, Shortlist, ShortlistAnswer
from tests.gates import score
from tests.kept import kept

URL, LISTS = "/priorities/", "/priorities/shortlist/"
MOVE = "/initiatives/AI-001/rank/"
REASON = "It unblocks the others."


def text(answer):
    return answer.content.decode()


@kept
def ranked(world, noon):
    score(world, at=noon, technology={"value": 1})
    return world


def test_nothing_ranked_yet_leads_to_what_is_to_score(world, sign_in):
    html = text(sign_in(world.cast.petra).get(URL))

    assert "Nothing is ranked yet." in html
    assert 'href="/initiatives/AI-001/scores/"' in html
    assert 'class="plot"' not in html


def test_the_plot_and_its_table_tell_the_same_numbers(ranked, sign_in):
    html = text(sign_in(ranked.cast.cleo).get(URL))

    assert "One scored. One you see differently." in html
    assert "Technology sees it 4.0 feasible and 2.5 needed, People 4.0 and 4.0." in html
    assert "4.0 / 2.5" in html
    assert "4.0 / 4.0" in html
    assert "style=" not in html
    assert MOVE not in html


def test_an_odd_place_in_the_address_means_the_first_one(ranked, sign_in):
    client = sign_in(ranked.cast.hana)

    for start in ("", "x", "-3", "9" * 30, "0"):
        assert "One scored." in text(client.get(URL, {"from": start}))
    assert "Nothing is ranked yet." not in text(client.get(URL, {"from": "1"}))
    assert client.get(URL, {"from": "500"}).status_code == 200


def test_a_key_moves_with_a_reason_that_stands_beside_it(ranked, sign_in):
    client = sign_in(ranked.cast.hana)

    far = client.post(MOVE, {"place": 9, "reason": REASON})
    short = client.post(MOVE, {"place": 1, "reason": "No."})
    moved = client.post(MOVE, {"place": 1, "reason": REASON}, follow=True)

    assert (far.status_code, short.status_code) == (422, 422)
    assert REASON in text(far)
    assert "Give a place from 1 to 1." in text(far)
    assert REASON in text(moved)
    assert Placing.objects.count() == 1
    assert "It was moved by hand." in text(client.get(MOVE))


def test_one_key_proposes_and_the_other_agrees(ranked, sign_in):
    client = sign_in(ranked.cast.ivo)
    quarter = _first_quarter(text(client.get(LISTS)))
    chosen = {"quarter": quarter, "chosen": [ranked.initiative.pk], "words": ""}

    nothing = client.post(LISTS, {"quarter": quarter, "words": REASON})
    proposed = client.post(LISTS, chosen, follow=True)
    own = client.post(_answer(), {f"{_pk()}-answer": "yes"})
    seen_by_proposer = text(client.get("/priorities/"))
    client = sign_in(ranked.cast.hana)
    seen_by_other = text(client.get("/priorities/"))
    without = client.post(_answer(), {f"{_pk()}-answer": "no"})
    agreed = client.post(_answer(), {f"{_pk()}-answer": "yes"}, follow=True)

    assert nothing.status_code == 422
    assert REASON in text(nothing)
    assert "People to answer" in text(proposed)
    assert (own.status_code, without.status_code) == (422, 422)
    assert "Answer it" not in seen_by_proposer
    assert f'href="{LISTS}#list-{_pk()}">Answer it' in seen_by_other
    assert ShortlistAnswer.objects.get().is_agreed
    assert "Agreed by both" in text(agreed)
    assert "Shortlisted for" in text(client.get("/portfolio/"))
    assert "shortlisted for" in text(client.get("/initiatives/AI-001/"))
    again = client.post(LISTS, chosen)
    assert again.status_code == 422
    assert "agreed for that quarter already" in text(again)


def test_a_no_is_kept_with_its_reason(ranked, sign_in):
    client = sign_in(ranked.cast.ivo)
    quarter = _first_quarter(text(client.get(LISTS)))
    client.post(LISTS, {"quarter": quarter, "chosen": [ranked.initiative.pk]})
    client = sign_in(ranked.cast.hana)

    html = text(
        client.post(_answer(), {f"{_pk()}-answer": "no", f"{_pk()}-reason": REASON}, follow=True)
    )

    assert "Not agreed" in html
    assert REASON in html


def test_readers_see_the_lists_and_propose_none(ranked, sign_in):
    html = text(sign_in(ranked.cast.audrey).get(LISTS))

    assert "No shortlist yet." in html
    assert "Propose a shortlist" not in html


def _first_quarter(html):
    return html.partition('<option value="')[2].partition('"')[0]


def _pk():
    return Shortlist.objects.latest("pk").pk


def _answer():
    return reverse("initiatives:shortlist-answer", args=[_pk()])
