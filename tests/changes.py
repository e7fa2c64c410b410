"""What takes two people, done by two of the cast: one proposes, another confirms."""

from datetime import datetime

from governance.choices import ChangeKind, ChangeOutcome
from governance.models import Change
from governance.operations.changes import answer_change
from governance.operations.proposals import propose_appointment, propose_ending
from governance.rules.changes import CONFIRMERS
from people.choices import Office
from people.models import OfficeTerm, User
from tests.make import proof_of

WHY = "The board decided so."


def second_person(change: Change, at: datetime) -> User:
    """Return somebody who may confirm the change."""
    offices = CONFIRMERS[ChangeKind(change.kind)]
    held = OfficeTerm.objects.held_at(at).filter(office__in=offices)
    others = held.exclude(person_key__in=[change.proposed_key, change.person_key])
    return others.select_related("user").order_by("pk")[0].user


def appoint(
    *,
    actor: User,
    user: User,
    office: Office,
    title: str,
    at: datetime,
    ends_at: datetime | None = None,
) -> OfficeTerm:
    """Let somebody take up an office, as two people decide it."""
    change = propose_appointment(
        actor=actor, user=user, office=office, title=title, reason=WHY, at=at, ends_at=ends_at
    )
    confirm(change, at)
    return OfficeTerm.objects.get(user=user, office=office, starts_at=at)


def end_term(*, actor: User, term: OfficeTerm, at: datetime) -> None:
    """End a term, as two people decide it."""
    confirm(propose_ending(actor=actor, term=term, reason=WHY, at=at), at)


def confirm(change: Change, at: datetime) -> None:
    """Confirm a change as whoever may."""
    second = second_person(change, at)
    answer_change(
        actor=second,
        change=change,
        outcome=ChangeOutcome.CONFIRMED,
        proof=proof_of(second, at),
        at=at,
    )
