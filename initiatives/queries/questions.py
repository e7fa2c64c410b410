"""Threads of questions and answers: in full, the open ones, and whom they wait for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject

from initiatives.models import Initiative, Membership, Post, Question
from initiatives.models.initiatives import InitiativeQuerySet
from initiatives.models.questions import QuestionQuerySet
from initiatives.queries.memberships import part_of, speakers_of
from initiatives.rules.questions import CloserFacts
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.models import User
from people.queries import authority_of
from people.rules import Authority
from playbook.playbooks import Playbook

ON_A_PAGE = 100
ERASED = "The words were erased."


@dataclass(frozen=True)
class PostView:
    """What somebody said, opened for reading."""

    text: str
    is_erased: bool
    side: Side
    by: User
    at: datetime


@dataclass(frozen=True)
class QuestionView:
    """A thread with its posts, and what it is about in the words of the playbook."""

    id: int
    code: str
    slot: str
    criterion: str
    label: str
    side: Side
    waits_for: Side
    asked_by: User
    asked_at: datetime
    closed_at: datetime | None
    posts: tuple[PostView, ...]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_answered(self) -> bool:
        """Tell whether the other side spoke last."""
        return self.waits_for == self.side

    @property
    def text(self) -> str:
        return self.posts[0].text

    @property
    def answers(self) -> tuple[PostView, ...]:
        return self.posts[1:]


@dataclass(frozen=True)
class OpenQuestions:
    """How many questions are open: in all, and beside each slot or criterion."""

    total: int
    beside: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    """A page of threads, and how many there are."""

    rows: tuple[QuestionView, ...]
    total: int
    open: int
    number: int

    @property
    def has_next(self) -> bool:
        return self.number * ON_A_PAGE < self.total


def questions_of(
    initiative: Initiative,
    playbook: Playbook,
    *,
    slot: str = "",
    criterion: str = "",
    number: int = 1,
) -> QuestionPage:
    """Return a page of an initiative's threads, or of those beside a place; the open ones first."""
    found = Question.objects.filter(initiative=initiative)
    if slot or criterion:
        found = found.filter(slot=slot, criterion=criterion)
    counts = found.aggregate(total=Count("pk"), open=Count("pk", filter=Q(closed_at=None)))
    rows = _with_posts(found).order_by(F("closed_at").desc(nulls_first=True), "-asked_at", "-pk")
    start = (number - 1) * ON_A_PAGE
    shown = tuple(question_view(row, playbook) for row in rows[start : start + ON_A_PAGE])
    return QuestionPage(rows=shown, number=number, **counts)


def open_questions(initiative: Initiative, playbook: Playbook) -> list[QuestionView]:
    """Return the open threads of an initiative, the longest wait first. Two queries."""
    rows = _with_posts(Question.objects.open().filter(initiative=initiative))
    return [question_view(row, playbook) for row in rows.order_by("asked_at", "pk")[:ON_A_PAGE]]


def get_question(initiative: Initiative, question_id: int) -> Question:
    """Return one thread of this initiative.

    :raises NotVisibleError: when there is none.
    """
    rows = _with_posts(Question.objects.filter(initiative=initiative, pk=question_id))
    found = rows.first()
    if found is None:
        raise NotVisibleError
    return found


def get_thread(question_id: int) -> Question:
    """Return a thread that is known to be there, with its initiative and its asker."""
    return Question.objects.select_related("initiative", "asked_by").get(pk=question_id)


def turn_of(question: Question, at: datetime) -> list[User]:
    """Return who is to speak next: the asker once there is an answer, else the lead of the side.

    Where the asker has left, or the side has no lead, it is whoever holds the key of the side.
    """
    asker, side = question.asked_by, Side(question.waits_for)
    if side == question.side and _is_here(asker, question, at):
        return [asker]
    return speakers_of(question.initiative, side, at)


def closer_facts(
    question: Question, initiative: Initiative, authority: Authority, at: datetime
) -> CloserFacts:
    """Return what decides whether the person closes this thread, or opens it again."""
    return CloserFacts(
        is_asker=authority.person_key == question.asked_by.person_key,
        asker_is_here=_is_here(question.asked_by, question, at),
        has_key=authority.key_side == question.side,
        is_over=initiative.is_over,
    )


def question_view(row: Question, playbook: Playbook) -> QuestionView:
    """Return a thread opened for reading."""
    return QuestionView(
        id=row.pk,
        code=row.initiative.code,
        slot=row.slot,
        criterion=row.criterion,
        label=target_label(playbook, slot=row.slot, criterion=row.criterion),
        side=Side(row.side),
        waits_for=Side(row.waits_for),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        closed_at=row.closed_at,
        posts=tuple(_post(post) for post in row.posts.all()),
    )


def target_label(playbook: Playbook, *, slot: str, criterion: str) -> str:
    """Return how the playbook calls a place; its key, once the playbook has it no more."""
    try:
        return playbook.slot(slot).label if slot else playbook.criterion(criterion).text
    except KeyError:
        return slot or criterion


def with_open_questions(initiatives: InitiativeQuerySet) -> InitiativeQuerySet:
    """Add to each where its open questions stand, for `open_beside`."""
    rows = Question.objects.open().filter(initiative=OuterRef("pk"))
    places = rows.values(place=JSONObject(slot="slot", criterion="criterion"))
    return initiatives.annotate(asked_beside=ArraySubquery(places))


def open_beside(initiative: Initiative) -> OpenQuestions:
    """Count the open questions of an initiative read `with_open_questions`."""
    places: Iterable[Mapping[str, str]] = vars(initiative)["asked_beside"]
    beside = Counter(place["slot"] or place["criterion"] for place in places)
    return OpenQuestions(beside.total(), beside)


def waiting_for(authority: Authority) -> QuestionQuerySet:
    """Return the threads that wait for this person: as the lead of a side, its key, or asker.

    A key answers where its side has no lead. The asker's turn comes when there is an answer.
    """
    rows = Question.objects.waiting()
    if authority.person_key is None:
        return rows.none()
    led = Membership.objects.leads_here().filter(
        initiative=OuterRef("initiative"), side=OuterRef("waits_for")
    )
    answered = Q(side=F("waits_for"))
    mine = Q(answered, asked_by__person_key=authority.person_key)
    mine |= Q(~answered, Exists(led.filter(person_key=authority.person_key)))
    if authority.key_side is not None:
        mine |= Q(~answered, ~Exists(led), waits_for=authority.key_side)
    return rows.filter(mine)


def _is_here(asker: User, question: Question, at: datetime) -> bool:
    """Tell whether the asker still works for the side that asked."""
    return part_of(question.initiative, authority_of(asker, at)).side == question.side


def _with_posts(rows: QuestionQuerySet) -> QuestionQuerySet:
    posts = Post.objects.select_related("sealed", "by").order_by("pk")
    return rows.select_related("initiative", "asked_by").prefetch_related(
        Prefetch("posts", queryset=posts)
    )


def _post(row: Post) -> PostView:
    text = row.sealed.text
    return PostView(
        ERASED if text is None else text, text is None, Side(row.side), row.by, row.said_at
    )
