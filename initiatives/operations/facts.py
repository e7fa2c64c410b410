"""Recording what happened: in order, or late and out of order, but never hidden."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from initiatives.choices import Breach, FactKind
from initiatives.models import Fact, Initiative, StageAdvance
from initiatives.queries.days import home_zone
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_to_write_for
from initiatives.rules.facts import (
    GATE_OF,
    FactFacts,
    blockers_to_keep,
    blockers_to_record,
    breach_of,
)
from initiatives.rules.memberships import JOINT
from journal.acts import act, record, seal
from journal.kinds import Kind
from journal.queries import installation
from kernel.canonical import clean_text
from kernel.refusals import Blocker, RefusedError
from people.models import User
from people.queries import authority_of


class FactRefusedError(RefusedError):
    """The fact cannot be recorded like this."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody says has happened."""

    kind: FactKind
    happened_on: date
    amount: Decimal | None = None
    text: str = ""


@act
def record_fact(
    *,
    actor: User,
    initiative: Initiative,
    kind: FactKind,
    happened_on: date,
    at: datetime,
    amount: Decimal | None = None,
    text: str = "",
    accepts_voids: Collection[int] = (),
) -> Fact:
    """Record a vendor, money or launch fact whose gate has been passed.

    :raises NotVisibleError, ForbiddenError: when the actor is on neither side.
    :raises FactRefusedError: before the gate that authorises it, or when a value is wrong.
    """
    told = _told(kind, happened_on, amount, text)
    initiative, facts = _judged(actor, initiative, told, at)
    if blockers := [*blockers_to_record(facts)]:
        raise FactRefusedError(*blockers)
    return _store(initiative, told, None, actor=actor, at=at, accepts_voids=accepts_voids)


@act
def record_past_fact(
    *,
    actor: User,
    initiative: Initiative,
    kind: FactKind,
    happened_on: date,
    at: datetime,
    amount: Decimal | None = None,
    text: str = "",
    accepts_voids: Collection[int] = (),
) -> Fact:
    """Record what already happened; out of order it is stored, and shows, as a breach.

    :raises NotVisibleError, ForbiddenError: when the actor is on neither side.
    :raises FactRefusedError: when a value is wrong.
    """
    told = _told(kind, happened_on, amount, text)
    initiative, facts = _judged(actor, initiative, told, at)
    if blockers := [*blockers_to_keep(facts)]:
        raise FactRefusedError(*blockers)
    breach = breach_of(facts)
    return _store(initiative, told, breach, actor=actor, at=at, accepts_voids=accepts_voids)


@act
def set_launch(*, initiative: Initiative, launch_on: date, actor: User, at: datetime) -> Fact:
    """Record the launch date that both sides have just signed at gate 3."""
    told = Told(kind=FactKind.LAUNCH_SET, happened_on=launch_on)
    return _store(initiative, told, None, actor=actor, at=at, accepts_voids=(), signed=False)


def _told(kind: FactKind, happened_on: date, amount: Decimal | None, text: str) -> Told:
    try:
        text = clean_text(text).strip()
    except ValueError as broken:
        raise FactRefusedError(Blocker("broken", str(broken), "text")) from broken
    return Told(kind=FactKind(kind), happened_on=happened_on, amount=amount, text=text)


def _judged(
    actor: User, initiative: Initiative, told: Told, at: datetime
) -> tuple[Initiative, FactFacts]:
    initiative = locked(initiative.pk)
    side_to_write_for(initiative, authority_of(actor, at), side=JOINT)
    zone = home_zone()
    gate = GATE_OF[told.kind]
    standing = StageAdvance.objects.standing().filter(initiative=initiative, gate=gate)
    passed_at = standing.values_list("at", flat=True).first()
    return initiative, FactFacts(
        kind=told.kind,
        happened_on=told.happened_on,
        today=at.astimezone(zone).date(),
        gate_passed_on=passed_at and passed_at.astimezone(zone).date(),
        amount=told.amount,
        text=told.text,
        is_over=initiative.is_over,
    )


def _store(
    initiative: Initiative,
    told: Told,
    breach: Breach | None,
    *,
    actor: User,
    at: datetime,
    accepts_voids: Collection[int],
    signed: bool = True,
) -> Fact:
    founded = installation()
    fact = Fact.objects.create(
        initiative=initiative,
        kind=told.kind,
        happened_on=told.happened_on,
        amount=told.amount,
        currency=founded.currency if founded and told.amount is not None else "",
        sealed=seal(told.text, person=actor) if told.text else None,
        breach=breach or "",
        recorded_by=actor,
        recorded_key=actor.person_key,
        recorded_at=at,
    )
    record(
        Kind.FACT_RECORDED,
        actor=actor,
        subject=fact,
        thread=initiative,
        at=at,
        data={
            "kind": fact.kind,
            "happened_on": fact.happened_on.isoformat(),
            "breach": fact.breach,
            "signed": signed,
        },
        accepts_voids=accepts_voids,
    )
    return fact
