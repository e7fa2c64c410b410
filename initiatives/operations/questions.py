"""Asking beside a slot or a criterion, answering, closing: words that no signature covers."""

from datetime import datetime

from initiatives.models import Initiative, Post, Question
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.questions import closer_facts, get_question
from initiatives.queries.targets import target_of
from initiatives.rules.memberships import JOINT
from initiatives.rules.questions import (
    PostFacts,
    blockers_to_close,
    blockers_to_post,
    blockers_to_reopen,
    other_side,
)
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.canonical import clean_text
from kernel.refusals import Blocker, RefusedError
from people.choices import Side
from people.models import User
from people.queries import authority_of
from playbook.editions import current


class QuestionRefusedError(RefusedError):
    """The words cannot stand there, or the thread is not this person's to close or open."""


@act
def ask_question(
    *,
    actor: User,
    initiative: Initiative,
    text: str,
    at: datetime,
    slot: str = "",
    criterion: str = "",
) -> Question:
    """Ask the other side about a slot or a criterion.

    :raises NotVisibleError, ForbiddenError: for whoever works for neither side here.
    :raises QuestionRefusedError: without words, or when the initiative has ended.
    """
    target = target_of(current(), slot=slot, criterion=criterion)
    initiative = locked(initiative.pk)
    side = side_to_write_for(initiative, authority_of(actor, at), side=JOINT)
    text = _judged(text, is_over=initiative.is_over)
    question = Question.objects.create(
        initiative=initiative,
        slot=target.slot,
        criterion=target.criterion,
        side=side,
        asked_by=actor,
        asked_at=at,
        waits_for=other_side(side),
    )
    _say(question, text, actor=actor, side=side, at=at)
    _record(Kind.QUESTION_ASKED, question, actor=actor, side=side, at=at)
    return question


@act
def answer_question(
    *, actor: User, initiative: Initiative, question_id: int, text: str, at: datetime
) -> Post:
    """Say something in an open thread; then it waits for the other side.

    :raises NotVisibleError, ForbiddenError: for whoever works for neither side here.
    :raises QuestionRefusedError: without words, or when the thread is closed.
    """
    initiative = locked(initiative.pk)
    side = side_to_write_for(initiative, authority_of(actor, at), side=JOINT)
    question = get_question(initiative, question_id)
    text = _judged(text, is_over=initiative.is_over, is_open=question.is_open)
    post = _say(question, text, actor=actor, side=side, at=at)
    question.turn_to(other_side(side))
    _record(Kind.QUESTION_ANSWERED, question, actor=actor, side=side, at=at)
    return post


@act
def close_question(
    *, actor: User, initiative: Initiative, question_id: int, at: datetime
) -> Question:
    """Say that it is answered: whoever asked does, or later the key of their side.

    :raises NotVisibleError, ForbiddenError: for whoever works for neither side here.
    :raises QuestionRefusedError: for anybody else, or the second time.
    """
    initiative = locked(initiative.pk)
    authority = authority_of(actor, at)
    side = side_to_write_for(initiative, authority, side=JOINT)
    question = get_question(initiative, question_id)
    facts = closer_facts(question, initiative, authority, at)
    if blockers := [*blockers_to_close(facts, is_open=question.is_open)]:
        raise QuestionRefusedError(*blockers)
    question.close(at)
    _record(Kind.QUESTION_CLOSED, question, actor=actor, side=side, at=at)
    return question


@act
def reopen_question(
    *, actor: User, initiative: Initiative, question_id: int, at: datetime
) -> Question:
    """Say that it is not answered after all.

    :raises NotVisibleError, ForbiddenError: for whoever works for neither side here.
    :raises QuestionRefusedError: for anybody but its closer, or while it is open.
    """
    initiative = locked(initiative.pk)
    authority = authority_of(actor, at)
    side = side_to_write_for(initiative, authority, side=JOINT)
    question = get_question(initiative, question_id)
    facts = closer_facts(question, initiative, authority, at)
    if blockers := [*blockers_to_reopen(facts, is_open=question.is_open)]:
        raise QuestionRefusedError(*blockers)
    question.close(None)
    question.turn_to(other_side(Side(question.side)))
    _record(Kind.QUESTION_REOPENED, question, actor=actor, side=side, at=at)
    return question


def _judged(text: str, *, is_over: bool, is_open: bool = True) -> str:
    try:
        text = clean_text(text).strip()
    except ValueError as broken:
        raise QuestionRefusedError(Blocker("broken", str(broken), "text")) from broken
    facts = PostFacts(text=text, is_over=is_over, is_open=is_open)
    if blockers := [*blockers_to_post(facts)]:
        raise QuestionRefusedError(*blockers)
    return text


def _say(question: Question, text: str, *, actor: User, side: Side, at: datetime) -> Post:
    return Post.objects.create(
        question=question,
        sealed=seal(text, person=actor),
        side=side,
        by=actor,
        by_key=actor.person_key,
        said_at=at,
    )


def _record(kind: Kind, question: Question, *, actor: User, side: Side, at: datetime) -> None:
    record(
        kind,
        actor=actor,
        subject=question,
        thread=question.initiative,
        at=at,
        data={
            "question": question.pk,
            "slot": question.slot,
            "criterion": question.criterion,
            "side": side,
            "waits_for": question.waits_for,
        },
    )
