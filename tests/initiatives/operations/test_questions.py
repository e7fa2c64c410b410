"""Threads beside the content: both sides speak in them, the asker closes them."""

from datetime import timedelta

import pytest

from initiatives.choices import MemberRole, Standing
from initiatives.models import Post, Question
from initiatives.operations.memberships import set_member
from initiatives.operations.questions import (
    QuestionRefusedError,
    answer_question,
    ask_question,
    close_question,
    reopen_question,
)
from initiatives.operations.stages import change_standing
from initiatives.rules.questions import LONGEST
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from people.operations.persons import deactivate_person
from tests.kept import kept

SLOT = {"slot": "gaps_to_fill"}
TEXT = "Which of these could people grow into?"


@kept
def asked(helper, cast, noon):
    """Tariq asks People about a slot of theirs."""
    return ask_question(actor=cast.tariq, initiative=helper, text=TEXT, at=noon, **SLOT)


def answered(question, person, at, text="Both of them, with time."):
    return answer_question(
        actor=person, initiative=question.initiative, question_id=question.pk, text=text, at=at
    )


def closed(question, person, at):
    return close_question(
        actor=person, initiative=question.initiative, question_id=question.pk, at=at
    )


def reopened(question, person, at):
    return reopen_question(
        actor=person, initiative=question.initiative, question_id=question.pk, at=at
    )


def last():
    return Happened(Entry.objects.order_by("-seq")[0])


def test_a_question_waits_for_the_other_side_and_its_words_can_be_erased(asked, cast):
    post = asked.posts.get()

    assert (asked.side, asked.waits_for, asked.is_open) == (Side.TECHNOLOGY, Side.PEOPLE, True)
    assert (post.sealed.text, post.sealed.person_key) == (TEXT, cast.tariq.person_key)
    assert last().kind == Kind.QUESTION_ASKED
    assert last().data == {
        "question": asked.pk,
        "slot": "gaps_to_fill",
        "criterion": "",
        "side": "technology",
        "waits_for": "people",
    }
    assert str(asked) == "question about gaps_to_fill"
    assert str(post) == f"post in {asked.pk}"


def test_a_criterion_can_be_asked_about_too(helper, cast, noon):
    question = ask_question(
        actor=cast.hana, initiative=helper, text=TEXT, criterion="g1_change_load", at=noon
    )

    assert (question.criterion, question.waits_for) == ("g1_change_load", Side.TECHNOLOGY)


def test_an_answer_gives_the_word_back(asked, cast, noon):
    answered(asked, cast.petra, noon)
    asked.refresh_from_db()
    assert (asked.waits_for, last().kind) == (Side.TECHNOLOGY, Kind.QUESTION_ANSWERED)

    answered(asked, cast.tariq, noon, "And who trains them?")

    asked.refresh_from_db()
    assert asked.waits_for == Side.PEOPLE
    assert [post.side for post in asked.posts.order_by("pk")] == [
        "technology",
        "people",
        "technology",
    ]


def test_the_asker_closes_it_and_opens_it_again(asked, cast, noon):
    answered(asked, cast.petra, noon)

    assert closed(asked, cast.tariq, noon).closed_at == noon
    assert last().kind == Kind.QUESTION_CLOSED
    question = reopened(asked, cast.tariq, noon + timedelta(hours=1))

    assert (question.closed_at, question.waits_for) == (None, Side.PEOPLE)
    assert last().kind == Kind.QUESTION_REOPENED


@pytest.mark.parametrize("who", ["petra", "hana", "ivo"])
def test_nobody_else_closes_it_while_the_asker_is_there(asked, cast, noon, who):
    with pytest.raises(QuestionRefusedError) as refused:
        closed(asked, getattr(cast, who), noon)

    assert refused.value.codes == ("not_yours",)


