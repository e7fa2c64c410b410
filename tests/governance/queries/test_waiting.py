"""Home, besides gates: conditions and questions, each with whoever it waits for."""

from datetime import date, timedelta

import pytest

from governance.queries.waiting import waiting
from initiatives.operations.questions import answer_question, ask_question
from initiatives.operations.shortlists import answer_shortlist, propose_shortlist
from journal.models import Sealed
from journal.operations import erase_text
from people.choices import Side
from people.queries import authority_of
from playbook.editions import current
from tests.architecture.access_governance import pass_with_a_condition


@pytest.fixture
def asked(world, noon):
    """Tariq asks People twice, an hour apart."""

    def ask(text, hours):
        return ask_question(
            actor=world.cast.tariq,
            initiative=world.initiative,
            text=text,
            slot="gaps_to_fill",
            at=noon + timedelta(hours=hours),
        )

    return ask("Second?", 1), ask("First?", 0)


def waits(person, at, limit=5):
    return waiting(authority_of(person, at), current(), today=at.date(), at=at, limit=limit)


def test_the_question_with_the_longest_wait_comes_first_with_what_it_is_about(world, asked, noon):
    found = waits(world.cast.petra, noon)

    assert [one.text for one in found.questions] == ["First?", "Second?"]
    first = found.questions[0]
    assert first.label == current().slot("gaps_to_fill").label
    assert (first.code, first.side, first.is_answered) == ("AI-001", Side.TECHNOLOGY, False)
    assert first.asked_at == noon
    assert found.conditions == ()
    assert [one.text for one in waits(world.cast.petra, noon, limit=1).questions] == ["First?"]


def test_an_answer_waits_for_the_asker_to_close_it(world, asked, noon):
    answer_question(
        actor=world.cast.petra,
        initiative=world.initiative,
        question_id=asked[0].pk,
        text="So.",
        at=noon,
    )

    found = waits(world.cast.tariq, noon).questions
    assert [(one.text, one.is_answered) for one in found] == [("Second?", True)]


def test_erased_words_are_called_so(world, asked, noon):
    sealed = Sealed.objects.get(pk=asked[1].posts.get().sealed_id)
    erase_text(sealed=sealed, actor=world.cast.ada, reason="Asked", at=noon)

    assert "erased" in waits(world.cast.petra, noon).questions[0].text


def test_conditions_stand_beside_them(review, noon, django_assert_num_queries):
    world, round_ = review
    pass_with_a_condition(world.cast, round_, noon)
    ask_question(
        actor=world.cast.tariq,
        initiative=world.initiative,
        text="Why?",
        slot="gaps_to_fill",
        at=noon,
    )
    who, book = authority_of(world.cast.petra, noon), current()

    with django_assert_num_queries(1):
        found = waiting(who, book, today=noon.date(), at=noon, limit=5)

    assert [one.owner for one in found.conditions] == ["Petra Novak"]
    assert [one.text for one in found.questions] == ["Why?"]


def test_a_shortlist_waits_for_the_key_of_the_other_side_until_it_is_answered(review, noon):
    world, _ = review
    cast, chosen = world.cast, [world.initiative.pk]
    shortlist = propose_shortlist(
        actor=cast.ivo, quarter=date(2027, 1, 1), chosen=chosen, words="", at=noon
    )

    [one] = waits(cast.hana, noon).shortlists

    assert (one.word, one.many, one.side, one.by) == ("Q1 2027", 1, "technology", "Ivo Brandt")
    assert not waits(cast.ivo, noon).shortlists
    assert not waits(cast.petra, noon).shortlists
    assert not waits(cast.hana, noon + timedelta(days=200)).shortlists
    answer_shortlist(actor=cast.hana, shortlist_id=shortlist.pk, is_agreed=True, reason="", at=noon)
    assert not waits(cast.hana, noon).shortlists
