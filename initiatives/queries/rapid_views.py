"""A rapid read opened for reading: both halves as they stand, and what was decided."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from initiatives.choices import ReadOutcome
from initiatives.models import Initiative, RapidDecision, RapidHalf, RapidRead
from initiatives.rules.rapid_reads import width
from people.choices import Side
from people.models import User
from playbook.editions import edition
from playbook.rapid_reads import ReadQuestion

ERASED = "The words were erased"
# So much of one side still fits in the usual print, if every letter were as wide as it is high.
MOST_LARGE = 600


@dataclass(frozen=True)
class Author:
    """Who wrote a half, by name and title as they are now."""

    name: str
    title: str


@dataclass(frozen=True, kw_only=True)
class HalfView:
    """What one side answers now. Without a version, everything is open."""

    side: Side
    questions: tuple[ReadQuestion, ...]
    n: int = 0
    answers: Mapping[str, str]
    is_erased: bool = False
    author: Author | None = None
    written_at: datetime | None = None

    @property
    def pairs(self) -> list[tuple[ReadQuestion, str]]:
        """Each question with its answer, "" where there is none."""
        return [(one, self.answers.get(one.key, "")) for one in self.questions]

    @property
    def open(self) -> int:
        """How many questions have no answer yet."""
        return sum(not answer for _, answer in self.pairs)


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """The newest decision that was proposed."""

    id: int
    n: int
    outcome: ReadOutcome
    look_again_on: date | None
    words: str
    side: Side
    by: str
    proposed_at: datetime


@dataclass(frozen=True, kw_only=True)
class ReadView:
    """A rapid read opened for reading, on the day `on`."""

    id: int
    on: date
    name: str
    seen: str
    is_erased: bool
    decide_by: date
    side: Side
    started_by: User
    started_at: datetime
    technology: HalfView
    people: HalfView
    decision: DecisionView | None
    confirmed_by: User | None
    confirmed_side: Side | None
    confirmed_at: datetime | None
    code: str
    before_id: int | None
    taken_up_id: int | None

    def half(self, side: Side) -> HalfView:
        """Return what one side answers."""
        return self.technology if side == Side.TECHNOLOGY else self.people

    @property
    def halves(self) -> tuple[HalfView, HalfView]:
        return self.technology, self.people

    @property
    def written(self) -> frozenset[Side]:
        """The sides that have answered something."""
        return frozenset(one.side for one in self.halves if one.n)

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None

    @property
    def is_long(self) -> bool:
        """Whether it takes small print to keep both halves on one page."""
        return any(sum(map(width, one.answers.values())) > MOST_LARGE for one in self.halves)

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.decide_by < self.on

    @property
    def is_due_again(self) -> bool:
        """Whether the day to look again has come, and nobody has taken it up."""
        day = self.decision.look_again_on if self.decision and not self.is_open else None
        return day is not None and day <= self.on and self.taken_up_id is None

    @property
    def outcome(self) -> ReadOutcome | None:
        """What both decided; None while it is open."""
        return self.decision.outcome if self.decision and not self.is_open else None

    @property
    def seen_halves(self) -> str:
        """The versions that a page shows, for whoever confirms what rests on them."""
        return f"{self.technology.n}-{self.people.n}"

    @property
    def changed_since(self) -> tuple[Side, ...]:
        """The sides whose half is younger than the decision that waits."""
        if self.decision is None or not self.is_open:
            return ()
        at = self.decision.proposed_at
        return tuple(one.side for one in self.halves if one.written_at and one.written_at > at)


def read_view(row: RapidRead, on: date) -> ReadView:
    """Return a read opened for reading."""
    words = words_of(row.sealed.text)
    confirmation = getattr(row, "confirmation", None)
    use = getattr(row, "use", None)
    halves = {one["side"]: one for one in vars(row)["now_halves"]}
    decision = next(iter(vars(row)["now_decision"]), None)
    return ReadView(
        id=row.pk,
        on=on,
        name=words.get("name", ERASED),
        seen=words.get("seen", ""),
        is_erased=row.sealed.text is None,
        decide_by=row.decide_by,
        side=Side(row.side),
        started_by=row.started_by,
        started_at=row.started_at,
        technology=_half(row, Side.TECHNOLOGY, halves),
        people=_half(row, Side.PEOPLE, halves),
        decision=_decision(decision) if decision else None,
        confirmed_by=confirmation.confirmed_by if confirmation else None,
        confirmed_side=Side(confirmation.side) if confirmation else None,
        confirmed_at=confirmation.confirmed_at if confirmation else None,
        code=Initiative(number=use.initiative.number).code if use else "",
        before_id=row.before_id,
        taken_up_id=row.taken_up.pk if hasattr(row, "taken_up") else None,
    )


def whole(rows: "QuerySet[RapidRead]") -> "QuerySet[RapidRead]":
    """Read with each what `read_view` shows. One query, however many there are."""
    here = OuterRef("pk")
    halves = RapidHalf.objects.filter(read=here).order_by("side", "-n").distinct("side")
    half = JSONObject(
        side=F("side"),
        n=F("n"),
        text=F("sealed__text"),
        author=F("author__name"),
        title=F("author__title"),
        at=F("written_at"),
    )
    newest = RapidDecision.objects.filter(read=here).order_by("-n")[:1]
    decision = JSONObject(
        id=F("pk"),
        n=F("n"),
        outcome=F("outcome"),
        day=F("look_again_on"),
        words=F("words__text"),
        side=F("side"),
        by=F("proposed_by__name"),
        at=F("proposed_at"),
    )
    beside = ("sealed", "started_by", "confirmation__confirmed_by", "use__initiative", "taken_up")
    return rows.select_related(*beside).annotate(
        now_halves=ArraySubquery(halves.values_list(half)),
        now_decision=ArraySubquery(newest.values_list(decision)),
    )


def words_of(text: str | None) -> dict[str, str]:
    """Return the words of a sealed text; none once it was erased."""
    words: dict[str, str] = json.loads(text) if text else {}
    return words


def _half(row: RapidRead, side: Side, halves: Mapping[str, Any]) -> HalfView:
    questions = edition(row.edition_id).rapid_read.of(side)
    said = halves.get(side)
    if said is None:
        return HalfView(side=side, questions=questions, answers={})
    return HalfView(
        side=side,
        questions=questions,
        n=said["n"],
        answers=words_of(said["text"]),
        is_erased=said["text"] is None,
        author=Author(said["author"], said["title"]),
        written_at=datetime.fromisoformat(said["at"]),
    )


def _decision(said: Mapping[str, Any]) -> DecisionView:
    return DecisionView(
        id=said["id"],
        n=said["n"],
        outcome=ReadOutcome(said["outcome"]),
        look_again_on=date.fromisoformat(said["day"]) if said["day"] else None,
        words=ERASED if said["words"] is None else said["words"],
        side=Side(said["side"]),
        by=said["by"],
        proposed_at=datetime.fromisoformat(said["at"]),
    )
