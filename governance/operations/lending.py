"""Writing a delegation that was judged: by the holder of a key, or for who stepped back."""

from datetime import date, datetime, time, timedelta

from governance.models import Delegation, Recusal
from governance.rules.delegations import PeriodFacts, WritingFacts, blockers_of_period
from initiatives.queries.days import home_day, home_zone
from journal.acts import record, seal
from journal.kinds import Kind
from kernel.canonical import moment
from kernel.refusals import RefusedError
from people.models import User


class DelegationRefusedError(RefusedError):
    """This cannot be given, taken on or revoked, for the reasons given."""


def period_of(first: date, last: date, at: datetime) -> tuple[datetime, datetime]:
    """Return from when until when, by the days of the organisation; from now on, if from today.

    :raises DelegationRefusedError: for days that do not do.
    """
    today = home_day(at)
    if blockers := [*blockers_of_period(PeriodFacts(first=first, last=last, today=today))]:
        raise DelegationRefusedError(*blockers)
    starts_at = at if first == today else _midnight(first)
    return starts_at, _midnight(last + timedelta(days=1))


def enter_delegation(
    facts: WritingFacts,
    by: User,
    to: User,
    *,
    reason: str,
    at: datetime,
    recusal: Recusal | None = None,
    named_by: User | None = None,
) -> Delegation:
    """Write a delegation that was judged: by the holder, or by the sponsor for who stepped back."""
    actor, scope = named_by or by, facts.scope
    row = Delegation.objects.create(
        by=by,
        by_key=by.person_key,
        term_id=facts.term_id,
        to=to,
        to_key=to.person_key,
        side=facts.side,
        gates=sorted(scope.gates),
        initiatives=sorted(scope.initiatives),
        risks=sorted(scope.risks),
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        sealed=seal(reason, person=actor),
        written_at=at,
        recusal=recusal,
        named_by=named_by,
    )
    _say_written(row, actor, at)
    return row


def _say_written(row: Delegation, actor: User, at: datetime) -> None:
    named = {"recusal": row.recusal_id, "instead_of": str(row.by_key)} if row.recusal_id else {}
    record(
        Kind.DELEGATION_WRITTEN,
        actor=actor,
        subject=row,
        at=at,
        data={
            "side": row.side,
            "to": str(row.to_key),
            "starts_at": moment(row.starts_at),
            "ends_at": moment(row.ends_at),
            "gates": row.gates,
            "initiatives": row.initiatives,
            "risks": row.risks,
            **named,
        },
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), home_zone())
