from datetime import timedelta

import pytest

from initiatives.models import Initiative
from initiatives.operations.questions import answer_question, ask_question, close_question
from initiatives.operations.stages import change_standing
from initiatives.queries import questions
from initiatives.queries.questions import (
    closer_facts,
    get_question,
    get_thread,
    open_beside,
    open_questions,
    question_view,
    questions_of,
    target_label,
    turn_of,
    waiting_for,
    with_open_questions,
)
from journal.operations import erase_text
from kernel.refusals import NotVisibleError
from playbook.editions import current
from playbook.load import files

GAPS, LOAD = {"slot": "gaps_to_fill"}, {"criterion": "g1_change_load"}


@pytest.fixture
def ask(helper, noon):
    """Ask about a place: ask(cast.tariq, "Why?", slot="gaps_to_fill")."""

    def asked(person, text, *, minutes=0, **place):
        at = noon + timedelta(minutes=minutes)
        return ask_question(actor=person, initiative=helper, text=text, at=at, **place)

    return asked


@pytest.fixture
def threads(ask, cast, helper, noon):
    """Three threads: one open and one closed beside a slot, one answered beside a criterion."""
    first = ask(cast.tariq, "First?", **GAPS)
    load = ask(cast.tariq, "Load?", minutes=1, **LOAD)
    second = ask(cast.petra, "Second?", minutes=2, **GAPS)
    at = noon + timedelta(minutes=3)
    answer_question(actor=cast.petra, initiative=helper, question_id=load.pk, text="Fine.", at=at)
    close_question(actor=cast.tariq, initiative=helper, question_id=first.pk, at=at)
    return first, load, second


def test_the_open_ones_come_first_and_each_says_what_it_is_about(helper, threads):
    found = questions_of(helper, current()).rows

    assert [one.text for one in found] == ["Second?", "Load?", "First?"]
    assert [one.is_open for one in found] == [True, True, False]
    assert found[0].label == current().slot("gaps_to_fill").label
    assert found[1].label == current().criterion("g1_change_load").text
    assert [post.text for post in found[1].answers] == ["Fine."]
    assert [one.is_answered for one in found] == [False, True, False]
    assert found[0].code == helper.code


def test_one_place_has_its_own(helper, threads):
    assert [one.text for one in questions_of(helper, current(), **GAPS).rows] == [
        "Second?",
        "First?",
    ]
    assert [one.text for one in questions_of(helper, current(), **LOAD).rows] == ["Load?"]


def test_what_has_no_room_on_a_page_is_on_the_next(helper, threads, monkeypatch):
    monkeypatch.setattr(questions, "ON_A_PAGE", 2)
    first, second = (questions_of(helper, current(), number=one) for one in (1, 2))

    assert (len(first.rows), first.has_next) == (2, True)
    assert (first.total, first.open) == (second.total, second.open)
    assert {one.id for one in first.rows}.isdisjoint({one.id for one in second.rows})
    assert len(first.rows) + len(second.rows) == first.total
    assert not second.has_next


def test_the_open_ones_of_an_initiative_the_longest_wait_first(helper, threads):
    assert [one.text for one in open_questions(helper, current())] == ["Load?", "Second?"]


def test_they_are_counted_beside_the_place_they_are_about(helper, threads):
    row = with_open_questions(Initiative.objects.filter(pk=helper.pk)).get()

    assert open_beside(row).total == 2
    assert open_beside(row).beside == {"gaps_to_fill": 1, "g1_change_load": 1}


def test_erased_words_are_gone_and_the_thread_stays(helper, cast, threads, noon):
    erase_text(sealed=threads[1].posts.first().sealed, actor=cast.ada, reason="Asked", at=noon)

    thread = question_view(get_question(helper, threads[1].pk), current())

    assert thread.posts[0].is_erased
    assert "Load" not in thread.text


def test_a_place_that_the_playbook_has_no_more_is_called_by_its_key():
    assert target_label(files(), slot="weather", criterion="") == "weather"
    assert target_label(files(), slot="", criterion="sunny") == "sunny"


def test_a_thread_that_is_not_there(helper):
    with pytest.raises(NotVisibleError):
        get_question(helper, 1)


def test_who_may_close_is_told_by_who_is_there(helper, cast, threads, may, noon):
    def facts(person):
        return closer_facts(threads[1], helper, may(person), noon)

    assert (facts(cast.tariq).is_asker, facts(cast.tariq).asker_is_here) == (True, True)
    assert (facts(cast.ivo).is_asker, facts(cast.ivo).has_key) == (False, True)
    assert not facts(cast.hana).has_key


def waiting(person, may):
    rows = waiting_for(may(person)).order_by("pk")
    return [row.posts.order_by("pk")[0].sealed.text for row in rows]


def test_a_lead_answers_what_the_other_side_asks_and_the_asker_reads_the_answer(cast, threads, may):
    # "Second?" is Petra's and waits for Tariq's side; "Load?" is his and has its answer.
    assert waiting(cast.tariq, may) == ["Load?", "Second?"]
    assert waiting(cast.petra, may) == []
    for person in (cast.ivo, cast.hana, cast.cleo, cast.otto):
        assert waiting(person, may) == []


def test_a_key_answers_where_its_side_has_no_lead(helper, cast, threads, may, noon):
    helper.memberships.get(user=cast.tariq).end(noon)

    assert waiting(cast.ivo, may) == ["Second?"]
    assert waiting(cast.hana, may) == []


def test_nothing_waits_beside_what_has_ended_or_for_nobody(helper, cast, threads, may, noon):
    change_standing(initiative=helper, standing="closed", actor=cast.hana, at=noon)

    assert waiting(cast.tariq, may) == []
    cast.otto.is_active = False
    assert waiting(cast.otto, may) == []


def test_the_turn_is_the_askers_the_leads_or_last_the_keys(helper, cast, threads, noon):
    _, load, second = (get_thread(one.pk) for one in threads)

    assert turn_of(load, noon) == [cast.tariq]
    assert turn_of(second, noon) == [cast.tariq]
    helper.memberships.get(user=cast.tariq).end(noon)
    assert turn_of(load, noon) == turn_of(second, noon) == [cast.ivo]
