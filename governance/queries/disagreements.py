"""Disagreements: one, those beside a gate, those of an initiative, and how many there are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from governance.models import Deadline, Disagreement, Round
from governance.models.disagreements import DisagreementQuerySet
from governance.queries.disagreement_views import DisagreementView, opened
from initiatives.models import Initiative
from initiatives.queries.days import home_day
from initiatives.queries.visibility import readable_by
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.rules import Authority

ON_A_PAGE = 50
BESIDE_A_GATE = 100


@dataclass(frozen=True, kw_only=True)
class DisagreementPage:
    """A page of the disagreements of an initiative, and how many there are."""

    rows: tuple[DisagreementView, ...]
    total: int
    open: int
    number: int

    @property
    def has_next(self) -> bool:
        return self.number * ON_A_PAGE < self.total


def get_disagreement(pk: int, authority: Authority, *, today: date) -> DisagreementView:
    """Return one that the person may read. Four queries.

    :raises NotVisibleError: when there is none, or its initiative is not theirs to read.
    """
    rows = Disagreement.objects.filter(pk=pk)
    if not authority.reads_everything:
        rows = rows.filter(round__initiative__in=readable_by(authority))
    found = opened(rows, today)
    if not found:
        raise NotVisibleError
    return found[0]


def disagreements_at(round_: Round, *, today: date) -> list[DisagreementView]:
    """Return what stands beside the gate of a round, the open ones first, then by day."""
    rows = _placed(Disagreement.objects.at_gate(round_.initiative_id, round_.gate))
    return opened(rows[:BESIDE_A_GATE], today)


def disagreed(round_: Round, at: datetime) -> dict[str, list[DisagreementView]]:
    """Return what a page beside the gate of a round shows: all, and what has ended of it."""
    found = disagreements_at(round_, today=home_day(at))
    return {"disagreements": found, "ended": [one for one in found if not one.is_open]}


def open_subjects(round_: Round, side: Side) -> frozenset[str]:
    """Return what a side disagrees about beside the gate of a round and has not settled yet."""
    rows = Disagreement.objects.at_gate(round_.initiative_id, round_.gate).open().filter(side=side)
    return frozenset(text for (text,) in rows.values_list("subject__text") if text is not None)


def disagreements_of(initiative: Initiative, *, today: date, number: int = 1) -> DisagreementPage:
    """Return a page of the disagreements of an initiative, the open ones first, then by day."""
    rows = Disagreement.objects.filter(round__initiative=initiative)
    counts = rows.aggregate(total=Count("pk"), open=Count("pk", filter=Q(settlement=None)))
    start = (number - 1) * ON_A_PAGE
    found = opened(_placed(rows)[start : start + ON_A_PAGE], today)
    return DisagreementPage(rows=tuple(found), number=number, **counts)


def disagreed_at(initiative: str = "initiative", gate: str = "gate") -> dict[str, Any]:
    """Return, for rows of rounds, how many disagreements stand beside their gate: all, and open."""
    rows = Disagreement.objects.at_gate(OuterRef(initiative), OuterRef(gate))
    return {
        "disagreed": _counted(rows, Q()),
        "disagreed_open": _counted(rows, Q(settlement=None)),
    }


def _counted(rows: DisagreementQuerySet, which: Q) -> Coalesce:
    counted = rows.order_by().values(one=Value(1)).annotate(many=Count("pk", filter=which))
    return Coalesce(Subquery(counted.values("many")), 0)


def _placed(rows: DisagreementQuerySet) -> DisagreementQuerySet:
    """Put the open ones first, then go by the day in force."""
    days = Deadline.objects.filter(disagreement=OuterRef("pk"), is_in_force=True).order_by("-pk")
    ended = Case(When(settlement=None, then=Value(0)), default=Value(1))
    return rows.order_by(ended, Subquery(days.values("due_on")[:1]), "pk")
