"""Delegations as their pages show them: who signs for whom, how far, how long, and what became."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from governance.models import Delegation
from governance.queries.delegation_facts import last_day, may_revoke
from governance.queries.delegations import speaks_for
from governance.queries.marks import gate_word
from initiatives.choices import RiskTier
from initiatives.models import Initiative
from initiatives.queries.days import home_day
from initiatives.rules.questions import other_side
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.models import User
from people.rules import Authority

MOST = 100
STATES = {
    "asked": "Waits for an answer",
    "declined": "Not taken on",
    "revoked": "Revoked",
    "over": "Over",
    "ended": "Ended with the office",
    "ahead": "Begins later",
    "running": "In force",
}


@dataclass(frozen=True, kw_only=True)
class DelegationView:
    """One delegation in words."""

    id: int
    side: Side
    by: str
    by_id: int
    named_by: str
    to: str
    to_id: int
    first: date
    last: date
    state: str
    gates: tuple[str, ...]
    initiatives: tuple[tuple[str, str], ...]
    risks: tuple[str, ...]
    reason: str
    written_at: datetime
    answered_at: datetime | None
    revoked_at: datetime | None
    revoked_by: str
    revoked_because: str

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def is_standing(self) -> bool:
        """Whether it counts, or may yet."""
        return self.state in ("asked", "ahead", "running")

    @property
    def is_limited(self) -> bool:
        return bool(self.gates or self.initiatives or self.risks)


@dataclass(frozen=True, kw_only=True)
class DelegationPage:
    """One delegation, and what its reader may do about it."""

    shown: DelegationView
    may_answer: bool
    may_revoke: bool
    barred_in: tuple[str, ...]


def delegations_for(user: User, authority: Authority, at: datetime) -> list[DelegationView]:
    """Return what the reader wrote or was asked, the newest first; for offices, everybody's."""
    mine = Q() if authority.reads_everything else Q(by=user) | Q(to=user)
    rows = [*_whole(Delegation.objects.filter(mine)).order_by("-pk")[:MOST]]
    names = _names({pk for row in rows for pk in row.initiatives})
    return [_view(row, names, at) for row in rows]


def get_delegation(pk: int, user: User, authority: Authority, at: datetime) -> DelegationPage:
    """Return one delegation for whoever it concerns, and for offices.

    :raises NotVisibleError: when there is none, or it is not this person's to read.
    """
    row = _whole(Delegation.objects.filter(pk=pk)).first()
    if row is None or not (authority.reads_everything or user.pk in (row.by_id, row.to_id)):
        raise NotVisibleError
    view = _view(row, _names(row.initiatives), at)
    barred = speaks_for(other_side(Side(row.side)), row.to_key, row.initiatives)
    return DelegationPage(
        shown=view,
        may_answer=view.state == "asked" and user.person_key == row.to_key,
        may_revoke=view.is_standing and may_revoke(user, row, at),
        barred_in=tuple(one.code for one in barred),
    )


def initiatives_to_name() -> list[Initiative]:
    """Return what a delegation can be limited to: everything that goes on."""
    return list(Initiative.objects.under_way().order_by("number"))


def _whole(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    return rows.select_related(
        *("by", "to", "term", "sealed", "answer", "recusal__round", "named_by"),
        "revocation__by",
        "revocation__sealed",
    )


def _names(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    if not ids:
        return {}
    return {one.pk: (one.code, one.name) for one in Initiative.objects.filter(pk__in=ids)}


def _view(row: Delegation, names: Mapping[int, tuple[str, str]], at: datetime) -> DelegationView:
    answer, revocation = getattr(row, "answer", None), getattr(row, "revocation", None)
    return DelegationView(
        id=row.pk,
        side=Side(row.side),
        by=row.by.name,
        by_id=row.by_id,
        named_by=row.named_by.name if row.named_by else "",
        to=row.to.name,
        to_id=row.to_id,
        first=home_day(row.starts_at),
        last=last_day(row),
        state=_state(row, at),
        gates=tuple(gate_word(gate) for gate in row.gates),
        initiatives=tuple(names[pk] for pk in row.initiatives if pk in names),
        risks=tuple(str(RiskTier(one).label) for one in row.risks),
        reason=row.sealed.text or "",
        written_at=row.written_at,
        answered_at=answer.answered_at if answer else None,
        revoked_at=revocation.revoked_at if revocation else None,
        revoked_by=revocation.by.name if revocation else "",
        revoked_because=(revocation.sealed.text or "") if revocation else "",
    )


def _state(row: Delegation, at: datetime) -> str:
    """Say how it stands at that moment; the first word that holds."""
    answer = getattr(row, "answer", None)
    stands = {
        "revoked": hasattr(row, "revocation"),
        "declined": answer is not None and not answer.is_accepted,
        "ended": row.term.ends_at is not None and row.term.ends_at <= at,
        "over": row.ends_at <= at or row.is_decided,
        "asked": answer is None,
        "ahead": row.starts_at > at,
    }
    return next((word for word, holds in stands.items() if holds), "running")
