"""Proposed changes as pages show them: what waits for a second person, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import JSONObject

from governance.choices import ChangeKind, ChangeOutcome
from governance.models import Change, ChangeAnswer
from governance.rules.changes import (
    CONFIRMERS,
    STANDS_FOR,
    AnswerFacts,
    blockers_to_answer,
    has_run_out,
)
from kernel.refusals import Blocker, NotVisibleError
from people.choices import Office
from people.queries import authority_of
from people.rules import Authority

CHANGE = "change"
NOBODYS_KEY = UUID(int=0)
ERASED = "words erased"
DECIDED_SHOWN = 50
WHAT = {
    ChangeKind.APPOINTMENT: "{name} takes up an office: {office}",
    ChangeKind.ENDING: "{name} no longer holds the office: {office}",
    ChangeKind.PLAYBOOK: "Another playbook comes in force",
    ChangeKind.RECOVERY: "{name} signs in without the lost second factor",
}
COMES_IN_AGAIN = "{name} comes in again with a new password"


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """A proposed change in words, and its answer if it has one."""

    id: int
    kind: ChangeKind
    what: str
    title: str
    ends_at: datetime | None
    digest: str
    reason: str
    proposed_by: str
    proposed_key: UUID
    proposed_at: datetime
    runs_out_at: datetime
    outcome: ChangeOutcome | None
    answered_by: str
    answered_at: datetime | None
    answer: str
    is_open: bool
    with_password: bool


def standing_change(change_id: int) -> Change:
    """Return a change with everything that making it takes.

    :raises NotVisibleError: when there is none.
    """
    rows = Change.objects.select_related("user", "term__user", "title", "proposed_by", "reason")
    change = rows.filter(pk=change_id).first()
    if change is None:
        raise NotVisibleError
    return change


def is_proposed(change: Change, at: datetime) -> bool:
    """Tell whether the same waits for a second person already."""
    rows = Change.objects.unanswered().filter(proposed_at__gt=at - STANDS_FOR, kind=change.kind)
    return rows.filter(user=change.user, office=change.office, digest=change.digest).exists()


def waiting_changes(at: datetime) -> list[ChangeView]:
    """Return what waits for a second person, the longest wait first."""
    rows = Change.objects.unanswered().filter(proposed_at__gt=at - STANDS_FOR)
    return [_view(row, at) for row in _told(rows).order_by("proposed_at", "pk")]


def ended_changes(at: datetime) -> list[ChangeView]:
    """Return what was answered or ran out, the newest first."""
    rows = Change.objects.exclude(answer=None, proposed_at__gt=at - STANDS_FOR)
    return [_view(row, at) for row in _told(rows).order_by("-proposed_at", "-pk")[:DECIDED_SHOWN]]


def change_view(change_id: int, at: datetime) -> ChangeView:
    """Return one change in words.

    :raises NotVisibleError: when there is none.
    """
    return _view(standing_change(change_id), at)


def why_not_answer(
    change_id: int, authority: Authority, outcome: ChangeOutcome, at: datetime
) -> list[Blocker]:
    """Say why this person cannot answer so; nothing stands in the way of an empty list."""
    change = standing_change(change_id)
    return [*blockers_to_answer(answer_facts(change, authority, outcome, at))]


def answer_facts(
    change: Change, authority: Authority, outcome: ChangeOutcome, at: datetime
) -> AnswerFacts:
    """Collect what must be known before this person answers this change."""
    return AnswerFacts(
        kind=ChangeKind(change.kind),
        outcome=outcome,
        offices=authority.offices,
        answerer=authority.person_key,
        proposer=change.proposed_key,
        proposer_offices=authority_of(change.proposed_by, at).offices,
        concerned=change.person_key,
        is_answered=ChangeAnswer.objects.filter(change=change).exists(),
        has_run_out=has_run_out(change.proposed_at, at),
    )


@dataclass(frozen=True)
class WaitingChange:
    """A change that waits for this person as the second one, as home names it."""

    id: int
    what: str
    proposed_by: str
    proposed_at: datetime


def waits_as_second(authority: Authority, today: date) -> Any:  # noqa: ANN401  # a QuerySet of values
    """Return the changes that this person may confirm, the longest wait first."""
    kinds = [kind for kind, offices in CONFIRMERS.items() if offices & authority.offices]
    key = authority.person_key or NOBODYS_KEY
    rows = Change.objects.unanswered().filter(
        Q(person_key=None) | ~Q(person_key=key),
        kind__in=kinds,
        proposed_at__date__gt=today - STANDS_FOR,
    )
    return (
        rows.exclude(proposed_key=key)
        .order_by("proposed_at", "pk")
        .values(
            waits=Value(CHANGE),
            row=JSONObject(
                id="pk",
                kind="kind",
                name="user__name",
                office="office",
                chooses_anew="with_password",
                proposed_by="proposed_by__name",
                proposed_at="proposed_at",
            ),
        )
    )


def waiting_change(row: Mapping[str, Any]) -> WaitingChange:
    """Return one row of `waits_as_second` in words."""
    return WaitingChange(
        id=row["id"],
        what=_what(row["kind"], row["name"] or "", row["office"], row["chooses_anew"]),
        proposed_by=row["proposed_by"],
        proposed_at=datetime.fromisoformat(row["proposed_at"]),
    )


def _told(rows: QuerySet[Change]) -> QuerySet[Change]:
    return rows.select_related(
        "user", "title", "reason", "proposed_by", "answer__by", "answer__reason"
    )


def _view(row: Change, at: datetime) -> ChangeView:
    answer = getattr(row, "answer", None)
    kind = ChangeKind(row.kind)
    return ChangeView(
        id=row.pk,
        kind=kind,
        what=_what(kind, row.user.name if row.user else "", row.office, row.with_password),
        title=(row.title.text or ERASED) if row.title else "",
        ends_at=row.ends_at,
        digest=row.digest,
        reason=row.reason.text or ERASED,
        proposed_by=row.proposed_by.name,
        proposed_key=row.proposed_key,
        proposed_at=row.proposed_at,
        runs_out_at=row.proposed_at + STANDS_FOR,
        outcome=ChangeOutcome(answer.outcome) if answer else None,
        answered_by=answer.by.name if answer else "",
        answered_at=answer.answered_at if answer else None,
        answer=(answer.reason.text or ERASED) if answer and answer.reason else "",
        is_open=answer is None and not has_run_out(row.proposed_at, at),
        with_password=bool(row.with_password),
    )


def _what(kind: str, name: str, office: str, with_password: bool | None) -> str:  # noqa: FBT001  # a column
    label = str(Office(office).label) if office else ""
    words = COMES_IN_AGAIN if with_password else WHAT[ChangeKind(kind)]
    return words.format(name=name, office=label)
