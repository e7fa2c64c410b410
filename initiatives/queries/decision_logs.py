"""Decisions that an AI took part in: who may log them, what was brought, and what it adds up to."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from initiatives.choices import AIShare
from initiatives.models import DecisionLog, Initiative, LoggedDecision
from initiatives.queries.memberships import only_reads, part_of, side_to_write_for
from initiatives.rules.decision_figures import Figures
from initiatives.rules.decision_lines import LIMITS, Noted
from initiatives.rules.decision_logs import NOT_KEEPER
from initiatives.rules.keysets import Place
from initiatives.rules.memberships import JOINT
from kernel.refusals import ForbiddenError, NotVisibleError
from people.models import User
from people.rules import Authority

BATCH = 500
MONTHS = 12


@dataclass(frozen=True)
class DecisionFilters:
    """Which decisions to show; those that were taken back stand apart."""

    share: str = ""
    overridden: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True)
class LogView:
    """One file that was brought, with its words; `reason` is why it was taken back."""

    id: int
    name: str | None
    row_count: int
    here_count: int
    sha256: str
    brought_by: User
    brought_at: datetime
    withdrawn_at: datetime | None
    reason: str | None


@dataclass(frozen=True)
class DecisionView:
    """One decision with its words, which are None once erased."""

    id: int
    line: int
    decided_on: date
    decided_at: datetime | None
    share: AIShare
    is_overridden: bool | None
    texts: Mapping[str, str] | None
    log_id: int
    is_withdrawn: bool


def keeps_log(initiative: Initiative, authority: Authority) -> bool:
    """Tell whether the person brings logs here: who leads a side, and administrators."""
    part = part_of(initiative, authority)
    return part.leads_side or (
        authority.is_administrator and not only_reads(authority) and not part.conflicted
    )


def must_keep_log(initiative: Initiative, authority: Authority) -> None:
    """Let whoever brings logs here pass.

    :raises ForbiddenError, NotVisibleError: for others, depending on whether they may know of it.
    """
    if keeps_log(initiative, authority):
        return
    side_to_write_for(initiative, authority, side=JOINT)
    raise ForbiddenError(NOT_KEEPER)


def logs_of(initiative: Initiative) -> list[LogView]:
    """Return every file that was brought, the newest first."""
    rows = initiative.decision_logs.select_related("name", "brought_by", "withdrawal__reason")
    return [_viewed(row) for row in rows.order_by("-pk")]


def get_log(initiative: Initiative, log_id: int) -> LogView:
    """Return one file that was brought.

    :raises NotVisibleError: when there is none.
    """
    found = next((log for log in logs_of(initiative) if log.id == log_id), None)
    if found is None:
        raise NotVisibleError
    return found


def came_before(initiative: Initiative, sha256: str) -> tuple[int, bool]:
    """Return how often these bytes were brought, and whether they stand now."""
    rows = initiative.decision_logs.filter(sha256=sha256)
    return rows.count(), rows.filter(withdrawal=None).exists()


def here_already(initiative: Initiative, rows: Collection[Noted]) -> frozenset[tuple[object, ...]]:
    """Return the identities of standing decisions of the days that the rows tell of."""
    days = {one.decided_on for one in rows}
    standing = _standing(initiative).filter(decided_on__range=(min(days), max(days)))
    return frozenset(_identity(row) for row in _opened(standing.iterator(BATCH)) if row.texts)


def decisions_of(
    initiative: Initiative, filters: DecisionFilters, *, before: Place | None = None
) -> QuerySet[LoggedDecision]:
    """Return the decisions that the filters let through, the newest first."""
    rows = LoggedDecision.objects.filter(
        log__initiative=initiative, log__withdrawal__isnull=not filters.is_withdrawn
    )
    if filters.share:
        rows = rows.filter(share=filters.share)
    if filters.overridden:
        known = {"yes": True, "no": False}.get(filters.overridden)
        rows = rows.filter(is_overridden=known)
    if before is not None:
        day = date.fromisoformat(before.value)
        rows = rows.filter(Q(decided_on__lt=day) | Q(decided_on=day, pk__lt=before.number))
    return rows.select_related("sealed", "log__withdrawal").order_by("-decided_on", "-pk")


def opened_decisions(rows: Iterable[LoggedDecision]) -> list[DecisionView]:
    """Return decisions with their words."""
    return [*_opened(rows)]


def every_decision(rows: QuerySet[LoggedDecision]) -> Iterator[DecisionView]:
    """Yield decisions with their words, however many there are."""
    return _opened(rows.iterator(BATCH))


def figures_of(initiative: Initiative) -> Figures:
    """Return what all standing decisions add up to."""
    return Figures(**_standing(initiative).aggregate(**_COUNTS))


def months_of(initiative: Initiative) -> list[Figures]:
    """Return what the last months with decisions add up to, the newest first."""
    rows = _standing(initiative).annotate(month=TruncMonth("decided_on")).values("month")
    return [Figures(**row) for row in rows.annotate(**_COUNTS).order_by("-month")[:MONTHS]]


_COUNTS: Mapping[str, Any] = {
    **{share.value: Count("pk", filter=Q(share=share)) for share in AIShare},
    "overridden": Count("pk", filter=Q(is_overridden=True)),
    "kept": Count("pk", filter=Q(is_overridden=False)),
}


def _standing(initiative: Initiative) -> QuerySet[LoggedDecision]:
    rows = LoggedDecision.objects.filter(log__initiative=initiative, log__withdrawal=None)
    return rows.select_related("sealed", "log__withdrawal")


def _viewed(row: DecisionLog) -> LogView:
    withdrawal = getattr(row, "withdrawal", None)
    return LogView(
        id=row.pk,
        name=row.name.text,
        row_count=row.row_count,
        here_count=row.here_count,
        sha256=row.sha256,
        brought_by=row.brought_by,
        brought_at=row.brought_at,
        withdrawn_at=withdrawal and withdrawal.withdrawn_at,
        reason=withdrawal and withdrawal.reason.text,
    )


def _opened(rows: Iterable[LoggedDecision]) -> Iterator[DecisionView]:
    for row in rows:
        text = row.sealed.text
        yield DecisionView(
            id=row.pk,
            line=row.line,
            decided_on=row.decided_on,
            decided_at=row.decided_at,
            share=AIShare(row.share),
            is_overridden=row.is_overridden,
            texts=None if text is None else json.loads(text),
            log_id=row.log_id,
            is_withdrawn=getattr(row.log, "withdrawal", None) is not None,
        )


def _identity(row: DecisionView) -> tuple[object, ...]:
    texts = row.texts or {}
    said = (texts.get(column, "") for column in LIMITS)
    return (row.decided_on, row.decided_at, row.share, row.is_overridden, *said)