def test_the_key_of_the_side_closes_it_once_the_asker_has_left(asked, cast, noon):
    later = noon + timedelta(days=1)
    deactivate_person(actor=cast.ada, user=cast.tariq, at=later)

    for who in (cast.hana, cast.petra):
        with pytest.raises(QuestionRefusedError):
            closed(asked, who, later)

    assert closed(asked, cast.ivo, later).closed_at == later


def test_who_lost_their_part_no_longer_closes(asked, cast, noon):
    later = noon + timedelta(days=1)
    asked.initiative.memberships.get(user=cast.tariq).end(later)

    with pytest.raises(NotVisibleError):
        closed(asked, cast.tariq, later)


def test_a_closed_thread_takes_no_more_words_and_is_closed_once(asked, cast, noon):
    closed(asked, cast.tariq, noon)

    with pytest.raises(QuestionRefusedError) as refused:
        answered(asked, cast.petra, noon)
    assert refused.value.codes == ("closed",)
    with pytest.raises(QuestionRefusedError) as refused:
        closed(asked, cast.tariq, noon)
    assert refused.value.codes == ("closed",)
    assert Post.objects.count() == 1


def test_an_open_thread_is_not_opened(asked, cast, noon):
    with pytest.raises(QuestionRefusedError) as refused:
        reopened(asked, cast.tariq, noon)

    assert refused.value.codes == ("open",)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "text_missing"), (" \n", "text_missing"), ("x" * (LONGEST + 1), "too_long")],
)
def test_words_that_cannot_stand_are_refused_at_their_field(helper, cast, noon, text, code):
    with pytest.raises(QuestionRefusedError) as refused:
        ask_question(actor=cast.tariq, initiative=helper, text=text, at=noon, **SLOT)

    assert (refused.value.codes, refused.value.blockers[0].field) == ((code,), "text")
    assert not Question.objects.exists()


def test_half_a_character_is_refused(asked, cast, noon):
    with pytest.raises(QuestionRefusedError) as refused:
        answered(asked, cast.petra, noon, "\ud83d")

    assert refused.value.codes == ("broken",)


@pytest.mark.parametrize("who", ["cleo", "kim", "audrey", "ada"])
def test_who_only_reads_neither_asks_nor_answers(asked, cast, noon, who):
    person = getattr(cast, who)
    with pytest.raises(ForbiddenError):
        ask_question(actor=person, initiative=asked.initiative, text=TEXT, at=noon, **SLOT)
    for act in (answered, closed, reopened):
        with pytest.raises(ForbiddenError):
            act(asked, person, noon)


def test_who_has_no_part_does_not_see_it(asked, cast, noon):
    for act in (answered, closed):
        with pytest.raises(NotVisibleError):
            act(asked, cast.otto, noon)


def test_nothing_is_asked_beside_what_the_playbook_does_not_have(helper, cast, noon):
    for place in ({"slot": "weather"}, {}, {"slot": "gaps_to_fill", "criterion": "g1_pair"}):
        with pytest.raises(NotVisibleError):
            ask_question(actor=cast.tariq, initiative=helper, text=TEXT, at=noon, **place)


def test_a_thread_of_another_initiative_is_not_there(asked, cast, noon):
    with pytest.raises(NotVisibleError):
        answer_question(
            actor=cast.petra,
            initiative=asked.initiative,
            question_id=asked.pk + 1,
            text=TEXT,
            at=noon,
        )


def test_of_an_initiative_that_has_ended_nothing_is_asked(asked, cast, noon):
    change_standing(initiative=asked.initiative, standing=Standing.CLOSED, actor=cast.hana, at=noon)

    for act in (answered, closed):
        with pytest.raises(QuestionRefusedError) as refused:
            act(asked, cast.petra if act is answered else cast.tariq, noon)
        assert refused.value.codes == ("over",)


def test_a_contributor_speaks_for_their_side(asked, cast, noon):
    set_member(
        actor=cast.petra,
        initiative=asked.initiative,
        user=cast.max,
        side=Side.PEOPLE,
        role=MemberRole.CONTRIBUTOR,
        at=noon,
    )

    assert answered(asked, cast.max, noon).side == Side.PEOPLE
