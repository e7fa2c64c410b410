"""What waits for a person at home besides gates, in one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import JSONObject

from governance.choices import OnBreach
from governance.models import Breach, Commitment
from governance.queries.changes import CHANGE, WaitingChange, waiting_change, waits_as_second
from governance.queries.desk_disagreements import (
    DISAGREEMENT,
    WaitingDisagreement,
    from_row,
    waiting_disagreements,
)
from governance.queries.offers import CommitmentView, commitment_view
from governance.rules.changes import may_confirm_some
from initiatives.models import Initiative, Post
from initiatives.queries.questions import ERASED, target_label, waiting_for
from initiatives.queries.rapid_reads import (
    WaitingRead,
    said_of_read,
    waiting_read,
    waiting_reads,
)
from initiatives.queries.shortlists import (
    WaitingShortlist,
    said_of_shortlist,
    waiting_shortlist,
    waiting_shortlists,
)
from people.choices import Side
from people.rules import Authority
from playbook.playbooks import Playbook

CONDITION, QUESTION, READ, SHORTLIST = "condition", "question", "read", "shortlist"
# By the names under which home shows them: these two go on to another page.
QUESTIONS, DISAGREEMENTS = "questions", "disagreed"
NOTHING_BEFORE: Mapping[str, int] = {QUESTIONS: 0, DISAGREEMENTS: 0}
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class WaitingQuestion:
    """A question that waits for this person: for an answer, or with one, to be closed."""

    id: int
    text: str
    label: str
    side: Side
    is_answered: bool
    asked_at: datetime
    code: str
    name: str
    of_all: int


@dataclass(frozen=True)
class Waiting:
    """What home lists: the earliest days first, the questions with the longest wait first."""

    conditions: tuple[CommitmentView, ...]
    questions: tuple[WaitingQuestion, ...]
    disagreements: tuple[WaitingDisagreement, ...]
    reads: tuple[WaitingRead, ...]
    shortlists: tuple[WaitingShortlist, ...]
    changes: tuple[WaitingChange, ...]

    @property
    def in_all(self) -> dict[str, int]:
        """How many wait of what goes on to another page, with those that it shows."""
        return {
            DISAGREEMENTS: next((one.of_all for one in self.disagreements), 0),
            QUESTIONS: next((one.of_all for one in self.questions), 0),
        }

    @property
    def by_name(self) -> dict[str, object]:
        """Return each list by the name under which home shows it."""
        return {
            "owed": self.conditions,
            QUESTIONS: self.questions,
            DISAGREEMENTS: self.disagreements,
            "reads": self.reads,
            "shortlists": self.shortlists,
            "changes": self.changes,
        }


def waiting(
    authority: Authority,
    playbook: Playbook,
    *,
    today: date,
    at: datetime,
    limit: int,
    after: Mapping[str, int] = NOTHING_BEFORE,
) -> Waiting:
    """Return what waits for a word of this person. One query.

    Of disagreements and questions, as many as come `after` are left out: an earlier page has them.
    """
    branches = [
        _conditions(authority, at),
        _questions(authority)[after[QUESTIONS] :],
        waiting_disagreements(authority, today=today)[after[DISAGREEMENTS] :],
    ]
    if authority.key_side is not None:
        reads = waiting_reads(authority.key_side, today)
        branches.append(reads.values(waits=Value(READ), row=said_of_read()))
        lists = waiting_shortlists(authority.key_side, today)
        branches.append(lists.values(waits=Value(SHORTLIST), row=said_of_shortlist()))
    if may_confirm_some(authority.offices):
        branches.append(waits_as_second(authority, today))
    first, *others = (rows[:limit] for rows in branches)
    found = [*first.union(*others, all=True)]

    def rows(kind: str) -> list[Row]:
        return [one["row"] for one in found if one["waits"] == kind]

    return Waiting(
        conditions=tuple(commitment_view(row) for row in rows(CONDITION)),
        questions=tuple(_question(row, playbook) for row in rows(QUESTION)),
        disagreements=tuple(from_row(row, today=today) for row in rows(DISAGREEMENT)),
        reads=tuple(waiting_read(row, today) for row in rows(READ)),
        shortlists=tuple(waiting_shortlist(row) for row in rows(SHORTLIST)),
        changes=tuple(waiting_change(row) for row in rows(CHANGE)),
    )


def _conditions(authority: Authority, at: datetime) -> Any:  # noqa: ANN401  # a QuerySet of values
    """Return what the person owes, what the side must confirm, and what came up to the sponsor."""
    mine = Q(debtor_id=authority.user_id)
    if authority.key_side is not None:
        mine |= Q(asked_by=authority.key_side) | Q(asked_by=F("debtor_side"))
    if authority.is_sponsor:
        late = Breach.objects.filter(commitment=OuterRef("pk"))
        mine |= Q(Exists(late), on_breach__in=(OnBreach.ESCALATE, OnBreach.PAUSE))
    rows = Commitment.objects.with_debtor_side(at).owed().filter(mine)
    return rows.order_by("due_on", "pk").values(
        waits=Value(CONDITION),
        row=JSONObject(
            id="pk",
            words="sealed__text",
            owner="debtor_name",
            owner_id="debtor_id",
            due_on="due_on",
            kind="kind",
            asked_by="asked_by",
            debtor_side="debtor_side",
            number="passage__round__initiative__number",
            name="passage__round__initiative__name",
            gate="passage__round__gate",
            round_id="passage__round_id",
            on_breach="on_breach",
        ),
    )


def _questions(authority: Authority) -> Any:  # noqa: ANN401  # a QuerySet of values
    first = Post.objects.filter(question=OuterRef("pk")).order_by("pk")
    return (
        waiting_for(authority)
        .annotate(of_all=Window(Count("pk")))
        .order_by("asked_at", "pk")
        .values(
            waits=Value(QUESTION),
            row=JSONObject(
                id="pk",
                text=Subquery(first.values("sealed__text")[:1]),
                slot="slot",
                criterion="criterion",
                side="side",
                waits_for="waits_for",
                asked_at="asked_at",
                number="initiative__number",
                name="initiative__name",
                of_all="of_all",
            ),
        )
    )


def _question(row: Row, playbook: Playbook) -> WaitingQuestion:
    return WaitingQuestion(
        id=row["id"],
        text=row["text"] or ERASED,
        label=target_label(playbook, slot=row["slot"], criterion=row["criterion"]),
        side=Side(row["side"]),
        is_answered=row["waits_for"] == row["side"],
        asked_at=datetime.fromisoformat(row["asked_at"]),
        code=Initiative(number=row["number"]).code,
        name=row["name"],
        of_all=row["of_all"],
    )
